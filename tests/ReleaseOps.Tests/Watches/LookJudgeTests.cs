using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Watches;

public sealed class LookJudgeTests
{
    [Fact]
    public void A_fleet_that_is_worse_than_can_be_kept_is_told_by_the_same_series_in_whatever_order_they_come()
    {
        var book = Bench.Book("""
            runbook: fleet
            product: thing
            sources: { prometheus: { url: 'http://127.0.0.1:9' } }
            metrics: { pods: { prometheus: pods, reduce: each } }
            severities: { SEV2: { definition: bad } }
            watch: { window: 1h, thresholds: { bad: { when: pods > 1.0, for: 10m, severity: SEV2 } }, no-go: { open: [SEV2] } }
            """);
        var setup = new WatchSetup(book, DateTimeOffset.UnixEpoch);
        var judge = new LookJudge(setup.Conditions, book.Metrics, text => text, (_, input) => input);
        var series = Enumerable.Range(0, 6000).Select(n => new SeriesValue($"{{pod=\"{n}\"}}", 9)).ToList();
        var (first, second) = (Holding(series), Holding([.. Enumerable.Reverse(series)]));
        Assert.Equal(5000, first.Count);
        Assert.Equal(first, second);

        IReadOnlyList<ulong> Holding(List<SeriesValue> seen) => judge.Judge(0, false, new GateInput(new Snapshot(DateTimeOffset.UnixEpoch)
        {
            Metrics = new Dictionary<string, Measurement> { ["pods"] = new("pods", "pods") { Series = seen, Reduce = Reduce.Each } },
        })
        { Metrics = book.Metrics }).Conditions["threshold:bad"].Holding!;
    }
}
