using ReleaseOps.Channels;
using ReleaseOps.Incidents;
using static ReleaseOps.Tests.Incidents.IncidentBench;

namespace ReleaseOps.Tests.Incidents;

/// <summary>What an update says, to the letter.</summary>
public sealed class DraftTests : IDisposable
{
    private readonly IncidentBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void In_the_middle_of_the_night_names_are_known_in_any_case()
    {
        var start = _bench.Draft(new() { Severity = "sev1", Impact = "x" });
        Assert.Equal("SEV1", start.Severity);
        IncidentBench.Record(start, _bench.Options);
        Assert.Equal("INC-1", _bench.Draft(new() { Incident = "inc-1", Findings = "x" }).Incident);
    }

    [Fact]
    public void The_start_reads_as_the_document_has_it()
    {
        var update = _bench.At(45).Draft(new()
        {
            Severity = "SEV1",
            Impact = "checkout fails for one in ten",
            Scope = "all tenants",
        });
        Assert.Equal("""
            Incident Start
            - When: 2026-11-21 18:45Z
            - Severity: SEV1
            - Impact: checkout fails for one in ten
            - Scope: all tenants
            - Current action: triage
            - Next update ETA: 2026-11-21 19:15Z
            """, update.Text);
        Assert.Equal(("INC-1", 1, "incident-start", "Incident Start: SEV1 INC-1, thing 1.0.0"), (update.Incident, update.Number, update.Message, update.Title));
        Assert.Equal(("thing-1.0.0/INC-1/1", "thing-1.0.0/INC-1", "SEV1", (int?)0, (IncidentStatus?)IncidentStatus.Investigating),
            (update.Notice.Key, update.Notice.Thread, update.Notice.Severity, update.Notice.SeverityRank, update.Notice.Status));
        Assert.Empty(update.Missing);
        Assert.Equal(("Dev On-call", "Engineering Manager", true), (update.Word!.Owner, update.Word.Escalation, update.Word.Opens));
        Assert.Equal(TextKind.Value, Assert.Single(update.Notice.Text, r => r.Text == "all tenants").Kind);
    }

    [Fact]
    public void What_nobody_knows_is_missing_and_named()
    {
        var update = _bench.Draft(new() { Impact = "carts" });
        Assert.Equal(["severity", "scope", "next_update"], update.Missing);
        Assert.Contains("- Severity: <severity>\n", update.Text, StringComparison.Ordinal);
        Assert.Equal(["severity", "scope", "next_update"], update.Notice.Text.Where(r => r.Kind == TextKind.Missing).Select(r => r.Text));
    }

