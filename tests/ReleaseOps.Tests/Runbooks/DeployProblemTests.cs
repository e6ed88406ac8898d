namespace ReleaseOps.Tests.Runbooks;

/// <summary>What is wrong with rollouts, gates, polls and queries, each with its place.</summary>
public class DeployProblemTests
{
    private const string Known = "|metrics: { m: { prometheus: q } }|sources: { prometheus: { url: http://p }, db: { postgres: Host=d } }";

    [Theory]
    // Sources
    [InlineData("sources: { s: { timeout: 1s } }", "5:15: error MissingKey: a source must have one of: url, alertmanager, postgres")]
    [InlineData("sources: { s: { postgres: Host=d, token: t } }", "5:35: error UnknownKey: 'token' doesn't go with 'postgres'; it goes with 'url' or 'alertmanager'")]
    [InlineData("sources: { s: { postgres: Host=d;Password=abcdef } }",
        "5:27: error BindingNotAllowed: no password in a connection string: others could see it; give it under 'password', as ${{ secrets.NAME }}")]
    [InlineData("sources: { s: { postgres: 'Host=d; pwd = x' } }", "5:27: error BindingNotAllowed: no password in a connection string: others could see it")]
    [InlineData("sources: { s: { postgres: 'postgres://u:p@h/d' } }", "5:27: error BadValue: expected a connection string, found a URL")]
    [InlineData("sources: { s: { postgres: 'Host=${{ secrets.H }}' } }", "5:37: error BindingNotAllowed: no secrets in a connection string")]
    [InlineData("sources: { s: { alertmanager: am:9093 } }", "5:31: error BadValue: expected a URL")]
    [InlineData("metrics: { m: { prometheus: q, source: db } }|sources: { db: { postgres: Host=d } }",
        "5:29: error BadValue: a metric asks the source 'db', which is a PostgreSQL database, not a Prometheus")]
    [InlineData("metrics: { m: { prometheus: q, source: s, worse: up } }|sources: { s: { url: http://s } }", "5:50: error BadValue: expected higher, lower or either")]
    [InlineData("metrics: { m: { prometheus: q, source: s, noise: -1 } }|sources: { s: { url: http://s } }", "5:50: error BadValue: expected a number from 0")]
    [InlineData("metrics: { control: { prometheus: q, source: s } }|sources: { s: { url: http://s } }", "5:12: error BadValue: expected a metric's name")]
    // Gates and waivers
    [InlineData("gates: { g: [{ expect: m < 1.0, compare: m }] }" + Known, "5:33: error BadValue: a map of expect or compare has 'expect' already")]
    [InlineData("gates: { g: [{ name: n }] }" + Known, "5:14: error MissingKey: a map of expect or compare must have one of: expect, compare")]
    [InlineData("gates: { g: [{ expect: m < 1.0, tolerance: 1 }] }" + Known, "5:33: error UnknownKey: 'tolerance' doesn't go with 'expect'; it goes with 'compare'")]
    [InlineData("gates: { g: [{ compare: n }] }" + Known, "5:25: error UnknownReference: no metric 'n' in this runbook")]
    [InlineData("gates: { g: { criteria: [m < 1.0], marginal: 50 } }" + Known, "5:36: error BadValue: 'marginal' is a score below 'pass'; give both, 'pass' the larger")]
    [InlineData("gates: { g: { criteria: [m < 1.0], pass: 50, marginal: 60 } }" + Known, "5:46: error BadValue: 'marginal' is a score below 'pass'")]
    [InlineData("gates: { g: { criteria: [m < 1.0], pass: 101 } }" + Known, "5:42: error BadValue: expected a number from 0 to 100")]
    [InlineData("gates: { g: { pass: 90 } }" + Known, "5:13: error MissingKey: a gate must have 'criteria'")]
    [InlineData("gates: { g: [m < 1.0, m < 1.0] }" + Known, "5:23: error DuplicateId: a second criterion 'm < 1.0' in one gate")]
    [InlineData("waivers: [{ gate: g, criterion: c, reason: r, by: b, until: 2026-03-02 }]", "5:19: error UnknownReference: no gate 'g' in this runbook")]
    [InlineData("waivers: [{ gate: g, criterion: c, reason: r, by: b, until: 2/3/26 }]", "5:61: error BadValue: expected a day such as 2026-01-31, found '2/3/26'")]
    [InlineData("waivers: [{ gate: g, criterion: c, by: b, until: 2026-03-02 }]", "5:11: error MissingKey: a waiver must have 'reason'")]
    // Windows, polls, the way up
    [InlineData("windows: { zone: Middle/Earth }", "5:18: error BadValue: expected a time zone such as Europe/Berlin, found 'Middle/Earth'")]
    [InlineData("windows: { open: [{ days: monday, from: '09:00', to: '10:00' }] }", "5:27: error BadValue: expected a day: mon, tue, wed, thu, fri, sat or sun")]
    [InlineData("windows: { open: [{ from: '9', to: '10:00' }] }", "5:27: error BadValue: expected a time of day such as '09:30', found '9'")]
    [InlineData("windows: { open: [{ from: '09:00' }] }", "5:19: error MissingKey: opening hours must have 'to'")]
    [InlineData("windows: { frozen: [{ from: 2026-01-02, to: 2026-01-02 }] }", "5:41: error BadValue: a freeze ends before it begins; 'to' is the day after the last")]
    [InlineData("windows: { hotfix: boss }", "5:20: error UnknownReference: no role 'boss' in this runbook")]
    [InlineData("polls: { p: { asks: { boss: Go? } } }", "5:23: error UnknownReference: no role 'boss' in this runbook")]
    [InlineData("polls: { p: { asks: { lead: Go? }, quorum: 2 } }|roles: { lead: { may: [vote] } }",
        "5:36: error BadValue: more votes than roles that are asked can't come; ask more roles, or lower it")]
    [InlineData("polls: { p: { quorum: 2 } }", "5:13: error MissingKey: a poll must have 'asks'")]
    [InlineData("escalation: [{ level: L1, to: x }]", "5:14: error MissingKey: a level of escalation must have 'for'")]
    // The way back
    [InlineData("rollback: { steps: [{ id: r, confirm: x }], decide: [{ when: m > 1.0, ask: x, then: monitor }] }" + Known,
        "5:71: error BadValue: a question is for the machine ('when') or for a person ('ask'); make two of it")]
    [InlineData("rollback: { steps: [{ id: r, confirm: x }], decide: [{ ask: x, then: hope }] }", "5:70: error BadValue: expected rollback, prepare or monitor, found 'hope'")]
    [InlineData("rollback: { steps: [{ id: r, confirm: x }], verify: [{ id: r, confirm: x }] }", "5:60: error DuplicateId: a second step 'r'")]
    public void A_top_level_problem(string lines, string expected) =>
        Assert.Contains(Read.Top(lines.Split('|')).Problems.Select(p => p.ToString()), p => p.StartsWith($"{Read.Name}:{expected}", StringComparison.Ordinal));

