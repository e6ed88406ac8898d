using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Watches;

/// <summary>The state of a watch, fed by hand: looks each minute, words, and what it would come to.</summary>
internal sealed class FoldBench
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public FoldBench(string watch, string head = "") => Fold = new WatchFold(new WatchSetup(Book(watch, head), T0));

    public WatchFold Fold { get; }

    public IReadOnlyList<WatchIncident> Incidents => Fold.Incidents.All;

    /// <summary>What it comes to at its end, with every gate passed.</summary>
    public Decision End => WatchDecision.Of(WatchDecision.Findings(Fold, Fold.Setup.EndsAt, []));

    public static Runbook Book(string watch, string head = "") => Bench.Book($$"""
        runbook: folded
        product: thing
        sources: { prometheus: { url: 'http://127.0.0.1:9' } }
        metrics: { rate: { prometheus: rate }, pods: { prometheus: pods, reduce: each } }
        severities:
          SEV0: { definition: outage, acknowledge: 5m, mitigate: 30m }
          SEV1: { definition: errors, when: rate >= 5.0, acknowledge: 10m, mitigate: 1h }
          SEV2: { definition: some errors, when: rate >= 2.0, acknowledge: 30m, mitigate: 4h }
        {{head}}
        watch:
          window: 1h
          no-go: { open: [SEV0, SEV1] }
          {{watch}}
        """);

    /// <summary>Looks, a minute apart, each of which saw the same.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seen">What holds (true), or can't be told (null), by the condition's id.</param>
    public FoldBench Look(int count, params (string Id, bool? Holds)[] seen)
    {
        for (var i = 0; i < count; i++)
            Take(seen.Where(s => s.Holds != false).ToDictionary(s => s.Id, s => new Seen(s.Holds, "seen")));
        return this;
    }

    /// <summary>One look.</summary>
    public FoldBench Take(Dictionary<string, Seen> seen, params (string Slo, SloCount Count)[] counts)
    {
        Fold.Take(new WatchLook(Fold.NextSlot, Fold.NextAt, false)
        {
            Conditions = seen,
            Counts = counts.ToDictionary(c => c.Slo, c => (IReadOnlyList<SloCount>)[c.Count]),
        }, Fold.NextAt);
        return this;
    }

    /// <summary>Somebody says something at a minute after T-0.</summary>
    public FoldBench Say(WatchWordKind kind, double minute, string? subject = null, string? value = null, string? role = null)
    {
        Fold.Hear(new WatchWord(kind, "ana", T0.AddMinutes(minute)) { Subject = subject, Value = value, Role = role, Text = "x" });
        return this;
    }
}
