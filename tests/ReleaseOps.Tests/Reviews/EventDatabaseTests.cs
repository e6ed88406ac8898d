using ReleaseOps.Evidence;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Reviews;

/// <summary>A database in place of a log.</summary>
[Collection("PostgreSQL")]
public sealed class EventDatabaseTests(Postgres server)
{
    [Theory]
    [InlineData("Host=db;Database=logs;Username=reader", true)]
    [InlineData("Username=x; HOST = db", true)]
    [InlineData("Server=db", true)]
    [InlineData("postgresql://reader@db:5433/logs", true)]
    [InlineData("postgres://db", true)]
    [InlineData("data/logs/events.jsonl", false)]
    [InlineData("host", false)]
    [InlineData("a;b=c.jsonl", false)]
    [InlineData("-", false)]
    public void It_is_told_from_a_path(string text, bool database) => Assert.Equal(database, EventDatabase.IsOne(text));

    [Theory]
    [InlineData("Host=db;Port=5433;Database=logs;Username=reader;Password=hunter2-hunter2")]
    [InlineData("postgresql://reader:hunter2-hunter2@db:5433/logs?sslmode=require")]
    [InlineData("postgresql://reader:hunter2%2Dhunter2@db:5433/logs")]
    public void Its_password_is_kept_apart_and_never_shown(string text)
    {
        var database = EventDatabase.Of(text, "events");
        Assert.Equal("postgresql db:5433/logs, events", database.Shown);
        Assert.Equal("hunter2-hunter2", database.Source.Password);
        Assert.DoesNotContain("hunter2", database.Source.Address, StringComparison.Ordinal);
        Assert.Equal("x *** y", database.Mask.Apply("x hunter2-hunter2 y"));
    }

