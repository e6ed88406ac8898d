using ReleaseOps.Ledger;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Watches;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.FoldBench;

namespace ReleaseOps.Tests.Incidents;

/// <summary>A watch hears what people are told.</summary>
public sealed class WatchHearsTests
{
    private static readonly (string, bool?) Errors = ("severity:SEV1", true);

    private static IncidentWord Update(string id, int number, IncidentStatus status, double minute, string severity = "SEV1", DateTimeOffset? next = null) =>
        new(id, number, status, severity, "carol", T0.AddMinutes(minute)) { Opens = number == 1, Impact = "carts", CurrentAction = "cache warmed", NextUpdateAt = next };

    [Theory]
    [InlineData("SEV1", Decision.NoGo)]
    [InlineData("SEV2", Decision.Go)]
    public void What_an_update_opens_keeps_it_from_GO_by_its_severity(string severity, Decision decision)
    {
        var bench = new FoldBench("").Look(10);
        bench.Fold.Hear(Update("INC-1", 1, IncidentStatus.Investigating, 10, severity));
        bench.Look(50);
        var incident = Assert.Single(bench.Incidents);
        Assert.Equal(("INC-1", "person", severity, "carts", T0.AddMinutes(10), "carol"),
            (incident.Id, incident.Source, incident.Severity, incident.Text, incident.AcknowledgedAt, incident.AcknowledgedBy));
        Assert.Equal(decision, bench.End);
    }

    [Fact]
    public void Updates_bring_it_to_its_end_and_back()
    {
        var bench = new FoldBench("").Look(1);
        bench.Fold.Hear(Update("INC-1", 1, IncidentStatus.Investigating, 1));
        bench.Fold.Hear(Update("INC-1", 2, IncidentStatus.Monitoring, 5, "SEV0"));
        Assert.Equal(("SEV0", T0.AddMinutes(5), "cache warmed"), (bench.Incidents[0].Severity, bench.Incidents[0].MitigatedAt, bench.Incidents[0].Mitigation));
        bench.Fold.Hear(Update("INC-1", 3, IncidentStatus.Investigating, 6, "SEV0"));
        Assert.Null(bench.Incidents[0].MitigatedAt);
        bench.Fold.Hear(Update("INC-1", 4, IncidentStatus.Monitoring, 7, "SEV0"));
        bench.Fold.Hear(Update("INC-1", 5, IncidentStatus.Resolved, 8, "SEV0"));
        Assert.Equal((T0.AddMinutes(8), "carol"), (bench.Incidents[0].ResolvedAt, bench.Incidents[0].ResolvedBy));
        bench.Fold.Hear(Update("INC-1", 6, IncidentStatus.Investigating, 9, "SEV0"));
        Assert.False(bench.Incidents[0].IsOpen);
        bench.Fold.Hear(Update("INC-1", 7, IncidentStatus.Investigating, 9, "SEV0") with { Forced = true });
        Assert.True(bench.Incidents[0].IsOpen);
        Assert.Equal(Decision.NoGo, bench.Look(51).End);
    }

    [Fact]
    public void What_is_not_known_to_be_gone_is_mitigated_at_most()
    {
        var bench = new FoldBench("").Look(5, Errors);
        bench.Fold.Hear(Update("INC-1", 1, IncidentStatus.Resolved, 5));
        Assert.Equal((true, T0.AddMinutes(5), null), (bench.Incidents[0].IsOpen, bench.Incidents[0].MitigatedAt, bench.Incidents[0].VerifiedAt));
        Assert.Equal(Decision.NoGo, bench.End);
    }

    [Fact]
    public void What_is_closed_because_it_is_gone_is_verified()
    {
        var bench = new FoldBench("").Look(2, Errors).Look(40).Say(WatchWordKind.Resolve, 42, "INC-1");
        Assert.Equal((T0.AddMinutes(42), T0.AddMinutes(42)), (bench.Incidents[0].VerifiedAt, bench.Incidents[0].ResolvedAt));
        Assert.Contains(bench.Fold.Calls, c => c.Kind == CallKind.MitigationVerified);
    }

    [Fact]
    public void The_same_name_is_the_same_incident_and_the_next_one_has_another()
    {
        var bench = new FoldBench("").Look(2, ("severity:SEV2", true));
        bench.Fold.Hear(Update("INC-1", 1, IncidentStatus.Investigating, 2));
        Assert.Equal("SEV1", Assert.Single(bench.Incidents).Severity);
        bench.Fold.Hear(Update("INC-7", 1, IncidentStatus.Investigating, 3));
        bench.Say(WatchWordKind.Open, 4, value: "SEV2");
        Assert.Equal(["INC-1", "INC-7", "INC-8"], bench.Incidents.Select(i => i.Id));
    }

