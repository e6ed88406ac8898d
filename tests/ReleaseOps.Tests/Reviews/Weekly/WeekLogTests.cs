using System.Text.Json;
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
        Assert.Equal(["i.jsonl:2: no JSON", "i.jsonl:1: expected were ts and reason", "i.jsonl:3: expected were ts and reason",
            "i.jsonl:4: ts is no time; expected was 2026-02-21T10:00:00Z, or seconds since 1970"], _problems);
    }

    [Fact]
    public void A_line_whose_time_is_null_is_named_and_not_passed_over()
    {
        Assert.Empty(_logs.Interventions(_folder.Write("i.jsonl", "{\"ts\":null,\"reason\":\"x\"}"), "i.jsonl")!);
        Assert.Empty(_logs.Timeline(_folder.Write("t.jsonl", "{\"ts\":null,\"incident\":\"INC-1\",\"event\":\"opened\"}"), "t.jsonl")!);
        Assert.Equal(["i.jsonl:1: expected were ts and reason", "t.jsonl:1: expected were ts, incident and event"], _problems);
    }

    [Theory]
    [InlineData("\"2026-02-18T10:00:00\"", "2026-02-18T10:00:00.0000000Z")]
    [InlineData("\"2026-02-18T10:00:00.123+09:00\"", "2026-02-18T01:00:00.1230000Z")]
    [InlineData("\"2026-02-18T10:00:00.999999999Z\"", "2026-02-18T10:00:00.9999990Z")]
    [InlineData("\"1771400000\"", "2026-02-18T07:33:20.0000000Z")]
    [InlineData("1771400000.5", "2026-02-18T07:33:20.5000000Z")]
    [InlineData("\"2026\\u002d02-18\"", "2026-02-18T00:00:00.0000000Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("\"9999-12-31T23:59:59.9999999Z\"", "9999-12-31T23:59:59.9999690Z")]
    // Neither today's, nor the month's before the day's.
    [InlineData("\"12:30\"", null)]
    [InlineData("\"02/18/2026\"", null)]
    [InlineData("\"yesterday\"", null)]
    [InlineData("\"2026-02-18T24:00:00Z\"", null)]
    [InlineData("\"9999-12-31T23:59:59-14:00\"", null)]
    [InlineData("253402300800", null)]
    [InlineData("1e400", null)]
    [InlineData("\"\"", null)]
    [InlineData("true", null)]
    [InlineData("[1]", null)]
    public void A_time_is_one_by_the_rules_of_the_event_log(string json, string? at) =>
        Assert.Equal(at, WeekTime.Of(JsonElement.Parse(json))?.UtcDateTime.ToString("O"));

    [Fact]
    public void Times_that_can_not_be_read_are_named_wherever_they_stand()
    {
        _logs.Timeline(_folder.Write("t.jsonl", """{"ts":"12:30","incident":"A","event":"opened"}"""), "t.jsonl");
        var about = _logs.Interventions(_folder.Write("i.jsonl", """{"ts":1771400000,"reason":"other","alert":"A","started":"02/18/2026","ended":"noon"}"""), "i.jsonl")!;
        var open = _logs.Alerts(_folder.Write("a.json", """[{"labels":{"alertname":"A"},"startsAt":"yesterday"},{"labels":{"alertname":"B"}}]"""), "a.json", ["alertname"])!;
        Assert.Equal((1, 2), (about.Count, open.Count));
        Assert.Equal(["t.jsonl:1: ts", "i.jsonl:1: started", "i.jsonl:1: ended", "a.json: alert 1: startsAt"], _problems.Select(p => p.Split(" is no time;")[0]));
    }

    [Fact]
    public void An_alert_that_ended_before_it_started_is_named_and_its_times_are_not_used()
    {
        var about = Assert.Single(_logs.Interventions(_folder.Write("i.jsonl",
            """{"ts":"2026-02-18T05:10:00Z","reason":"other","alert":"A","started":"2026-02-18T05:00:00Z","ended":"2026-02-18T04:00:00Z"}"""), "i.jsonl")!);
        Assert.Equal((null, null), (about.From, about.To));
        Assert.Equal(["i.jsonl:1: ended is before started; neither is used"], _problems);
    }

    [Theory]
    [InlineData("Resolved")]
    [InlineData(" CLOSED ")]
    [InlineData("verified")]
    public void An_incident_is_over_in_any_case(string what) => Assert.True(_logs.Timeline(_folder.Write("t.jsonl",
        $$"""{"ts":1771400000,"incident":"A","event":"{{what}}"}"""), "t.jsonl")!.Single().Ends);

    [Fact]
    public void Labels_whose_names_are_no_text_are_no_fault_of_ours() => Assert.Single(_logs.Alerts(_folder.Write("a.json", """[{"labels":{"\ud800":"x"}}]"""), "a.json", ["alertname"])!);

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
