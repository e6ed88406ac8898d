using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Incidents;

/// <summary>What ought to be said now.</summary>
public sealed class DueTests : IDisposable
{
    private readonly IncidentBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Nothing_is_due_where_nothing_happened() => Assert.Empty(_bench.Due);

    [Fact]
    public void Each_turn_of_an_incident_is_due_once()
    {
        _bench.Call("incident.opened", "INC-1", "errors");
        var start = Assert.Single(_bench.Due);
        Assert.Equal(("incident-start", "nobody was told of it", 1), (start.Message, start.Why, start.Number));
        Assert.Empty(start.Missing);
        Tell("nobody was told of it");
        _bench.At(2).Call("incident.raised", "INC-1", "was SEV2: more errors");
        Assert.Equal("was SEV2: more errors", Tell("was SEV2: more errors").Word!.Findings);
        _bench.At(5).Say(WatchWordKind.Mitigate, text: "more pods");
        Assert.Empty(_bench.Due);
        _bench.At(6).Call("incident.verified", "INC-1", "nothing of it was seen");
        var verified = Tell("nothing of it was seen");
        Assert.Equal((IncidentStatus.Monitoring, "more pods"), (verified.Status, verified.Word!.CurrentAction));
        _bench.At(8).Call("incident.returned", "INC-1", "came back");
        Assert.Equal(IncidentStatus.Investigating, Tell("came back").Status);
        _bench.At(9).Say(WatchWordKind.Mitigate, text: "fewer requests").Call("incident.verified", "INC-1", "gone").Say(WatchWordKind.Resolve);
        var end = Tell("bob closed it");
        Assert.Equal((IncidentStatus.Resolved, "incident-resolved", "fewer requests"), (end.Status, end.Message, end.Word!.Resolution));
        Assert.Empty(_bench.At(1000).Due);
    }

    [Fact]
    public void A_promise_that_was_not_kept_is_due_until_somebody_keeps_it()
    {
        _bench.Tell(new() { Severity = "SEV1", Impact = "carts", Scope = "EU" });
        Assert.Empty(_bench.At(29).Due);
        Assert.Equal("an update was promised for 2026-11-21 18:30Z", _bench.At(30).Due[0].Why);
        // What was found since, nobody but people can know.
        Assert.Equal(["findings", "decision_track", "risk"], _bench.Due[0].Missing);
        _bench.Tell(new() { Incident = "INC-1" });
        Assert.Empty(_bench.Due);
    }

    [Fact]
    public void What_is_said_beside_goes_into_each_that_is_due_or_into_the_one_that_is_named()
    {
        _bench.Tell(new() { Severity = "SEV1", Impact = "carts", Scope = "EU" });
        _bench.Tell(new() { Severity = "SEV1", Impact = "prices", Scope = "EU" });
        var said = new IncidentRequest { Findings = "pool exhausted", DecisionTrack = "forward-fix", Risk = "none" };
        var due = IncidentUpdates.Due(_bench.At(30).Plan, _bench.Options, said);
        Assert.Equal(["INC-1", "INC-2"], due.Select(u => u.Incident));
        Assert.All(due, u => Assert.Empty(u.Missing));
        Assert.Equal("INC-2", Assert.Single(IncidentUpdates.Due(_bench.Plan, _bench.Options, said with { Incident = "inc-2" })).Incident);
    }

    [Fact]
    public void One_that_is_over_before_anybody_heard_of_it_is_not_announced()
    {
        _bench.Call("incident.opened", "INC-1", "errors").Call("incident.verified", "INC-1", "gone").Say(WatchWordKind.Resolve);
        Assert.Empty(_bench.Due);
    }

    [Fact]
    public void What_was_forced_to_be_over_says_no_more_until_it_gets_worse_or_comes_back()
    {
        _bench.Call("incident.opened", "INC-1", "errors").Tell(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, Force = true });
        _bench.At(5).Call("incident.verified", "INC-1", "gone");
        Assert.Empty(_bench.Due);
        _bench.At(6).Call("incident.raised", "INC-1", "was SEV2: more errors");
        Assert.Equal(IncidentStatus.Investigating, Tell("was SEV2: more errors").Status);
    }

    /// <summary>Says what is due, and sees that it is due no longer.</summary>
    private IncidentUpdate Tell(string why)
    {
        var due = Assert.Single(_bench.Due);
        Assert.Equal(why, due.Why);
        IncidentBench.Record(due, _bench.Options);
        Assert.Empty(_bench.Due);
        return due;
    }
}
