namespace ReleaseOps.Tests.Runbooks;

/// <summary>What is wrong with watches, objectives and schedules, each with its place.</summary>
public class WatchProblemTests
{
    // Everything that a watch may name; the line of the test is the first.
    private const string Known = """

        runbook: test
        parameters: { job: api }
        roles: { lead: { may: [confirm] } }
        sources: { prometheus: { url: http://p }, db: { postgres: Host=d } }
        metrics: { m: { prometheus: q }, pods: { prometheus: q, reduce: each } }
        gates: { g: [m < 1.0], pairs: [{ compare: m }] }
        triggers: { bad: { when: m > 5.0, then: rollback }, unhealthy: { step: s, then: rollback } }
        severities: { SEV0: { definition: out }, SEV1: { definition: bad, when: m > 5.0 } }
        phases: [{ phase: only, steps: [{ id: s, file: f }] }]
        """;

    [Theory]
    [InlineData("watch: { gates: { g: required } }", "1:8: error MissingKey: a watch must have 'window'")]
    [InlineData("watch: { window: 24 }", "1:18: error BadDuration: expected a duration such as 30s, 10m, 1h30m or 7d, found '24'")]
    [InlineData("watch: { window: 1d, interval: 500ms }", "1:22: error BadValue: a watch looks once a second at most; give an interval of 1s or more")]
    [InlineData("watch: { window: 3d, interval: 1s }", "1:22: error BadValue: 259,200 looks are more than a watch may make (200,000); give a longer interval, or a shorter window")]
    [InlineData("watch: { window: 366d }", "1:8: error BadValue: 527,040 looks are more than a watch may make (200,000)")]
    [InlineData("watch: { window: 1h, interval: 2h }", "1:22: error BadValue: it looks every 2h, but is watched for 1h only; look more often, or watch for longer")]
    [InlineData("watch: { window: 1d, no-go: { open: [SEV0] }, comander: lead }", "1:47: error UnknownKey: unknown key 'comander' in a watch; did you mean 'commander'?")]
    [InlineData("watch: { window: 1d, commander: laed }", "1:33: error UnknownReference: no role 'laed' in this runbook; did you mean 'lead'?")]
    [InlineData("watch: { window: 1d, clear: 0s }", "1:29: error BadDuration: expected a duration")]
    [InlineData("watch: { window: 1d, grace: soon }", "1:29: error BadDuration: expected a duration")]
    // Thresholds
    [InlineData("watch: { window: 1d, thresholds: { t: { normal: m > 1.0 } } }", "1:39: error MissingKey: a threshold must have 'when'")]
    [InlineData("watch: { window: 1d, thresholds: { 't t': { when: m > 1.0 } } }", "1:36: error BadValue: expected a threshold's name of letters, digits and . _ -, found 't t'")]
    [InlineData("watch: { window: 1d, thresholds: { t: { when: n > 1.0 } } }", "1:47: error UnknownReference: a criterion over metrics knows no 'n'")]
    [InlineData("watch: { window: 1d, thresholds: { t: { when: m > 1.0, normal: n > 1.0 } } }", "1:64: error UnknownReference: a criterion over metrics knows no 'n'")]
    [InlineData("watch: { window: 1d, thresholds: { t: { when: m > 1.0, for: 5 } } }", "1:61: error BadDuration: expected a duration")]
    [InlineData("watch: { window: 1d, thresholds: { t: { when: m > 1.0, consecutive: 0 } } }", "1:69: error BadValue: expected a whole number from 1 to 1000, found '0'")]
    [InlineData("watch: { window: 1d, thresholds: { t: { when: m > 1.0, severity: SEV2 } } }", "1:66: error UnknownReference: no severity 'SEV2' in this runbook; did you mean 'SEV0'?")]
    [InlineData("watch: { window: 1d, thresholds: { t: { when: m > 1.0, then: page } } }", "1:56: error UnknownKey: unknown key 'then' in a threshold")]
    // Triggers and gates
    [InlineData("watch: { window: 1d, triggers: [bda] }", "1:33: error UnknownReference: no trigger 'bda' in this runbook; did you mean 'bad'?")]
    [InlineData("watch: { window: 1d, triggers: [unhealthy] }",
        "1:33: error BadValue: the trigger 'unhealthy' looks at a step, and a watch looks at metrics only; name a trigger with 'when', or put a step like it under 'checks'")]
    [InlineData("watch: { window: 1d, gates: { h: required } }", "1:31: error UnknownReference: no gate 'h' in this runbook; did you mean 'g'?")]
    [InlineData("watch: { window: 1d, gates: { g: yes } }", "1:34: error BadValue: expected required or optional, found 'yes'; known: required, optional")]
    // Checks
    [InlineData("watch: { window: 1d, checks: { every: 4h } }", "1:30: error MissingKey: the checks of a watch must have 'steps'")]
    [InlineData("watch: { window: 1d, checks: { every: 4, steps: [{ id: c, file: f }] } }", "1:39: error BadDuration: expected a duration")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, command: [x], changes: it }] } }",
        "1:40: error BadValue: 'c' changes something, and a watch only looks, again and again; put it under the steps of a phase")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, file: f, approval: lead }] } }", "1:40: error BadValue: 'c' waits for an approval, and a watch only looks")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, measure: f }] } }", "1:40: error BadValue: 'c' can't be a poll, message or measure: a watch goes on looking meanwhile")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, message: hi }] } }\nmessages: { hi: { text: hi } }", "1:40: error BadValue: 'c' can't be a poll, message or measure")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, poll: p }] } }\npolls: { p: { asks: { lead: Go? } } }", "1:40: error BadValue: 'c' can't be a poll, message or measure")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: s, file: f }] } }", "error DuplicateId: a second step 's'")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, file: f, needs: [s] }] } }",
        "1:66: error UnknownReference: 'c' needs 's', but steps of the watch and steps of the phases can't need each other")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, file: f, needs: [r] }] } }\nrollback: { steps: [{ id: r, file: f }] }",
        "1:66: error UnknownReference: 'c' needs 'r', but steps of the rollback and steps of the watch can't need each other")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, file: f, needs: [d] }, { id: d, file: f }] } }", "1:40: error UnknownReference: 'c' needs 'd', which is done after it")]
    [InlineData("watch: { window: 1d, checks: { steps: [{ id: c, sql: SELECT 1, source: prometheus }] } }", "1:40: error BadValue: the query of 'c' asks the source 'prometheus'")]
    // What makes NO-GO, gaps, the end
    [InlineData("watch: { window: 1d, no-go: { open: [SEV9] } }", "1:38: error UnknownReference: no severity 'SEV9' in this runbook; did you mean 'SEV0'?")]
    [InlineData("watch: { window: 1d, no-go: { ever: [oops] } }", "1:38: error UnknownReference: no severity 'oops' in this runbook; known: SEV0, SEV1")]
    [InlineData("watch: { window: 1d, gaps: { longest: 15 } }", "1:39: error BadDuration: expected a duration")]
    [InlineData("watch: { window: 1d, gaps: { share: 101 } }", "1:37: error BadValue: expected a number from 0 to 100, found '101'")]
    [InlineData("watch: { window: 1d, exit: { targets: g } }", "1:28: error MissingKey: the end of hypercare must have 'clean'")]
    [InlineData("watch: { window: 1d, exit: { clean: 1d, targets: h } }", "1:50: error UnknownReference: no gate 'h' in this runbook; did you mean 'g'?")]
    [InlineData("watch: { window: 1d, exit: { clean: 1d, targets: pairs } }",
        "1:50: error BadValue: the gate 'pairs' compares 'm' with its control over a time, and targets are judged at each look; name a gate of criteria only")]
    [InlineData("watch: { window: 1d, exit: { clean: 1d, accept: [boss] } }", "1:50: error UnknownReference: no role 'boss' in this runbook; known: lead")]
    [InlineData("watch: { window: 1d, maintenance: [{ at: 6h, for: 30m, why: w }] }", "1:42: error BadDuration: expected a time against T-0")]
    [InlineData("watch: { window: 1d, maintenance: [{ at: T+6h, for: 30m }] }", "1:36: error MissingKey: a maintenance must have 'why'")]
    [InlineData("watch: { window: 1d, maintenance: [{ at: T+6h, why: w }] }", "1:36: error MissingKey: a maintenance must have 'for'")]
    // The schedule
    [InlineData("schedule: [{ at: T+2h, what: w, required: yes }]", "1:43: error BadValue: expected true or false, found 'yes'")]
    [InlineData("schedule: [{ at: T+2h, what: w }, { at: T+120m, what: v }]\nwatch: { window: 1d, gates: { g: required }, no-go: { open: [SEV0] } }",
        "1:37: error DuplicateId: a second review at T+2h: a watch tells them apart by their time; make one of both, or give it another time")]
    // Objectives
    [InlineData("slos: { a: { objective: 99.9, bad: b } }", "1:12: error MissingKey: a service level objective must have 'total'")]
    [InlineData("slos: { a: { total: t, bad: b } }", "1:12: error MissingKey: a service level objective must have 'objective'")]
    [InlineData("slos: { a: { objective: 100, total: t, bad: b } }", "1:25: error BadValue: expected a number between 0 and 100, neither of them, found '100'")]
    [InlineData("slos: { a: { objective: 0, total: t, bad: b } }", "1:25: error BadValue: expected a number between 0 and 100, neither of them, found '0'")]
    [InlineData("slos: { a: { objective: 99.9, total: t } }", "1:12: error MissingKey: a service level objective must have one of: good, bad")]
    [InlineData("slos: { a: { objective: 99.9, total: t, good: g, bad: b } }", "1:50: error BadValue: a service level objective has 'good' already; 'bad' can't stand beside it")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, window: 30m } }", "1:49: error BadValue: an error budget is for 1h to 90d, not for 30m")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, window: 91d } }", "1:49: error BadValue: an error budget is for 1h to 90d, not for 91d")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, step: 2m } }", "1:49: error BadValue: a step of 2m doesn't divide 5m, or is shorter than 30s")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, step: 10s } }", "1:49: error BadValue: a step of 10s doesn't divide 5m, or is shorter than 30s")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, step: 10m } }", "1:49: error BadValue: a step of 10m doesn't divide 5m, or is shorter than 30s")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, page: SEV7 } }", "1:55: error UnknownReference: no severity 'SEV7' in this runbook; did you mean 'SEV0'?")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, ticket: SEV7 } }", "1:57: error UnknownReference: no severity 'SEV7' in this runbook; did you mean 'SEV0'?")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, source: mimir } }", "1:57: error UnknownReference: no source 'mimir' in this runbook")]
    [InlineData("slos: { a: { objective: 99.9, total: t, bad: b, source: db } }", "1:38: error BadValue: an objective asks the source 'db', which is a PostgreSQL database, not a Prometheus")]
    [InlineData("slos: { a: { objective: 99.9, total: 't{x=\"${{ secrets.S }}\"}', bad: b } }", "1:48: error BindingNotAllowed: no secrets in the selector of a counter")]
    [InlineData("slos: { a: { objective: 99.9, total: 't{x=\"${{ params.jib }}\"}', bad: b } }", "1:48: error UnknownReference: no parameter 'jib' in this runbook; did you mean 'job'?")]
    public void A_problem_has_its_place(string lines, string expected) =>
        Assert.Contains(Problems(lines), p => p.StartsWith($"{Read.Name}:{expected}", StringComparison.Ordinal) || p.Contains($": {expected}", StringComparison.Ordinal));

    [Theory]
    [InlineData("t[5m]", "1:39: error BadValue: expected one selector and nothing else, found '[5m]'; write the counter alone, without range, offset or function")]
    [InlineData("t{a=\"b\"} offset 5m", "1:47: error BadValue: expected one selector and nothing else, found 'offset'")]
    [InlineData("t @ 1", "1:40: error BadValue: expected one selector and nothing else, found '@'")]
    [InlineData("rate(t[5m])", "1:42: error BadValue: expected one selector and nothing else, found '('")]
    [InlineData("sum by (x) (t)", "1:42: error BadValue: expected one selector and nothing else, found 'by'")]
    [InlineData("(t)", "1:38: error BadValue: expected one selector and nothing else, found '('")]
    [InlineData("t + u", "1:40: error BadValue: expected one selector and nothing else, found '+'")]
    [InlineData("42", "1:38: error BadValue: expected one selector and nothing else, found '42'")]
    [InlineData("t{a=\"b\"", "1:39: error BadValue: expected one selector and nothing else, found '{a=\"b\"'")]
    [InlineData("t{} # all of them", "1:41: error BadValue: expected one selector and nothing else, found '# all of them'")]
    [InlineData("# nothing", "1:38: error BadValue: expected one selector and nothing else, found '# nothing'")]
    public void A_counter_is_one_selector_and_nothing_else(string counter, string expected) =>
        // The quote takes a column.
        Assert.Contains(Problems($"slos: {{ a: {{ objective: 99.9, total: '{counter}', bad: b }} }}"), p => p.StartsWith($"{Read.Name}:{Shifted(expected)}", StringComparison.Ordinal));

    [Theory]
    [InlineData("t")]
    [InlineData("job:errors:rate5m")]
    [InlineData("t{}")]
    [InlineData("t {a=\"}\", b=~'5..'}")]
    [InlineData("{__name__=\"t\"}")]
    [InlineData("t{job=\"${{ params.job }}\"}")]
    [InlineData("${{ params.job }}_total{a=\"b\"}")]
    [InlineData("${{ params.job }}")]
    public void A_selector_is_good(string counter) =>
        Assert.Empty(Problems($"slos: {{ a: {{ objective: 99.9, total: '{counter.Replace("'", "''", StringComparison.Ordinal)}', good: g }} }}"));

    [Theory]
    [InlineData("watch: { window: 10m, interval: 3m, no-go: { open: [SEV0] } }",
        "1:10: warning Suspicious: the window isn't a multiple of the interval, 3m: its last part is not looked at; make it one")]
    [InlineData("watch: { window: 1d }", "1:8: warning Suspicious: no incident makes this watch NO-GO, however severe; name severities under 'no-go'")]
    [InlineData("schedule: [{ at: T+25h, what: w }]\nwatch: { window: 24h, no-go: { ever: [SEV0] } }",
        "1:14: warning Suspicious: T+25h lies after the end of the watch (1d): it won't be asked for; watch for longer, or let something else remind of it")]
    public void What_is_probably_not_meant_is_a_warning(string lines, string expected) =>
        Assert.Equal([$"{Read.Name}:{expected}"], Problems(lines));

    [Theory]
    [InlineData("watch: { window: 1d, no-go: { open: [SEV0] } }")]
    [InlineData("watch: { window: 1d, no-go: { ever: [SEV0] } }\nschedule: [{ at: T+24h, what: w }, { at: T-2h, what: v }]")]
    [InlineData("watch: { window: 1d, no-go: { ever: [SEV0] }, thresholds: { t: { when: pods > 1.0, normal: pods > 2.0 } } }")]
    [InlineData("watch: { window: 55h33m20s, interval: 1s, no-go: { ever: [SEV0] } }")]
    [InlineData("watch: { window: 1d, no-go: { ever: [SEV0] }, triggers: [bad], checks: { steps: [{ id: a, file: f }, { id: b, confirm: Well?, needs: [a] }] } }")]
    [InlineData("schedule: [{ at: T+2h, what: w }, { at: T+2h, what: v }]")]
    public void And_nothing_is_said_of_what_is_right(string lines) => Assert.Empty(Problems(lines));

    [Theory]
    [InlineData("", false)]
    [InlineData("thresholds: { t: { when: m > 1.0 } }", false)]
    [InlineData("gates: { g: optional }", false)]
    [InlineData("checks: { steps: [{ id: c, file: f, required: false }] }", false)]
    [InlineData("triggers: [bad]", true)]
    [InlineData("gates: { g: required }", true)]
    [InlineData("checks: { steps: [{ id: c, file: f }] }", true)]
    [InlineData("exit: { clean: 1h }", true)]
    [InlineData("clear: 1m", false)]
    public void A_watch_that_nothing_decides_is_refused(string judge, bool isGood)
    {
        var problems = Read.Text($$"""
            watch: { window: 1h{{(judge.Length == 0 ? "" : ", " + judge)}} }
            runbook: test
            sources: { prometheus: { url: http://p } }
            metrics: { m: { prometheus: q } }
            gates: { g: [m < 1.0] }
            triggers: { bad: { when: m > 5.0, then: rollback } }
            slos: { a: { objective: 99.9, total: t, good: g } }
            """).Problems.Select(p => p.ToString());
        Assert.Equal(isGood ? [] : [$"{Read.Name}:1:8: error MissingKey: nothing decides this watch: it would come to GO whatever happened; "
            + "give it triggers, a required gate or check, an exit, or a threshold with a severity; or give severities a 'when'"], problems);
    }

    [Fact]
    public void A_clean_time_that_no_window_holds_is_warned_of() =>
        Assert.Contains(Problems("watch: { window: 12h, exit: { clean: 24h }, no-go: { ever: [SEV0] } }"),
            p => p.Contains("it can't be clean for 1d in a window of 12h", StringComparison.Ordinal));

    [Fact]
    public void A_runbook_has_phases_a_watch_a_hotfix_or_a_review() =>
        Assert.Equal("test.yaml:1:1: error MissingKey: a runbook must have 'phases' or 'watch' or 'hotfix' or 'review'", Read.Problem(Read.Text("runbook: test\n")).ToString());

    [Fact]
    public void A_severity_or_a_trigger_can_t_be_judged_series_by_series_where_a_threshold_can() =>
        Assert.Equal(["1:26"], Read.Text("severities: { S: { when: pods > 1.0, definition: d } }" + Known.Replace("severities:", "# ", StringComparison.Ordinal)
            .Replace("phases:", "watch: { window: 1d, no-go: { open: [S] }, thresholds: { t: { when: pods > 1.0 } } }\nphases:", StringComparison.Ordinal))
            .Problems.Select(p => $"{p.Line}:{p.Column}"));

    private static List<string> Problems(string lines) => [.. Read.Text(lines + Known).Problems.Select(p => p.ToString())];

    private static string Shifted(string expected)
    {
        var column = int.Parse(expected[2..expected.IndexOf(':', 2)], System.Globalization.CultureInfo.InvariantCulture);
        return expected.Replace($"1:{column}:", $"1:{column + 1}:", StringComparison.Ordinal);
    }
}
