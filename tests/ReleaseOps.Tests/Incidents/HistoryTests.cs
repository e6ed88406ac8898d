using ReleaseOps.Steps;
using static ReleaseOps.Tests.Incidents.IncidentBench;

namespace ReleaseOps.Tests.Incidents;

/// <summary>What the ledger knows of incidents.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly IncidentBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Without_a_ledger_there_is_no_incident() => Assert.Empty(_bench.Incidents);

    [Fact]
    public void A_signal_of_a_watch_goes_through_what_people_say_to_its_end()
    {
        _bench.Write("watch.started", $$"""{"t0":"{{T0:O}}","beganAt":"{{T0:O}}","endsAt":"{{T0.AddDays(1):O}}","commander":"carol"}""");
        _bench.At(10).Call("incident.opened", "INC-1", "8 % errors");
        Assert.Equal((IncidentStatus.Investigating, "carol", "Dev On-call", "nobody was told of it"),
            (_bench.Only.Status, _bench.Only.Commander, _bench.Only.Owner, _bench.Only.News));
        _bench.At(12).Say(WatchWordKind.Acknowledge).At(20).Say(WatchWordKind.Mitigate, text: "more pods");
        Assert.Equal((IncidentStatus.Monitoring, "more pods", T0.AddMinutes(12), "bob"),
            (_bench.Only.Status, _bench.Only.Mitigation, _bench.Only.AcknowledgedAt, _bench.Only.MitigatedBy));
        _bench.At(30).Call("incident.returned", "INC-1", "came back");
        Assert.Equal((IncidentStatus.Investigating, null), (_bench.Only.Status, _bench.Only.MitigatedAt));
        _bench.At(40).Say(WatchWordKind.Mitigate, text: "fewer requests").At(50).Call("incident.verified", "INC-1", "nothing of it was seen for 10m");
        _bench.At(55).Say(WatchWordKind.Resolve);
        var over = _bench.Only;
        Assert.Equal((IncidentStatus.Resolved, T0.AddMinutes(50), T0.AddMinutes(55), "bob"), (over.Status, over.VerifiedAt, over.ResolvedAt, over.ResolvedBy));
        Assert.Equal(7, over.Timeline.Count);
        Assert.Equal("opened as SEV1 (severity): 8 % errors", over.Timeline[0].Text);
    }

    [Fact]
    public void A_word_to_close_what_is_not_known_to_be_gone_counts_when_the_watch_knows()
    {
        _bench.Call("incident.opened", "INC-1", "8 % errors").At(5).Say(WatchWordKind.Resolve, text: "cache");
        Assert.Equal((IncidentStatus.Monitoring, "cache"), (_bench.Only.Status, _bench.Only.Mitigation));
        _bench.At(20).Call("incident.verified", "INC-1", "gone");
        Assert.Equal((IncidentStatus.Resolved, T0.AddMinutes(20), "bob"), (_bench.Only.Status, _bench.Only.ResolvedAt, _bench.Only.ResolvedBy));
    }

    [Fact]
    public void Who_opened_one_by_a_word_is_known() => Assert.Equal(("bob", "person"), (
        _bench.Say(WatchWordKind.Open, subject: null, text: "carts", value: "SEV2").Call("incident.opened", "INC-1", "carts", "SEV2", "person").Only.OpenedBy, _bench.Only.Source));

    [Fact]
    public void A_word_that_dates_itself_in_the_future_counts_from_when_it_was_recorded()
    {
        _bench.Call("incident.opened", "INC-1", "errors").At(5).Say(WatchWordKind.Acknowledge, at: T0.AddDays(1));
        Assert.Equal(T0.AddMinutes(5), _bench.Only.AcknowledgedAt);
    }

    [Fact]
    public void Updates_carry_what_they_say_and_what_was_said_before()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts", Scope = "EU", Commander = "carol", ImpactFrom = T0.AddMinutes(-20) });
        _bench.At(10).Tell(new() { Incident = "INC-1", Status = IncidentStatus.Mitigating, Findings = "cache", NextUpdateIn = TimeSpan.FromMinutes(5) });
        var incident = _bench.Only;
        Assert.Equal(("update", "ana", IncidentStatus.Mitigating, 2), (incident.Source, incident.OpenedBy, incident.Status, incident.LastUpdate));
        Assert.Equal(("carts", "EU", "carol", "Feature Dev"), (incident.Impact, incident.Scope, incident.Commander, incident.Owner));
        Assert.Equal((T0.AddMinutes(10), T0.AddMinutes(15), false), (incident.LastUpdateAt, incident.NextUpdateAt, incident.IsUpdateOverdue));
        Assert.True(_bench.At(15).Only.IsUpdateOverdue);
        Assert.Equal(T0.AddMinutes(-20), incident.ImpactFrom);
    }

    [Fact]
    public void What_was_sent_where_stands_with_its_update()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        _bench.Write("notice.sent", """{"key":"thing-1.0.0/INC-1/1","channel":"ops","at":"2026-11-21T18:00:00.000Z","detail":"200 OK"}""")
            .Write("notice.failed", """{"key":"thing-1.0.0/INC-1/1","channel":"customers","detail":"401"}""")
            .Write("notice.sent", """{"key":"thing-1.0.0/INC-9/1","channel":"ops"}""");
        Assert.Equal([(1, "ops", true, "200 OK"), (1, "customers", false, "401")], _bench.Only.Notices.Select(n => (n.Number, n.Channel, n.Sent, n.Detail)));
        Assert.Equal("update 1 could not be sent to customers: 401", _bench.Only.Timeline[^1].Text);
    }

    [Fact]
    public void What_runs_did_meanwhile_is_in_the_timeline_and_nothing_of_before_or_after()
    {
        _bench.Write("run.started", """{"job":"Rollout"}""", "r1").At(1).Write("stage.decided", """{"stage":"canary","decision":"Proceed"}""", "r1");
        _bench.At(5).Tell(new() { Severity = "SEV1", Impact = "carts", ImpactFrom = T0.AddMinutes(4) });
        _bench.At(6).Write("rollback.started", """{"reason":"errors"}""", "r1").At(8).Write("rollback.finished", """{"verdict":"Passed"}""", "r1");
        foreach (var status in (IncidentStatus[])[IncidentStatus.Mitigating, IncidentStatus.Monitoring, IncidentStatus.Resolved])
            _bench.At(9).Tell(new() { Incident = "INC-1", Status = status });
        _bench.At(20).Write("run.finished", """{"decision":"NoGo"}""", "r1");
        Assert.Equal([("rollout", "the rollback began: errors"), ("rollout", "the rollback ended: Passed")],
            _bench.Only.Timeline.Where(m => m.By == "rollout").Select(m => (m.By, m.Text)));
    }

    [Fact]
    public void The_first_look_in_which_its_signal_held_is_known()
    {
        void Look(double minute, string seen) => _bench.At(minute).Write("watch.look", $$"""{"slot":1,"at":"{{T0.AddMinutes(minute):O}}","values":{}{{seen}}}""");
        const string holds = """,{"severity:SEV1":{"holds":true,"text":"x"}}""";
        Look(1, holds.Replace(",{", ",\"seen\":{", StringComparison.Ordinal));
        Look(2, "");
        Look(3, holds.Replace(",{", ",\"seen\":{", StringComparison.Ordinal));
        // It can't be told: that ends nothing.
        Look(4, ""","seen":{"severity:SEV1":{"text":"no data"}}""");
        Look(5, holds.Replace(",{", ",\"seen\":{", StringComparison.Ordinal));
        _bench.Call("incident.opened", "INC-1", "errors");
        Assert.Equal(T0.AddMinutes(3), _bench.Only.SignalAt);
    }

    [Fact]
    public void What_the_watch_calls_of_an_incident_that_an_update_declared_is_the_same_one()
    {
        _bench.Tell(new() { Severity = "SEV1", Impact = "carts" });
        _bench.At(1).Call("incident.opened", "INC-1", "carts", "SEV1", "person");
        Assert.Equal(("INC-1", "update", null), (_bench.Only.Id, _bench.Only.Source, _bench.Only.News));
        Assert.Equal(T0.AddMinutes(61), _bench.Only.MitigateBy);
    }
}
