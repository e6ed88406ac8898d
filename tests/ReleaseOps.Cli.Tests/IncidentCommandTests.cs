using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ReleaseOps.Cli.Tests;

/// <summary><c>releaseops incident</c> and <c>postmortem</c>: previewed, sent to a file and the screen, kept where nothing can be reached, and told apart by exit codes.</summary>
public sealed class IncidentCommandTests : IDisposable
{
    private static readonly string[] Whole = ["--severity", "SEV1", "--impact", "checkout fails", "--scope", "POS", "--current-action", "triage"];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_dry_run_shows_the_text_and_exactly_what_would_be_sent_and_leaves_nothing_behind()
    {
        var shown = Incident("start", [.. Whole, "-c", "slack,pagerduty", "--dry-run"]).With(0);
        Assert.Contains("\n- Impact: checkout fails\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("\n--- slack: POST ***\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("\"dedup_key\":\"ARIS3-0.1.0-rc.3/INC-1\"", shown.Out, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent, and nothing recorded.\n", shown.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Folder));
    }

    [Fact]
    public void A_preview_names_what_is_missing_and_a_real_one_is_refused_for_it()
    {
        Assert.Contains("Missing: --scope\n", Incident("start", "--severity", "SEV1", "--impact", "x", "--dry-run").With(0).Out, StringComparison.Ordinal);
        Incident("start", "--severity", "SEV1", "--impact", "x").Refused(2, ErrorId.MissingField, "scope", "--scope");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Folder));
    }

    [Fact]
    public void An_incident_goes_from_its_start_to_its_end_and_its_postmortem_is_drafted()
    {
        Incident("start", [.. Whole, "-c", "file,console", "--impact-from", "-12m"]).With(0);
        Incident("resolve", "--resolution", "raised", "--follow-ups", "ana", "-c", "file").Refused(2, ErrorId.BadTransition, "Investigating");
        Incident("update", "--status", "mitigating", "--findings", "pool exhausted", "--decision-track", "forward-fix", "--risk", "none", "-c", "file").With(0);
        Incident("update", "--status", "monitoring", "--findings", "pool raised", "-c", "file").With(0);
        Incident("resolve", "--resolution", "raised the pool", "--follow-ups", "ana", "-c", "file").With(0);
        Assert.Contains("INC-1  SEV1  Resolved", Incident("list").With(0).Out, StringComparison.Ordinal);
        Assert.Equal("Nothing is due.\n", Incident("due").With(0).Out);
        var written = File.ReadAllText(Path.Combine(_scratch.Folder, "incidents.md"));
        Assert.Equal(4, written.Split("<!-- releaseops:notice ").Length - 1);
        var postmortem = _scratch.Run("postmortem", "aris3-day1-watch", "INC-1", "-o", "INC-1.md").With(0);
        Assert.Matches("^INC-1.md: [0-9]+ places for people to fill in.\n$", postmortem.Out);
        Assert.Contains("| Detection delay | 12m", File.ReadAllText(Path.Combine(_scratch.Folder, "INC-1.md")), StringComparison.Ordinal);
        _scratch.Run("postmortem", "aris3-day1-watch", "INC-1", "-o", "INC-1.md").Refused(2, ErrorId.FileExists);
        _scratch.Run("postmortem", "aris3-day1-watch", "INC-9").Refused(2, ErrorId.UnknownIncident, "INC-1");
    }