    [Theory]
    [InlineData("{ name: a, weight: 1, timeout: 1m }", "4:50: error UnknownKey: 'timeout' goes with 'action', and this stage has none; a step under 'steps' has its own")]
    [InlineData("{ name: a, weight: 101 }", "4:47: error BadValue: expected a number from 0 to 100, found '101'")]
    [InlineData("{ name: a, weight: 1 }, { name: a, weight: 2 }", "4:52: error DuplicateId: a second stage 'a'; the first stands at 4:28")]
    [InlineData("{ name: a, weight: 1, action: [x], steps: [{ id: 'a:action', confirm: x }] }", "error DuplicateId: a second step 'a:action'")]
    [InlineData("{ name: a, weight: 1, gate: g }", "4:56: error UnknownReference: no gate 'g' in this runbook")]
    [InlineData("{ name: a, weight: 1, approval: boss }", "4:60: error UnknownReference: no role 'boss' in this runbook")]
    [InlineData("{ name: a, weight: 1, watch: 1m, interval: 2m }", "4:28: warning Suspicious: stage 'a' looks every 2m, but is watched for 1m only")]
    public void A_stage_with_a_problem(string stages, string expected) =>
        Assert.Contains(Read.Text($"runbook: test\nphases:\n  - phase: only\n    rollout: {{ stages: [   {stages} ] }}\n").Problems.Select(p => p.ToString()),
            p => p.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("rollout: { hold: { then: hope }, stages: [{ name: a, weight: 1 }] }", "4:30: error BadValue: expected rollback or stop, found 'hope'")]
    [InlineData("rollout: { poll: p, stages: [{ name: a, weight: 1 }] }", "4:22: error UnknownReference: no poll 'p' in this runbook")]
    [InlineData("rollout: { abort: [t], stages: [{ name: a, weight: 1 }] }", "4:24: error UnknownReference: no trigger 't' in this runbook")]
    public void A_rollout_with_a_problem(string rollout, string expected) =>
        Assert.Contains(Read.Text($"runbook: test\nphases:\n  - phase: only\n    {rollout}\n").Problems.Select(p => p.ToString()),
            p => p.StartsWith($"{Read.Name}:{expected}", StringComparison.Ordinal));