    [Theory]
    [InlineData("Host=db;Nonsense=1;Password=hunter2-hunter2")]
    [InlineData("postgresql://db/logs?nonsense=1")]
    [InlineData("postgresql://")]
    public void One_that_can_not_be_read_is_refused_and_not_quoted(string text)
    {
        var error = Assert.Throws<ReleaseOpsException>(() => EventDatabase.Of(text, "events"));
        Assert.Equal(ErrorId.BadValue, error.Id);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_runbooks_source_takes_its_parameters_and_its_secret()
    {
        var book = RunbookOf("parameters: { host: { required: true }, day: { required: true } }", "'Host=${{ params.host }};Database=logs', password: '${{ secrets.LOGS_PASSWORD }}'");
        var database = EventDatabase.Of(book, "events", "ops.events", new Dictionary<string, string> { ["host"] = "db" }, name => name == "LOGS_PASSWORD" ? "hunter2-hunter2" : null);
        Assert.Equal(("postgresql db:5432/logs, ops.events", "hunter2-hunter2"), (database.Shown, database.Source.Password));
        Assert.Equal(ErrorId.MissingSecret, Assert.Throws<ReleaseOpsException>(() => EventDatabase.Of(book, "events", "t", new Dictionary<string, string> { ["host"] = "db" }, _ => null)).Id);
        Assert.Equal(ErrorId.UnknownReference, Assert.Throws<ReleaseOpsException>(() => EventDatabase.Of(book, "nowhere", "t", new Dictionary<string, string>(), _ => "x")).Id);
    }

    [Fact]
    public async Task Logs_and_a_database_are_not_mixed()
    {
        foreach (var options in new[]
        {
            new DailyReviewOptions("/") { EventLogs = ["a.jsonl", "Host=db"] }, new DailyReviewOptions("/") { EventLogs = ["a.jsonl"], Source = "events" },
            new DailyReviewOptions("/") { EventLogs = ["Host=db"], Source = "events" },
        })
            Assert.Equal(ErrorId.Usage, (await Assert.ThrowsAsync<ReleaseOpsException>(() => DailyReview.RunAsync(DailySample.Book, options, CancellationToken.None))).Id);
    }

    [NeedsProgram("postgres")]
    public async Task The_document_is_that_of_the_log()
    {
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(0, 400).Select(i =>
            $$"""{"ts":{{1771632000 + 7 * i}},"run_id":"r{{i / 4}}","stage":"{{(i % 4 < 2 ? "commander_router" : "execute_from_packet")}}","event":"{{(i % 97 == 3 ? "error" : i % 2 == 0 ? "start" : "end")}}","payload":{"mode":"real","target_mode":"{{(i == 6 ? "mock" : "real")}}"} }""").ToList();
        var log = folder.Write("events.jsonl", string.Join('\n', lines));
        await server.ExecuteAsync($"""
            CREATE SCHEMA IF NOT EXISTS reviewed; DROP TABLE IF EXISTS reviewed.log;
            CREATE TABLE reviewed.log (ts timestamptz, run_id text, stage text, event text, payload jsonb, ordinal bigint);
            INSERT INTO reviewed.log SELECT to_timestamp((l->>'ts')::numeric), l->>'run_id', l->>'stage', l->>'event', l->'payload', o
            FROM jsonb_array_elements('[{string.Join(',', lines)}]'::jsonb) WITH ORDINALITY AS t(l, o)
            """);
        var byFile = await Review(folder, new DailyReviewOptions(folder.Path) { Day = DailySample.Day, EventLogs = [log] });
        var bySql = await Review(folder, new DailyReviewOptions(folder.Path) { Day = DailySample.Day, EventLogs = [server.Address()], Table = "reviewed.log" });
        Assert.Equal(400, bySql.Slo.EventTotal);
        // A database has no lines, and so no places.
        Assert.Equal(Document(byFile), Document(bySql));
        Assert.Equal((Decision.NoGo, 1), (bySql.Decision, bySql.Floor.Single(f => f.Name == "mode_leakage").Total));
        var book = RunbookOf("parameters: { day: x }", $"'{server.Address()}'") with { Review = DailySample.Review with { EventLog = null, Source = "events", Table = "reviewed.log" } };
        Assert.Equal(400, (await DailyReview.RunAsync(book, new DailyReviewOptions(folder.Path) { Day = DailySample.Day }, CancellationToken.None)).Slo.EventTotal);
    }

    [NeedsProgram("postgres")]
    public async Task A_table_that_is_not_there_is_a_finding_and_a_database_that_is_not_there_too()
    {
        using var folder = new TemporaryFolder();
        var result = await Review(folder, new DailyReviewOptions(folder.Path) { EventLogs = ["Host=127.0.0.1;Port=1;Database=x;Username=y"] });
        Assert.Equal(Decision.NoGo, result.Decision);
        Assert.Contains(result.Findings, f => f is { Subject: "log", Verdict: Verdict.Inconclusive });
        var nowhere = await Review(folder, new DailyReviewOptions(folder.Path) { EventLogs = [server.Address()], Table = "nowhere" });
        Assert.Contains(nowhere.Findings, f => f.Subject == "log" && f.Text.Contains("nowhere", StringComparison.Ordinal));
    }

    private static string Document(DailyReviewResult result) => ReviewJson.Text(result with
    {
        Sources = [],
        Floor = [.. result.Floor.Select(f => f with { Places = [] })],
        Findings = [],
        Faults = new LogFaults(),
    });

    private static Task<DailyReviewResult> Review(TemporaryFolder folder, DailyReviewOptions options)
    {
        folder.Write("reports/m30_post_golive/m30_post_golive_policy_2026-02-21.json", DailySample.Policy);
        folder.Write("reports/m30_golive/m30_final_golive_signoff_2026-02-21.json", DailySample.Signoff);
        return DailyReview.RunAsync(DailySample.Book, options, CancellationToken.None);
    }

    private static Runbook RunbookOf(string parameters, string postgres) => Runbooks.Read.Good(Runbooks.Read.Text(
        $"runbook: r\n{parameters}\nsources: {{ events: {{ postgres: {postgres} }} }}\nreview: {{ source: events }}\n"));
}
