using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>The work that is more than one look of one probe: a gate, a measurement, a poll, a message.</summary>
internal static class WholeLooks
{
    /// <summary>Does the work; null where it is none of these.</summary>
    /// <param name="run">The run.</param>
    /// <param name="planned">The step.</param>
    /// <param name="work">What it does.</param>
    /// <param name="expect">Its criteria.</param>
    /// <param name="result">The result to fill in.</param>
    /// <param name="cancellation">The operator's cancellation.</param>
    public static async Task<StepResult?> TryAsync(
        RunContext run, PlannedStep planned, StepWork work, IReadOnlyList<Criterion> expect, StepResult result, CancellationToken cancellation) =>
        work switch
        {
            GateWork gate => OfGate(await run.Gates.JudgeAsync(
                run.Plan.Runbook.Gates.First(g => g.Name == gate.Gate), null, cancellation).ConfigureAwait(false), result),
            MeasureWork measure => await MeasureAsync(run, planned, measure, expect, result, cancellation).ConfigureAwait(false),
            PollWork poll => OfGate(await PollLooks.DecideAsync(run, planned, run.Plan.Runbook.Polls.First(p => p.Name == poll.Poll), cancellation).ConfigureAwait(false), result),
            MessageWork message => await MessageSending.SendAsync(
                run, planned, run.Plan.Runbook.Messages.First(m => m.Name == message.Message), result, cancellation).ConfigureAwait(false),
            _ => null,
        };

    private static StepResult OfGate(GateResult gate, StepResult result)
    {
        var verdict = gate.Decision.ToVerdict();
        var score = gate.Score is { } points
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", score {points:0.##}") : "";
        return result with
        {
            Verdict = verdict,
            Findings = [.. gate.Findings.Select(f => f with { Required = f.Required && result.Required })],
            Detail = $"{gate.Gate}: {gate.Decision}{score}: {gate.Why()}",
        };
    }

    private static async Task<StepResult> MeasureAsync(
        RunContext run, PlannedStep planned, MeasureWork work, IReadOnlyList<Criterion> expect, StepResult result, CancellationToken cancellation)
    {
        var at = run.Clock.GetUtcNow();
        var names = work.Metrics.Count > 0 ? work.Metrics : [.. run.Plan.Runbook.Metrics.Select(m => m.Name)];
        var report = await KpiCollector.CollectAsync(
            run.Gates.Reader, names, work.Duration, work.Interval, Path.GetFullPath(run.Scope.Bind(work.Path), run.Folder), run.Clock, null, cancellation)
            .ConfigureAwait(false);
        var seen = new Observation
        {
            At = at,
            Elapsed = run.Clock.GetUtcNow() - at,
            Values = new Dictionary<string, object?>
            {
                ["looks"] = (long)report.Looks,
                ["kpis"] = report.Kpis.Where(k => k.Mean is not null).ToDictionary(k => k.Metric, k => (object?)k.Mean, StringComparer.Ordinal),
            },
            Detail = $"{report.Looks} looks at {report.Kpis.Count} metrics",
        };
        // A metric that nobody saw isn't measured, whatever the runbook expects of the others.
        var findings = Expectations.Judge(planned, Expectations.Of(work, expect), seen, run.SharedValues, run.RunbookFile)
            .Concat(report.Kpis.Where(k => k.Mean is null).Select(k =>
                new Finding(planned.Id, Verdict.Inconclusive, run.Mask.Apply($"{k.Metric} was never seen: {k.Problem}")) { Reason = ErrorId.NoData, Required = planned.Required }))
            .ToList();
        var verdict = Verdicts.Worst(findings.Select(f => f.Verdict));
        return result with
        {
            Verdict = verdict,
            Findings = findings,
            Detail = verdict == Verdict.Passed ? seen.Detail : string.Join("; ", findings.Where(f => f.Verdict == verdict).Select(f => f.Text)),
        };
    }
}