    [Fact]
    public void The_update_reads_as_the_document_has_it()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts", Scope = "EU" });
        var update = _bench.At(30).Draft(new()
        {
            Status = IncidentStatus.Mitigating,
            Findings = "the cache is cold",
            DecisionTrack = "forward-fix",
            Risk = "no contract drift",
        });
        Assert.Equal("""
            Incident Update
            - When: 2026-11-21 18:30Z
            - Status: Mitigating
            - Latest findings: the cache is cold
            - Decision track: forward-fix
            - Risk statement: no contract drift
            - Next update ETA: 2026-11-21 19:15Z
            """, update.Text);
        Assert.Equal(("INC-1", 2, "carts", "EU"), (update.Incident, update.Number, update.Word!.Impact, update.Word.Scope));
    }

    [Fact]
    public void The_end_reads_as_the_document_has_it_with_the_evidence_that_is_there()
    {
        _bench.Write("step.finished", """{"id":"smoke","verdict":"Passed","detail":"ok"}""");
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts", ImpactFrom = T0.AddMinutes(-5) });
        _bench.Tell(new() { Incident = "INC-1", Status = IncidentStatus.Mitigating });
        _bench.At(20).Tell(new() { Incident = "INC-1", Status = IncidentStatus.Monitoring, CurrentAction = "cache warmed" });
        var update = _bench.At(60).Draft(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, FollowUps = "postmortem: carol, 2026-11-25" });
        Assert.Equal("""
            Incident Resolved
            - When: 2026-11-21 19:00Z
            - Resolution: cache warmed
            - Validation evidence: evidence/thing-1.0.0/ledger.jsonl; passed: smoke
            - Customer impact window: 2026-11-21 17:55Z to 2026-11-21 18:20Z
            - Follow-ups: postmortem: carol, 2026-11-25
            """, update.Text);
        Assert.Null(update.NextUpdateAt);
    }

    [Fact]
    public void What_is_forced_to_be_over_was_felt_until_now_at_most()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        var update = _bench.At(10).Draft(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, Force = true });
        Assert.Contains("- Customer impact window: 2026-11-21 18:00Z to 2026-11-21 18:10Z\n", update.Text, StringComparison.Ordinal);
        Assert.Equal(["resolution", "follow_ups"], update.Missing);
    }

    [Fact]
    public void Checks_of_the_contract_are_the_risk_statement_until_somebody_says_more()
    {
        _bench.Write("watch.checked", """{"results":[{"id":"contract:stock","verdict":"Passed","detail":""},{"id":"smoke","verdict":"Passed","detail":""}]}""");
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        Assert.Equal("contract:stock passed", _bench.Draft(new() { Incident = "INC-1" }).Word!.Risk);
    }

    [Fact]
    public void One_that_is_open_is_meant_by_what_a_new_one_can_not_have()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        Assert.Equal("INC-1", _bench.Draft(new() { Findings = "cache" }).Incident);
        Assert.Equal("INC-2", _bench.Draft(new() { Severity = "SEV1", Impact = "prices" }).Incident);
        _bench.Tell(new() { Severity = "SEV1", Impact = "prices" });
        var unclear = Assert.Throws<ReleaseOpsException>(() => _bench.Draft(new() { Findings = "cache" }));
        Assert.Equal((ErrorId.UnknownIncident, "There is: INC-1, INC-2."), (unclear.Id, unclear.Remedy));
        Assert.Equal(ErrorId.UnknownIncident, Assert.Throws<ReleaseOpsException>(() => _bench.Draft(new() { Incident = "INC-7" })).Id);
    }

    [Fact]
    public void A_severity_that_the_ladder_has_not_is_refused_with_what_there_is()
    {
        var refused = Assert.Throws<ReleaseOpsException>(() => _bench.Draft(new() { Severity = "SEV9", Impact = "x" }));
        Assert.Equal((ErrorId.UnknownReference, "There is: SEV1, SEV2, SEV3."), (refused.Id, refused.Remedy));
    }

    [Fact]
    public void A_severity_that_changes_is_another_owners()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        Assert.Equal("Dev On-call", _bench.Draft(new() { Incident = "INC-1", Severity = "SEV1" }).Word!.Owner);
    }

    [Fact]
    public void Where_the_ladder_names_nobody_the_way_up_does()
    {
        using var bench = new IncidentBench("escalation: [{ level: L1, to: SRE On-Call, for: x }, { level: L2, to: SRE Lead, for: y }]");
        var word = bench.Draft(new() { Severity = "SEV3", Impact = "carts" }).Word!;
        Assert.Equal(("Backlog owner", "L2 SRE Lead"), (word.Owner, word.Escalation));
        Assert.Equal("SRE On-Call", bench.Draft(new() { Impact = "carts" }).Word!.Owner);
    }

    [Fact]
    public void A_postmortem_of_what_is_over_is_announced_and_changes_nothing_about_it()
    {
        _bench.Tell(new() { Severity = "SEV2", Impact = "carts" });
        _bench.Tell(new() { Incident = "INC-1", Status = IncidentStatus.Resolved, Force = true });
        var update = _bench.Tell(new() { Incident = "INC-1", Message = "incident-postmortem", FollowUps = "carol", Evidence = "postmortem.md" });
        Assert.Equal((IncidentStatus.Resolved, false, "Postmortem of INC-1"), (update.Word!.Status, update.Word.Forced, update.Text.Split('\n')[0]));
        Assert.Equal(T0, _bench.Only.ResolvedAt);
    }

    [Fact]
    public void A_promise_for_what_is_over_is_refused() => Assert.Equal(ErrorId.BadValue,
        Assert.Throws<ReleaseOpsException>(() => _bench.Draft(new() { Severity = "SEV1", Impact = "x", NextUpdateAt = T0 })).Id);

    [Fact]
    public void A_value_is_never_a_template_and_marks_are_taken_out_of_it()
    {
        var update = _bench.Draft(new() { Severity = "SEV1", Impact = "{{severity}} {{#each params}}x{{/each}} \uE000a\uE001b\uE002 \u001b[31m<b>", Scope = "\u202Eevil" });
        Assert.Contains("- Impact: {{severity}} {{#each params}}x{{/each}} ab [31m<b>\n- Scope: evil\n", update.Text, StringComparison.Ordinal);
        Assert.Equal(["2026-11-21 18:00Z", "SEV1", "{{severity}} {{#each params}}x{{/each}} ab [31m<b>", "evil", "triage", "2026-11-21 18:30Z"],
            update.Notice.Text.Where(r => r.Kind == TextKind.Value).Select(r => r.Text));
    }

    [Fact]
    public void Other_messages_are_filled_in_from_parameters_and_what_is_given()
    {
        using var bench = new IncidentBench("""
            messages:
              plain: { text: 'Out on ${{ params.host }} for ${{ params.who }}, ${{ params.who }}.', channels: [ops], title: 'About ${{ params.host }}' }
              filled: { template: '{{release.product}} {{params.host}}: {{what}}{{#if owner}} ({{owner}}){{/if}} {{scope}}', next-update: 10m }
            """, "parameters: { version: 1.0.0, host: shop.example.com, who: { required: true } }");
        var plain = IncidentUpdates.Message(bench.Plan, "plain", new Dictionary<string, string>(), bench.Options);
        Assert.Equal(("Out on shop.example.com for <who>, <who>.", "About shop.example.com"), (plain.Text, plain.Title));
        Assert.Equal(["who"], plain.Missing);
        Assert.Equal(["ops"], plain.Channels);
        var filled = IncidentUpdates.Message(bench.Plan, "filled", new Dictionary<string, string> { ["what"] = "out", ["scope"] = "EU" }, bench.Options);
        Assert.Equal(("thing shop.example.com: out EU", T0.AddMinutes(10), "thing-1.0.0/filled/20261121T180000Z"), (filled.Text, filled.NextUpdateAt, filled.Notice.Key));
        Assert.Null(filled.Notice.Status);
        var unknown = Assert.Throws<ReleaseOpsException>(() => IncidentUpdates.Message(bench.Plan, "fillet", new Dictionary<string, string>(), bench.Options));
        Assert.Equal((ErrorId.UnknownReference, "did you mean 'filled'?"), (unknown.Id, unknown.Remedy));
    }

    [Fact]
    public void A_runbooks_own_template_is_taken_for_the_usual_one()
    {
        using var bench = new IncidentBench("""
            messages:
              incident-start: { template: "{{severity}}: {{impact}}", channels: [ops, pager], next-update: 7m, title: Something is wrong }
            """);
        var update = bench.Draft(new() { Severity = "SEV1", Impact = "carts" });
        Assert.Equal(("SEV1: carts", "Something is wrong", T0.AddMinutes(7)), (update.Text, update.Title, update.NextUpdateAt));
        Assert.Equal(["ops", "pager"], update.Channels);
    }

    [Fact]
    public void A_text_of_somebody_elses_goes_out_as_it_is()
    {
        var update = IncidentUpdates.FromText(_bench.Plan, "Hotfix T-1: READY", "[STATUS]\nTicket: {{severity}}\n", _bench.Options);
        Assert.Equal(("Hotfix T-1: READY", "[STATUS]\nTicket: {{severity}}"), (update.Title, update.Text));
        Assert.Equal([TextKind.Value], update.Notice.Text.Select(r => r.Kind));
    }

    [Fact]
    public void A_review_is_called_with_its_time_where_T_0_is_known()
    {
        Assert.Equal("Review T+2h\n- What: First look\n- When: <when>\n- Owner: SRE", IncidentUpdates.Review(_bench.Plan, "T+2h", _bench.Options).Text);
        _bench.Write("watch.started", $$"""{"t0":"{{T0.AddMinutes(-30):O}}"}""");
        Assert.Equal("Review T+4h\n- What: Feedback\n- When: 2026-11-21 21:30Z", IncidentUpdates.Review(_bench.Plan, "T+4h", _bench.Options).Text);
        Assert.Equal(ErrorId.UnknownReference, Assert.Throws<ReleaseOpsException>(() => IncidentUpdates.Review(_bench.Plan, "T+3h", _bench.Options)).Id);
    }

    [Fact]
    public void What_a_watch_saw_stands_for_what_nobody_has_said()
    {
        _bench.Call("incident.opened", "INC-1", "error_rate 8 % is >= 5 %");
        var update = _bench.At(5).Draft(new() { Incident = "INC-1" });
        Assert.Empty(update.Missing);
        Assert.Contains("- Impact: error_rate 8 % is >= 5 %\n- Scope: thing 1.0.0\n- Current action: triage\n", update.Text, StringComparison.Ordinal);
    }
}
