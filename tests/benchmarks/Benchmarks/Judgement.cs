using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Benchmarks;

/// <summary>What judging costs, without the looking.</summary>
internal static class Judgement
{
    /// <summary>1,000 comparisons of 60 points with 60, over sorting the same points: the least that any rank test must do.</summary>
    public static void Canary()
    {
        const int Comparisons = 1000;
        var random = new Random(1);
        var sets = Enumerable.Range(0, Comparisons).Select(i => (
            X: Enumerable.Range(0, 60).Select(_ => random.NextDouble() + (i % 3 * 0.4)).ToArray(),
            Y: Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray())).ToArray();
        var options = new ComparisonOptions { Worse = Worse.Higher };
        var classified = 0;
        var (ours, sorting, ratio) = Paired.Measure(11, () =>
        {
            foreach (var (x, y) in sets)
                classified += SampleComparer.Compare(x, y, options).Classification == Classification.High ? 1 : 0;
        }, () =>
        {
            foreach (var (x, y) in sets)
                classified += x.Concat(y).Order().ToArray().Length > 120 ? 1 : 0;
        });
        Paired.Print("canary: 1,000 judgements of 60 + 60 points", ours, "ms", 500, $"{ratio:0} times sorting them, {Paired.Ms(ours, sorting)}");
    }

    /// <summary>A fleet: five criteria, each on 10,000 series, over comparing the same numbers in a plain loop.</summary>
    public static void Series()
    {
        const int Fleet = 10_000;
        var series = Enumerable.Range(0, Fleet)
            .Select(i => new SeriesValue(string.Create(CultureInfo.InvariantCulture, $"{{instance=\"host-{i}:9090\"}}"), i * 0.0001)).ToList();
        var input = new GateInput(new Snapshot(DateTimeOffset.UnixEpoch)
        {
            Metrics = new Dictionary<string, Measurement> { ["error_rate"] = new("error_rate", "q") { Reduce = Reduce.Each, Series = series } },
        });
        string[] criteria = ["error_rate < 1.5", "error_rate >= 0.0", "error_rate != 7.0", "error_rate < 0.99995", "!(error_rate > 2.0)"];
        var gate = new Gate("fleet", [.. criteria.Select(c => new GateCriterion(c) { Expect = new Criterion(CelExpression.TryParse(c, out _)!, default) })]);
        var failed = 0;
        var (ours, loop, ratio) = Paired.Measure(31, () => failed += GateJudge.Judge(gate, input).Findings.Count(f => f.Verdict == Verdict.Failed), () =>
        {
            foreach (var _ in criteria)
                failed += series.Count(s => s.Value >= 0.99995);
        });
        Paired.Print("10,000 series x 5 criteria", ours, "ms", 50, $"{ratio:0} times a plain loop, {Paired.Ms(ours, loop)}");
    }
}
