using ReleaseOps.Steps;
using static ReleaseOps.Tests.Watches.FoldBench;

namespace ReleaseOps.Tests.Watches;

/// <summary>What a word does to a watch, and what it must not.</summary>
public sealed class WordTests
{
    private const string Checks = "checks: { steps: [{ id: way-back, confirm: It works, by: lead }, { id: smoke, command: ['false'] }] }";
    private const string Roles = "roles: { lead: { may: [confirm] }, other: { may: [confirm] } }";

    [Theory]
    // Called SEV2 at +0: to be acknowledged by +30 and mitigated by +240. Somebody says SEV1 (10 min, 60 min) at +25.
    [InlineData("SEV2", 25, "SEV1", 30, 85)]
    [InlineData("SEV2", 5, "SEV1", 15, 65)]
    [InlineData("SEV1", 9, "SEV1", 10, 60)]
    // What is less bad than it looked has the time that such a one has, from when it was called.
    [InlineData("SEV1", 9, "SEV2", 30, 240)]
    public void Another_severity_by_a_person_gives_nobody_more_time_than_it_has(string opened, int minute, string said, int acknowledge, int mitigate)
    {
        var bench = new FoldBench("").Say(WatchWordKind.Open, 0, value: opened).Say(WatchWordKind.Triage, minute, "INC-1", said);
        bench.Fold.Advance(T0.AddMinutes(minute));
        var incident = Assert.Single(bench.Incidents);
        Assert.Equal((said, T0.AddMinutes(acknowledge), T0.AddMinutes(mitigate)), (incident.Severity, incident.AcknowledgeBy, incident.MitigateBy));
    }

    [Theory]
    [InlineData("way-back", "lead", Verdict.Passed)]
    [InlineData("way-back", "other", null)]
    [InlineData("way-back", null, null)]
    [InlineData("smoke", "lead", null)]
    [InlineData("nothing", "lead", null)]
    public void A_letter_that_confirms_what_it_may_not_confirms_nothing(string check, string? role, Verdict? verdict)
    {
        var bench = new FoldBench(Checks, Roles).Look(1).Say(WatchWordKind.Confirm, 1, check, role: role);
        bench.Fold.Advance(T0.AddMinutes(2));
        Assert.Equal(verdict, bench.Fold.Checks.GetValueOrDefault(check)?.Verdict);
    }

    [Fact]
    public void A_letter_that_gives_an_incident_a_severity_that_is_none_changes_nothing()
    {
        var bench = new FoldBench("").Look(2, ("severity:SEV1", true)).Look(58).Say(WatchWordKind.Triage, 30, "INC-1", "SEV9").Say(WatchWordKind.Open, 31, value: "");
        Assert.Equal(("SEV1", Decision.NoGo), (Assert.Single(bench.Incidents).Severity, bench.End));
    }

    [Fact]
    public void Words_about_what_is_not_there_change_nothing()
    {
        var bench = new FoldBench("").Look(60);
        foreach (var kind in (WatchWordKind[])[WatchWordKind.Acknowledge, WatchWordKind.Mitigate, WatchWordKind.Resolve, WatchWordKind.Triage, WatchWordKind.Review, WatchWordKind.Accept])
            bench.Say(kind, 59, "INC-7", "SEV1", "nobody");
        Assert.Equal((Decision.Go, 0), (bench.End, bench.Incidents.Count));
    }
}