    [Fact]
    public void What_cannot_be_sent_waits_and_the_secret_stands_nowhere()
    {
        var environment = _scratch.Environment;
        environment["SLACK_WEBHOOK_URL"] = "http://127.0.0.1:9/services/T0/B0/the-secret-of-it";
        var sent = Cli.Run(_scratch.Folder, [Cli.Program, "incident", "start", "aris3-day1-watch", .. Whole, "-c", "slack,file"], environment).With(3);
        Assert.Contains("\nWAITS  slack  ", sent.Out, StringComparison.Ordinal);
        Assert.Contains("\nsent  file  ", sent.Out, StringComparison.Ordinal);
        Assert.Contains("WAITS  slack", Incident("list").With(0).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret-of-it", sent.Out + sent.Error, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(_scratch.Folder, "*", SearchOption.AllDirectories), f => Assert.DoesNotContain("the-secret-of-it", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_is_not_set_and_a_channel_that_is_nowhere_are_named_before_anything_is_recorded()
    {
        Incident("start", [.. Whole, "-c", "teams"]).Refused(2, ErrorId.MissingSecret, "TEAMS_WEBHOOK_URL");
        Incident("start", [.. Whole, "-c", "pigeon"]).Refused(2, ErrorId.UnknownChannel, "pigeon", "slack");
        Assert.Equal("No incidents.\n", Incident("list").With(0).Out);
    }

    [Fact]
    public void A_promise_that_was_not_kept_makes_the_list_red_and_the_update_due()
    {
        Incident("start", [.. Whole, "-c", "file", "--next-update", "1s"]).With(0);
        Scratch.Await(() => Incident("list").Code == 1, "the promise is overdue");
        Assert.Contains("OVERDUE since", Incident("list").Out, StringComparison.Ordinal);
        Assert.Contains("an update was promised for", Incident("due", "--dry-run", "--json").With(0).Json.GetProperty("updates")[0].GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_due_and_whole_goes_out_although_another_lacks_something()
    {
        File.WriteAllText(Path.Combine(_scratch.Folder, "shop.yaml"), """
            runbook: shop
            product: shop
            severities: { SEV1: { definition: bad, mitigate: 30m } }
            messages:
              incident-start: { template: '{{impact}}', channels: [file] }
              incident-update: { template: '{{incident}} by {{decision_track}}', channels: [file] }
            phases: [{ phase: all, steps: [{ id: look, file: x }] }]
            """);
        _scratch.Run("incident", "start", "shop.yaml", "--severity", "SEV1", "--impact", "a", "--next-update", "1ms").With(0);
        _scratch.Run("incident", "start", "shop.yaml", "--severity", "SEV1", "--impact", "b", "--next-update", "1ms", "--decision-track", "forward-fix").With(0);
        _scratch.Run("incident", "due", "shop.yaml").Refused(2, ErrorId.MissingField, "INC-1", "decision_track");
        var written = File.ReadAllText(Path.Combine(_scratch.Folder, "incidents.md"));
        Assert.Contains("`INC-2` by `forward-fix`", written, StringComparison.Ordinal);
        Assert.DoesNotContain("`INC-1` by", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_ends_it_while_it_sends_is_told_what_waits_and_how_it_goes_out()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var environment = _scratch.Environment;
        environment["SLACK_WEBHOOK_URL"] = $"http://{silent.LocalEndpoint}/services/T0/B0/the-secret-of-it";
        using var sending = Cli.Start(_scratch.Folder, [Cli.Program, "incident", "start", "aris3-day1-watch", .. Whole, "-c", "slack"], environment);
        using var taken = silent.AcceptSocket();
        sending.Signal("TERM");
        var ended = sending.End(TimeSpan.FromSeconds(30)).With(143);
        Assert.Contains("WAITS  slack  ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("was cut short)", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("releaseops incident retry\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document_on_standard_output_whatever_the_screen_is_told()
    {
        var sent = Incident("start", [.. Whole, "-c", "console,file", "--json"]).With(0).Json;
        Assert.Equal("1", sent.GetProperty("schemaVersion").GetString());
        Assert.Equal(["Sent", "Sent"], sent.GetProperty("deliveries").EnumerateArray().Select(d => d.GetProperty("state").GetString()));
        var listed = Incident("list", "--json").With(0).Json.GetProperty("incidents")[0];
        Assert.Equal("INC-1", listed.GetProperty("id").GetString());
        Assert.Equal(DateTimeOffset.Parse(sent.GetProperty("updates")[0].GetProperty("at").GetString()!, CultureInfo.InvariantCulture),
            listed.GetProperty("openedAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void Other_messages_and_reviews_go_out_too()
    {
        var told = _scratch.Run("incident", "message", "aris3-go-live", "canary-success", "-c", "console").With(0);
        Assert.Contains("canary healthy", told.Out, StringComparison.Ordinal);
        Assert.Contains("Review first 2h metrics", _scratch.Run("incident", "review", "tars-post-ga", "T+2h", "--dry-run").With(0).Out, StringComparison.Ordinal);
        _scratch.Run("incident", "message", "aris3-go-live", "canary-sucess").Refused(2, ErrorId.UnknownReference, "canary-success");
    }

    private Ended Incident(string what, params string[] more) => _scratch.Run(["incident", what, "aris3-day1-watch", .. more]);
}