    [Fact]
    public void A_promise_is_called_once_when_it_is_not_kept()
    {
        var bench = new FoldBench("").Look(1);
        bench.Fold.Hear(Update("INC-1", 1, IncidentStatus.Investigating, 1, next: T0.AddMinutes(20)));
        bench.Fold.Advance(T0.AddMinutes(19));
        Assert.DoesNotContain(bench.Fold.Calls, c => c.Kind == CallKind.UpdateOverdue);
        bench.Fold.Advance(T0.AddMinutes(20));
        bench.Fold.Advance(T0.AddMinutes(21));
        Assert.Equal((T0.AddMinutes(20), "INC-1"), (Overdue(bench).At, Overdue(bench).Subject));
        bench.Fold.Hear(Update("INC-1", 2, IncidentStatus.Investigating, 22, next: T0.AddMinutes(40)));
        bench.Fold.Advance(T0.AddMinutes(39));
        Overdue(bench);
        bench.Fold.Advance(T0.AddMinutes(41));
        Assert.Equal(2, bench.Fold.Calls.Count(c => c.Kind == CallKind.UpdateOverdue));
    }

    [Fact]
    public void What_was_declared_before_it_began_and_is_open_is_adopted_and_what_is_over_is_not()
    {
        using var bench = new Bench();
        var history = new WatchHistory(FoldBench.Book(""));
        using (var ledger = FileLedger.Open(bench.PathOf("ledger"), "ana", TimeProvider.System, SecretMask.None))
        {
            Tell(ledger, Update("INC-1", 1, IncidentStatus.Investigating, -20));
            Tell(ledger, Update("INC-2", 1, IncidentStatus.Investigating, -19));
            Tell(ledger, Update("INC-2", 2, IncidentStatus.Resolved, -10) with { Opens = false });
            Begin(ledger, "one");
            Read(ledger, history);
            Assert.Equal([("INC-1", "SEV1", T0.AddMinutes(-20))], history.Fold!.Incidents.All.Select(i => (i.Id, i.Severity, i.OpenedAt)));
            Assert.Contains(history.Fold.Unrecorded, c => c.Kind == CallKind.IncidentOpened && c.Subject == "INC-1");
            // Opened within: after every name that the ledger has.
            history.Fold.Hear(new WatchWord(WatchWordKind.Open, "bob", T0) { Value = "SEV2" });
            Assert.Equal("INC-3", history.Fold.Incidents.All[^1].Id);
        }
    }

    [Fact]
    public void A_second_watch_takes_over_what_people_were_told_of_and_begins_its_own_names_behind()
    {
        using var bench = new Bench();
        var history = new WatchHistory(FoldBench.Book(""));
        using var ledger = FileLedger.Open(bench.PathOf("ledger"), "ana", TimeProvider.System, SecretMask.None);
        Begin(ledger, "one");
        Tell(ledger, Update("INC-1", 1, IncidentStatus.Investigating, 1));
        Tell(ledger, Update("INC-2", 1, IncidentStatus.Investigating, 2));
        ledger.Append("run.finished", "one", d => d.WriteString("decision", "NoGo"));
        Tell(ledger, Update("INC-2", 2, IncidentStatus.Resolved, 3) with { Opens = false });
        Tell(ledger, Update("INC-1", 2, IncidentStatus.Mitigating, 4) with { Opens = false });
        Read(ledger, history);
        // The first one's result stays what it was.
        Assert.Equal([true, true], history.Fold!.Incidents.All.Select(i => i.IsOpen));
        Begin(ledger, "two");
        Read(ledger, history);
        Assert.Equal(["INC-1"], history.Fold.Incidents.All.Select(i => i.Id));
        history.Fold.Hear(new WatchWord(WatchWordKind.Open, "bob", T0) { Value = "SEV2" });
        Assert.Equal("INC-3", history.Fold.Incidents.All[^1].Id);
    }

    private static WatchCall Overdue(FoldBench bench) => Assert.Single(bench.Fold.Calls, c => c.Kind == CallKind.UpdateOverdue);

    private static void Tell(FileLedger ledger, IncidentWord word) => ledger.Append(IncidentWordJson.Type, "", data => IncidentWordJson.Write(data, word));

    private static void Begin(FileLedger ledger, string run)
    {
        ledger.Append("run.started", run, d =>
        {
            d.WriteString("job", "Watch");
            d.WriteString("runbookDigest", FoldBench.Book("").Digest);
        });
        ledger.Append("watch.started", run, d => WatchJournal.Write(d, new WatchSetup(FoldBench.Book(""), T0)));
    }

    private static void Read(FileLedger ledger, WatchHistory history)
    {
        foreach (var e in ledger.ReadAll())
            history.Take(e);
    }
}
