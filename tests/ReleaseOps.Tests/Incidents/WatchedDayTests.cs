using ReleaseOps.Incidents;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Watches;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.SimulatedDay;

namespace ReleaseOps.Tests.Incidents;

/// <summary>Updates beside a watch, over a whole simulated day.</summary>
[Collection(nameof(SimulatedDay))]
public sealed class WatchedDayTests(SimulatedDay day) : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [NeedsProgram("prometheus", "promtool")]
    public async Task What_a_watch_sees_is_told_mitigated_and_closed_by_updates_and_the_day_ends_in_GO()
    {
        var (plan, clock) = (Plan(day.Book("errors")), new EagerClock(T0));
        var options = _bench.Options(o => o with { Clock = clock, Actor = "carol" });
        IReadOnlyList<IncidentUpdate> start = [], verified = [], overdue = [];
        void Tell(IncidentRequest request) => IncidentBench.Record(IncidentUpdates.Draft(plan, request, options), options);
        clock.At(T0.AddMinutes(191), () =>
        {
            start = IncidentUpdates.Due(plan, options);
            IncidentBench.Record(start[0], options);
        });
        clock.At(T0.AddMinutes(193), () => Tell(new() { Incident = "INC-1", Status = IncidentStatus.Mitigating, Findings = "cache", NextUpdateIn = TimeSpan.FromMinutes(5) }));
        clock.At(T0.AddMinutes(199), () =>
        {
            overdue = IncidentUpdates.Due(plan, options);
            Tell(new() { Incident = "INC-1", Status = IncidentStatus.Monitoring, CurrentAction = "cache warmed" });
        });
        clock.At(T0.AddMinutes(215), () =>
        {
            verified = IncidentUpdates.Due(plan, options);
            Tell(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, FollowUps = "carol" });
        });
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);

        var seen = Assert.Single(result.Incidents);
        Assert.Equal((Decision.Go, "carol", "cache warmed"), (result.Decision, seen.AcknowledgedBy, seen.Mitigation));
        Assert.True(seen.AcknowledgedAt < seen.AcknowledgeBy && seen.VerifiedAt < seen.ResolvedAt);
        Assert.Contains(result.Calls, c => c.Kind == CallKind.UpdateOverdue && c.Subject == "INC-1");
        Assert.Contains(_bench.Ledger(), e => e.Type == "incident.overdue");

        Assert.Equal(("incident-start", "nobody was told of it"), (Assert.Single(start).Message, start[0].Why));
        Assert.Empty(start[0].Missing);
        Assert.Contains("- Impact: ", start[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("an update was promised for", Assert.Single(overdue).Why, StringComparison.Ordinal);
        Assert.Equal(IncidentStatus.Monitoring, Assert.Single(verified).Status);
        Assert.Contains("mitigation is verified", verified[0].Why, StringComparison.Ordinal);

        var known = Assert.Single(IncidentUpdates.Read(plan, options));
        Assert.Equal((IncidentStatus.Resolved, 4, T0.AddMinutes(180)), (known.Status, known.LastUpdate, known.SignalAt));
        var postmortem = IncidentPostmortems.Draft(plan, "INC-1", options);
        Assert.Equal((TimeSpan.FromMinutes(10), "on call"), (Rounded(postmortem.DetectionDelay!.Value), postmortem.ActionOwner));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task What_was_declared_during_the_deployment_and_is_open_keeps_the_watch_from_GO()
    {
        var (plan, clock) = (Plan(day.Book("well")), new EagerClock(T0));
        var options = _bench.Options(o => o with { Clock = new EagerClock(T0.AddMinutes(-30)), Actor = "carol" });
        IncidentBench.Record(IncidentUpdates.Draft(plan, new() { Severity = "SEV1", Impact = "prices are wrong" }, options), options);
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.NoGo, "INC-1"), (result.Decision!.Value, Assert.Single(result.Incidents).Id));
        // A second one, after it was closed.
        options = options with { Clock = new EagerClock(T0.AddHours(24).AddMinutes(5)) };
        IncidentBench.Record(IncidentUpdates.Draft(plan, new() { Incident = "INC-1", Status = IncidentStatus.Resolved, Force = true }, options), options);
        result = await StabilityWatch.RunAsync(plan, Options(_bench, new EagerClock(T0.AddHours(24).AddMinutes(10))) with { T0 = T0.AddMinutes(30) }, CancellationToken.None);
        Assert.Empty(result.Incidents);
        Assert.Equal("INC-1", Assert.Single(IncidentUpdates.Read(plan, options)).Id);
    }

    private static TimeSpan Rounded(TimeSpan span) => TimeSpan.FromMinutes(Math.Round(span.TotalMinutes));
}