    [Theory]
    [InlineData("sql: SELECT ${{ params.host }}", "6:21: error BindingNotAllowed: no ${{ }} in a query: a value could become code; write @name for the parameter 'name'")]
    [InlineData("sql: SELECT 1; SELECT 2", "6:24: error BadValue: a query has a second statement; one step asks one query")]
    [InlineData("sql: SELECT $1", "6:21: error BadValue: a query has '$' and a number; write @name for the parameter 'name'")]
    [InlineData("sql: SELECT @hots", "6:21: error UnknownReference: no parameter 'hots' in this runbook; did you mean 'host'?")]
    [InlineData("sql: SELECT 1", "6:9: error UnknownReference: no source 'postgres' in this runbook")]
    [InlineData("sql: SELECT 1|source: prom", "error BadValue: the query of 's' asks the source 'prom', which is a Prometheus, not a PostgreSQL database")]
    [InlineData("sql: SELECT 1|source: nowhere", "7:17: error UnknownReference: no source 'nowhere' in this runbook")]
    [InlineData("sql: SELECT 1|source: db|expect: rowcount == 1", "8:17: error UnknownReference: a 'sql' step knows no 'rowcount'; did you mean 'row_count'?")]
    [InlineData("alerts: db", "error BadValue: 's' asks the source 'db', which is a PostgreSQL database, not a Prometheus or an Alertmanager")]
    [InlineData("alerts: prom|match: { 'a-b': c }", "7:18: error BadValue: expected a label's name of letters, digits and '_', found 'a-b'")]
    [InlineData("command: [x]|changes: y|verify: { sql: SELECT 1 }", "8:19: error UnknownReference: no source 'postgres' in this runbook")]
    [InlineData("gate: g", "6:15: error UnknownReference: no gate 'g' in this runbook")]
    [InlineData("gate: g|expect: 'true'", "7:9: error UnknownKey: 'expect' doesn't go with 'gate': there is nothing to see")]
    [InlineData("poll: p", "6:15: error UnknownReference: no poll 'p' in this runbook")]
    [InlineData("measure: f|metrics: [m]", "7:19: error UnknownReference: no metric 'm' in this runbook")]
    [InlineData("http: https://h|no-answer: maybe", "7:20: error BadValue: expected fails or unknown, found 'maybe'")]
    public void A_step_with_a_problem(string lines, string expected) =>
        Assert.Contains(Read.Text("runbook: test\nphases:\n  - phase: only\n    steps:\n      - id: s\n"
            + string.Concat(lines.Split('|').Select(line => $"        {line}\n"))
            + "parameters: { host: h }\nsources: { prom: { url: http://p }, db: { postgres: Host=d } }\n").Problems.Select(p => p.ToString()),
            p => p.Contains(expected, StringComparison.Ordinal));
}
