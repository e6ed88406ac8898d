using ReleaseOps.Ledger;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Reviews.Weekly;

public sealed class WeekLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _problems = [];
    private readonly WeekLogs _logs;

    public WeekLogTests() => _logs = new WeekLogs(_problems);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_timeline_of_JSON_lines_is_read_by_time()
    {
        var timeline = _logs.Timeline(_folder.Write("t.jsonl", """
            {"ts":"2026-02-17T03:00:00+09:00","incident":"INC-1","event":"resolved"}

            {"ts":1771264800,"incident":"INC-1","event":"opened","class":"stall","severity":"SEV-2","text":"slow"}
            """), "t.jsonl")!;
        Assert.Equal(["resolved", "opened"], timeline.Select(m => m.What));
        Assert.Equal((true, "stall", "SEV-2", "slow"), (timeline[0].Ends, timeline[1].Class, timeline[1].Severity, timeline[1].Text));
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_ledger_gives_its_incidents()
    {
        using (var ledger = FileLedger.Open(_folder.Path, "ana", TimeProvider.System, SecretMask.None))
        {
            ledger.Append("watch.looked", "run", _ => { });
            ledger.Append("incident.opened", "run", data =>
            {
                data.WriteString("at", "2026-02-17T02:00:00.000Z");
                data.WriteString("subject", "INC-1");
                data.WriteString("text", "errors");
                data.WriteStartObject("incident");
                data.WriteString("source", "threshold:errors");
                data.WriteString("severity", "SEV1");
                data.WriteEndObject();
            });
            ledger.Append("incident.updated", "run", data =>
            {
                data.WriteString("at", "2026-02-17T03:00:00.000Z");
                data.WriteString("incident", "INC-1");
                data.WriteString("status", "Resolved");
            });
        }
        var timeline = _logs.Timeline(_folder.Path, "evidence")!;
        Assert.Equal([("INC-1", "opened", "threshold:errors", "SEV1", false), ("INC-1", "updated: Resolved", "", "", true)],
            timeline.Select(m => (m.Incident, m.What, m.Class, m.Severity, m.Ends)));
    }

    [Fact]
    public void A_ledger_that_somebody_changed_is_named_and_not_read()
    {
        _folder.Write("ledger.jsonl", "{\"seq\":1}\n{\"seq\":2}\n");
        Assert.Null(_logs.Timeline(_folder.Path, "evidence"));
        Assert.StartsWith("evidence: ", _problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Interventions_are_read_with_what_they_say_of_their_alert()
    {
        var log = _logs.Interventions(_folder.Write("i.jsonl", """
            {"ts":"2026-02-17T02:10:00Z","reason":"false_alarm","action":"none","alert":"A","started":"2026-02-17T02:00:00Z","ended":"2026-02-17T02:10:00Z"}
            {"ts":"2026-02-17T04:00:00Z","reason":"other","labels":{"alertname":"B","stage":"s"},"action":7}
            """), "i.jsonl")!;
        Assert.Equal((true, "A", TimeSpan.FromMinutes(10)), (log[0].IsNothing, log[0].Labels["alertname"], log[0].To - log[0].From));
        // An action that is no text says nothing.
        Assert.Equal((false, false, "s"), (log[1].IsNothing, log[1].IsAct, log[1].Labels["stage"]));
    }

    [Fact]
    public void Each_line_that_says_too_little_is_named_and_the_others_count()
    {
        Assert.Single(_logs.Interventions(_folder.Write("i.jsonl", "{\"ts\":1}\n{oops\n[]\n{\"ts\":true,\"reason\":\"x\"}\n{\"ts\":1,\"reason\":\"x\"}"), "i.jsonl")!);
        Assert.Equal(["i.jsonl:2: no JSON", "i.jsonl:1: expected were ts and reason", "i.jsonl:3: expected were ts and reason", "i.jsonl:4: expected were ts and reason"], _problems);
    }

    [Fact]
    public void Alerts_are_read_as_Alertmanager_lists_them()
    {
        var alerts = _logs.Alerts(_folder.Write("a.json", """
            [{"labels":{"alertname":"B","instance":"i"},"annotations":{"summary":"full"},"startsAt":"2026-02-12T10:00:00.000Z","endsAt":"2026-02-20T10:00:00.000Z",
              "updatedAt":"2026-02-20T10:00:00.000Z","generatorURL":"http://p","fingerprint":"ab","receivers":[{"name":"x"}],"status":{"state":"suppressed","silencedBy":["s"],"inhibitedBy":[]}},
             {"labels":{"alertname":"A"},"annotations":{"description":"d"},"startsAt":"2026-02-11T10:00:00Z","status":{"state":"active"}},
             {"labels":{}}]
            """), "a.json", ["alertname"])!;
        Assert.Equal([("alertname=A", "active", false, "d"), ("alertname=B", "suppressed", true, "full")], alerts.Select(a => (a.Key, a.State, a.IsMuted, a.Summary)));
        Assert.Equal(["a.json: alert 3 has no labels"], _problems);
    }

    [Theory]
    [InlineData("{}", "expected was a list of alerts")]
    [InlineData("", "no JSON")]
    public void What_is_no_list_of_alerts_is_none(string text, string says)
    {
        Assert.Null(_logs.Alerts(_folder.Write("a.json", text), "a.json", []));
        Assert.Equal(["a.json: " + says], _problems);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.Null(_logs.Interventions(Path.Join(_folder.Path, "x"), "x"));
        Assert.Equal(["x: not there"], _problems);
    }

    [Fact]
    public void Changes_are_a_list_or_a_weeks_document()
    {
        Assert.Equal(["a"], _logs.Changes(_folder.Write("c.json", """[{"id":"a","title":"t","due":"2026-02-30"},{"title":"nameless"}]"""), "c.json", out _).Select(c => c.Id));
        Assert.Equal(["c.json: due of change 1 is no day; expected was 2026-02-21", "c.json: change 2 has no id"], _problems);
        var change = _logs.Changes(_folder.Write("w.json", """{"runbook_changes":[{"id":"b","title":"t","owner":"ana","due":"2026-02-20","opened":null,"closed":"2026-02-19"}]}"""), "w.json", out _).Single();
        Assert.Equal(("ana", new DateOnly(2026, 2, 20), null, new DateOnly(2026, 2, 19)), (change.Owner, change.Due, change.Opened, change.Closed));
        Assert.Empty(_logs.Changes(_folder.Write("n.json", "{}"), "n.json", out _));
        Assert.Contains("n.json: runbook_changes isn't there, or is no list", _problems);
    }
}
