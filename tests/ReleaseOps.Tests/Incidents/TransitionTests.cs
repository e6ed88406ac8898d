using ReleaseOps.Incidents;
using ReleaseOps.Steps;
using static ReleaseOps.IncidentStatus;

namespace ReleaseOps.Tests.Incidents;

/// <summary>The ways that an incident may go.</summary>
public sealed class TransitionTests
{
    [Theory]
    [InlineData(Investigating, Investigating, true)]
    [InlineData(Investigating, Mitigating, true)]
    [InlineData(Investigating, Monitoring, false)]
    [InlineData(Investigating, Resolved, false)]
    [InlineData(Mitigating, Investigating, true)]
    [InlineData(Mitigating, Mitigating, true)]
    [InlineData(Mitigating, Monitoring, true)]
    [InlineData(Mitigating, Resolved, false)]
    [InlineData(Monitoring, Investigating, true)]
    [InlineData(Monitoring, Mitigating, true)]
    [InlineData(Monitoring, Monitoring, true)]
    [InlineData(Monitoring, Resolved, true)]
    [InlineData(Resolved, Investigating, false)]
    [InlineData(Resolved, Mitigating, false)]
    [InlineData(Resolved, Monitoring, false)]
    [InlineData(Resolved, Resolved, false)]
    public void One_step_forward_at_a_time_or_back_when_it_came_back(IncidentStatus from, IncidentStatus to, bool allowed)
    {
        using var bench = new IncidentBench();
        bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        foreach (var status in Enum.GetValues<IncidentStatus>().Where(s => s > Investigating && s <= from))
            bench.Tell(new() { Incident = "INC-1", Status = status });
        Assert.Equal(from, bench.Only.Status);
        if (allowed)
        {
            Assert.False(bench.Tell(new() { Incident = "INC-1", Status = to }).Word!.Forced);
            Assert.Equal(to, bench.Only.Status);
            return;
        }
        var refused = Assert.Throws<ReleaseOpsException>(() => bench.Draft(new() { Incident = "INC-1", Status = to }));
        Assert.Equal((ErrorId.BadTransition, "INC-1"), (refused.Id, refused.Subject));
        Assert.All(IncidentTransitions.From(from), s => Assert.Contains(s.ToString(), refused.Remedy, StringComparison.Ordinal));
        Assert.True(bench.Tell(new() { Incident = "INC-1", Status = to, Force = true }).Word!.Forced);
        Assert.Equal(to, bench.Only.Status);
    }

    [Fact]
    public void A_new_incident_is_not_monitored_or_over_already()
    {
        using var bench = new IncidentBench();
        // Such a status is about one that is open.
        Assert.Equal(ErrorId.UnknownIncident, Assert.Throws<ReleaseOpsException>(() => bench.Draft(new() { Severity = "SEV1", Status = Resolved })).Id);
    }

    [Fact]
    public void What_a_watch_has_not_seen_to_be_gone_is_not_resolved_without_force()
    {
        using var bench = new IncidentBench();
        bench.Call("incident.opened", "INC-1", "errors").At(5).Say(WatchWordKind.Mitigate, text: "rolled back");
        var refused = Assert.Throws<ReleaseOpsException>(() => bench.Draft(new() { Incident = "INC-1", Status = Resolved }));
        Assert.Equal(ErrorId.BadTransition, refused.Id);
        Assert.Contains("isn't known to be gone", refused.Message, StringComparison.Ordinal);
        Assert.True(bench.Draft(new() { Incident = "INC-1", Status = Resolved, Force = true }).Word!.Forced);
        bench.At(30).Call("incident.verified", "INC-1", "nothing of it was seen for 15m");
        Assert.False(bench.Draft(new() { Incident = "INC-1", Status = Resolved }).Word!.Forced);
    }

    [Fact]
    public void What_was_closed_by_a_word_to_the_watch_may_be_told_once()
    {
        using var bench = new IncidentBench();
        bench.Say(WatchWordKind.Open, subject: null, text: "carts", value: "SEV2").Call("incident.opened", "INC-1", "carts", "SEV2", "person");
        bench.At(5).Tell(new() { Incident = "INC-1" });
        bench.At(9).Say(WatchWordKind.Resolve, text: "it was the cache");
        Assert.Equal("it was the cache", bench.Tell(new() { Incident = "INC-1", Status = Resolved }).Word!.Resolution);
        Assert.Equal(ErrorId.BadTransition, Assert.Throws<ReleaseOpsException>(() => bench.Draft(new() { Incident = "INC-1", Status = Resolved })).Id);
    }
}
