using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseOps.Cli.Tests;

/// <summary><c>releaseops review weekly</c> from week to week: what is carried, what is counted where, and what can't be told.</summary>
public sealed class WeeklyReviewCommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public WeeklyReviewCommandTests()
    {
        Directory.CreateDirectory(Path("out"));
        for (var day = new DateOnly(2026, 2, 9); day <= new DateOnly(2026, 3, 6); day = day.AddDays(1))
            Day(day);
        _scratch.Write("none.jsonl", "");
        _scratch.Write("alerts.json", "[]");
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_week_with_a_holiday_carries_what_is_open()
    {
        _scratch.Write("changes.json", """[{"id":"CHG-1","title":"Mend the router","owner":"ana","due":"2026-03-31"}]""");
        var book = File.ReadAllText(System.IO.Path.Join(Cli.Root, "module/runbooks/m31-slo-review.yaml"));
        _scratch.Write("holiday.yaml", book.Replace("    days: 5\n", "    days: 5\n    closed: [2026-02-25]\n", StringComparison.Ordinal));
        Week("2026-02-20", "--changes", "changes.json").With(0);
        // Again, and nobody gives the changes.
        Assert.Equal("ana", Change(Week("2026-02-20").With(0), "CHG-1").GetProperty("owner").GetString());
        var next = _scratch.Run(["review", "weekly", "holiday.yaml", .. Inputs("2026-02-27")]).With(0);
        Assert.Equal("2026-02-20", next.Json.GetProperty("from").GetString());
        Assert.True(Change(next, "CHG-1").GetProperty("carried").GetBoolean());
    }

    [Fact]
    public void Two_reviews_of_one_day_are_refused()
    {
        File.Copy(Path("out/m31_slo_incident_2026-02-18.json"), Path("other.json"));
        Week("2026-02-20", "--daily", "out/m31_slo_incident_2026-02-18.json", "--daily", "other.json")
            .Refused(2, ErrorId.Usage, "2026-02-18 has more than one review: out/m31_slo_incident_2026-02-18.json, other.json.");
    }

    [Fact]
    public void What_happens_at_a_weekend_is_in_the_week_after_it_and_in_no_other()
    {
        _scratch.Write("interventions.jsonl", """
            {"ts":"2026-02-14T10:00:00Z","reason":"manual_override","action":"restart"}
            {"ts":"2026-02-16T08:30:00+09:00","reason":"degrade_mode","action":"degrade"}
            {"ts":"2026-02-21T10:00:00Z","reason":"other","action":"restart"}
            """);
        _scratch.Write("timeline.jsonl", """
            {"ts":"2026-02-10T10:00:00Z","incident":"OLD","event":"opened"}
            {"ts":"2026-02-14T10:00:00Z","incident":"SAT","event":"opened","severity":"SEV-1"}
            {"ts":"2026-02-15T12:00:00Z","incident":"SAT","event":"Resolved"}
            """);
        string[] told = ["--intervention-log", "interventions.jsonl", "--timeline", "timeline.jsonl"];
        Assert.Equal(("", "OLD"), Told("2026-02-13"));
        Assert.Equal(("degrade_mode manual_override", "OLD SAT"), Told("2026-02-20"));
        Assert.Equal(("other", "OLD"), Told("2026-02-27"));

        (string Interventions, string Incidents) Told(string day)
        {
            var week = _scratch.Run(["review", "weekly", "--report-dir", "out", "--day", day, "--alerts", "alerts.json", "--json", .. told]).With(0).Json;
            return (string.Join(' ', week.GetProperty("interventions").EnumerateArray().Select(i => i.GetProperty("reason").GetString())),
                string.Join(' ', week.GetProperty("incidents").EnumerateArray().Select(i => i.GetProperty("incident").GetString())));
        }
    }

    [Fact]
    public void An_alert_is_one_however_many_speak_of_it_and_one_that_fires_beside_it_is_a_duplicate()
    {
        _scratch.Write("interventions.jsonl", """
            {"ts":"2025-06-14T10:00:00Z","reason":"false_alarm","action":"none","alert":"Old","started":"2025-06-14T09:00:00Z","ended":"2025-06-14T09:05:00Z"}
            {"ts":"2026-02-18T01:05:00Z","reason":"degrade_mode","action":"restart","alert":"Slow","started":"2026-02-18T01:00:00Z"}
            {"ts":"2026-02-18T03:05:00Z","reason":"other","action":"ack","alert":"Twice","started":"2026-02-18T03:00:00Z","ended":"2026-02-18T04:00:00Z"}
            {"ts":"2026-02-18T03:10:00Z","reason":"other","action":"restart","alert":"Twice","started":"2026-02-18T03:00:00Z","ended":"2026-02-18T04:00:00Z"}
            {"ts":"2026-02-18T05:10:00Z","reason":"false_alarm","action":"none","alert":"Odd","started":"2026-02-18T05:00:00Z","ended":"2026-02-18T04:00:00Z"}
            """);
        _scratch.Write("open.json", """
            [{"labels":{"alertname":"Slow"},"startsAt":"2026-02-18T01:00:00Z"},
             {"labels":{"alertname":"Disk","instance":"a"},"startsAt":"2026-02-18T01:00:00Z"},
             {"labels":{"alertname":"Disk","instance":"b"},"startsAt":"2026-02-18T01:05:00Z"},
             {"labels":{"alertname":"Disk","instance":"c"},"startsAt":"2026-02-18T01:06:00Z"}]
            """);
        var ended = _scratch.Run("review", "weekly", "--report-dir", "out", "--day", "2026-02-20", "--timeline", "none.jsonl", "--intervention-log", "interventions.jsonl",
            "--alerts", "open.json", "--json").With(3);
        Assert.Equal([("alertname=Disk", 3, 0, 2), ("alertname=Odd", 1, 1, 0)], ended.Json.GetProperty("alert_groups").EnumerateArray().Select(g =>
            (g.GetProperty("key").GetString(), g.GetProperty("total").GetInt32(), g.GetProperty("false_positives").GetInt32(), g.GetProperty("duplicates").GetInt32())));
        Assert.Contains("interventions.jsonl:5: ended is before started", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tight_threshold_is_never_loosened()
    {
        var book = File.ReadAllText(System.IO.Path.Join(Cli.Root, "module/runbooks/m31-slo-review.yaml"));
        _scratch.Write("tight.yaml", book.Replace("min-availability: 0.99\n", "min-availability: 0.9995\n", StringComparison.Ordinal)
            .Replace("max-error-rate: 0.20\n", "max-error-rate: 0.0005\n", StringComparison.Ordinal));
        for (var day = new DateOnly(2026, 2, 16); day <= new DateOnly(2026, 2, 20); day = day.AddDays(1))
            Day(day, d => (d["slo"]!["availability_rate"], d["slo"]!["error_rate"]) = (1.0, 0.0));
        var proposed = _scratch.Run(["review", "weekly", "tight.yaml", .. Inputs("2026-02-20")]).With(0).Json.GetProperty("threshold_proposals").EnumerateArray();
        Assert.Equal([0.9997, 0.0003], proposed.Take(2).Select(t => t.GetProperty("proposed").GetDouble()));
    }

    [Fact]
    public void What_comes_back_after_it_was_closed_is_asked_for_anew()
    {
        for (var day = new DateOnly(2026, 3, 2); day <= new DateOnly(2026, 3, 6); day = day.AddDays(1))
            Day(day, d => d["slo"]!["stage_error_top"] = new JsonArray(new JsonObject { ["stage"] = "x", ["error_total"] = 2 }));
        _scratch.Write("changes.json", """[{"id":"recurring:errors:x","closed":"2026-02-20"}]""");
        var change = Change(Week("2026-03-06", "--changes", "changes.json").With(0), "recurring:errors:x");
        Assert.Equal((JsonValueKind.Null, "operator", "2026-03-20"),
            (change.GetProperty("closed").ValueKind, change.GetProperty("owner").GetString(), change.GetProperty("due").GetString()));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void A_day_at_the_end_of_the_calendar_is_refused(string day) => Week(day).Refused(2, ErrorId.Usage, $"No week can end on {day}");

    [Theory]
    [InlineData("floor", """{"duplicate_execution":"3","guard_precedence_violation":0,"mode_leakage":0}""", "releaseops.floor.duplicate_execution is \"3\"")]
    [InlineData("floor", "{}", "releaseops.floor.duplicate_execution is not there")]
    [InlineData("decision", "\"hold\"", "releaseops.decision is \"hold\"")]
    public void A_day_that_can_not_be_read_in_whole_holds_the_week(string field, string json, string says)
    {
        Day(new DateOnly(2026, 2, 18), d => d["releaseops"]![field] = JsonNode.Parse(json));
        Assert.Contains(says, Week("2026-02-20").With(3).Json.GetProperty("findings")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Change(Ended ended, string id) =>
        ended.Json.GetProperty("runbook_changes").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);

    private static string[] Inputs(string day) =>
        ["--report-dir", "out", "--day", day, "--timeline", "none.jsonl", "--intervention-log", "none.jsonl", "--alerts", "alerts.json", "--json"];

    private Ended Week(string day, params string[] more) => _scratch.Run(["review", "weekly", .. Inputs(day), .. more]);

    private string Path(string name) => System.IO.Path.Join(_scratch.Folder, name);

    /// <summary>Writes the review of a good day, which changes nothing, with what a test changes in it.</summary>
    private void Day(DateOnly day, Action<JsonNode>? change = null)
    {
        var name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var document = JsonNode.Parse($$"""
            {"ok":true,"day":"{{name}}","slo":{"event_total":1000,"run_total":1000,"availability_rate":0.993,"error_rate":0.15,"stage_error_top":[]},"failures":[],
             "releaseops":{"decision":"Go","moment":"post-close","floor":{"duplicate_execution":0,"guard_precedence_violation":0,"mode_leakage":0} } }
            """)!;
        change?.Invoke(document);
        _scratch.Write($"out/m31_slo_incident_{name}.json", document.ToJsonString());
    }
}
