using ReleaseOps.Evidence;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;
using static ReleaseOps.Tests.Incidents.IncidentBench;

namespace ReleaseOps.Tests.Incidents;

/// <summary>Postmortems, as far as the ledger can write them.</summary>
public sealed class PostmortemTests : IDisposable
{
    private readonly IncidentBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private IncidentPostmortem Draft() => IncidentPostmortems.Draft(_bench.Plan, "INC-1", _bench.Options);

    private void Happened()
    {
        _bench.At(1).Write("watch.look", $$"""{"slot":1,"at":"{{T0.AddMinutes(1):O}}","values":{},"seen":{"severity:SEV1":{"holds":true,"text":"x"} } }""");
        _bench.At(10).Call("incident.opened", "INC-1", "error_rate 8 % is >= 5 %");
        _bench.At(25).Say(WatchWordKind.Acknowledge).At(30).Say(WatchWordKind.Mitigate, text: "rolled back");
        _bench.At(45).Call("incident.verified", "INC-1", "gone");
        _bench.At(50).Tell(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, FollowUps = "carol, 2026-11-25" });
    }

    [Fact]
    public void Of_what_a_watch_saw_the_delay_counts_from_the_first_look()
    {
        Happened();
        var postmortem = Draft();
        Assert.Equal(TimeSpan.FromMinutes(9), postmortem.DetectionDelay);
        Assert.Equal("from the first look in which its signal held (2026-11-21 18:01Z) to when it was called (2026-11-21 18:10Z)", postmortem.DetectionBasis);
        Assert.Equal(("severity of the watch: error_rate 8 % is >= 5 %", "rolled back", "Dev On-call", "thing 1.0.0", "carol, 2026-11-25"),
            (postmortem.FirstSignal, postmortem.Mitigation, postmortem.ActionOwner, postmortem.Scope, postmortem.FollowUps));
        Assert.Equal((T0.AddMinutes(1), T0.AddMinutes(45)), (postmortem.From, postmortem.To));
        Assert.Equal((15.0, 20.0, 40.0), (postmortem.AcknowledgedAfter!.Value.TotalMinutes, postmortem.MitigatedAfter!.Value.TotalMinutes, postmortem.ResolvedAfter!.Value.TotalMinutes));
        Assert.Equal(["it was acknowledged 5m too late"], postmortem.KnownFactors);
        Assert.Equal(
            ["the technical root cause", "process and policy factors", "immediate guard changes", "medium-term engineering tasks",
                "prevention checks and acceptance criteria", "the due date of the actions"],
            postmortem.ToDo);
    }

    [Fact]
    public void A_beginning_that_was_given_goes_before_what_was_seen()
    {
        Happened();
        _bench.Tell(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, Force = true, ImpactFrom = T0.AddMinutes(-10), ImpactTo = T0.AddMinutes(35) });
        var postmortem = Draft();
        Assert.Equal((TimeSpan.FromMinutes(20), T0.AddMinutes(35)), (postmortem.DetectionDelay, postmortem.To));
        Assert.StartsWith("from the beginning of the impact as it was given", postmortem.DetectionBasis, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_knows_the_beginning_it_is_still_to_do()
    {
        _bench.Tell(new() { Severity = "SEV3" });
        var postmortem = Draft();
        Assert.Null(postmortem.DetectionDelay);
        Assert.StartsWith("TO DO: ", postmortem.DetectionBasis, StringComparison.Ordinal);
        Assert.Contains("what happened, and who felt it", postmortem.ToDo);
        Assert.Equal(ErrorId.UnknownIncident, Assert.Throws<ReleaseOpsException>(() => IncidentPostmortems.Draft(_bench.Plan, "INC-2", _bench.Options)).Id);
    }

    [Fact]
    public void Its_Markdown_has_the_templates_sections_and_marks_what_is_to_do()
    {
        Happened();
        var text = PostmortemMarkdown.Text(Draft());
        Assert.Equal(
            ["1. Event summary", "2. Detection and response", "Timeline", "3. Root cause and contributing factors", "4. Corrective actions", "5. Ownership and follow-up",
                "Still to be written"],
            text.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..]));
        Assert.Contains("| Technical root cause | **TO DO: the technical root cause** |", text, StringComparison.Ordinal);
        Assert.Contains("| Detection delay | 9m |", text, StringComparison.Ordinal);
        Assert.Contains("- [ ] the due date of the actions\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_from_outside_is_Markdown_or_HTML_in_it()
    {
        _bench.Tell(new() { Severity = "SEV1", Impact = "x | y <script>alert(1)</script> ![a](http://b) @all", Scope = "# EU" });
        var (text, page) = (PostmortemMarkdown.Text(Draft()), PostmortemPage.Text(Draft()));
        Assert.Contains("`x \\| y <script>alert(1)</script> ![a](http://b) @all`", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidents_messages_and_postmortems_are_JSON_like_other_evidence()
    {
        Happened();
        var postmortem = System.Text.Json.Nodes.JsonNode.Parse(IncidentJson.Text(Draft()))!;
        Assert.Equal(("1", 540, "Resolved"), (postmortem["schemaVersion"]!.GetValue<string>(), postmortem["detectionDelaySeconds"]!.GetValue<int>(), postmortem["status"]!.GetValue<string>()));
        var incident = System.Text.Json.Nodes.JsonNode.Parse(IncidentJson.Text(_bench.Incidents, []))!["incidents"]![0]!;
        Assert.Equal(("INC-1", "2026-11-21T18:01:00.000Z", 1), (incident["id"]!.GetValue<string>(), incident["signalAt"]!.GetValue<string>(), incident["updates"]!.AsArray().Count));
        var update = System.Text.Json.Nodes.JsonNode.Parse(IncidentJson.Text([_bench.Draft(new() { Severity = "SEV1" })], requests: []))!["updates"]![0]!;
        Assert.Equal(("INC-2", "impact", "thing", null), (update["incident"]!.GetValue<string>(), update["missing"]![0]!.GetValue<string>(), update["release"]!["product"]!.GetValue<string>(), update["notice"]));
    }
}
