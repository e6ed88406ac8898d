namespace ReleaseOps.Tests.Runbooks;

/// <summary>What is wrong with the hotfix of a runbook, each with its place.</summary>
public class HotfixProblemTests
{
    // Everything that a hotfix may name; the line of the test is the first.
    private const string Known = """

        runbook: test
        parameters: { live: main }
        roles: { lead: { may: [vote, confirm] } }
        sources: { prometheus: { url: http://p } }
        metrics: { m: { prometheus: q } }
        polls: { ok: { asks: { lead: Go? } } }
        phases: [{ phase: checks, steps: [{ id: smoke, file: f }, { id: data, file: f }] }]
        """;

    private const string Severities = "\nseverities: { P0: { definition: out, mitigate: 30m } }";

    [Theory]
    [InlineData("hotfix: { approvals: ok }", "1:9: error MissingKey: a hotfix must have 'base'")]
    [InlineData("hotfix: { base: main, aprovals: ok }", "1:23: error UnknownKey: unknown key 'aprovals' in a hotfix; did you mean 'approvals'?")]
    [InlineData("hotfix: { base: main, approvals: kk }", "1:34: error UnknownReference: no poll 'kk' in this runbook; did you mean 'ok'?")]
    [InlineData("hotfix: { base: '${{ params.life }}' }", "1:22: error UnknownReference: no parameter 'life' in this runbook; did you mean 'live'?")]
    [InlineData("hotfix: { base: '${{ secrets.S }}' }", "1:22: error BindingNotAllowed: no secrets in a git revision")]
    // Names
    [InlineData("hotfix: { base: main, ticket: '(?=A)B' }", "1:31: error BadPattern: the regular expression needs backtracking")]
    [InlineData("hotfix: { base: main, ticket: 'A(' }", "1:31: error BadPattern: not a regular expression")]
    [InlineData("hotfix: { base: main, branch: hotfix/<ticket> }", @"1:23: error MissingKey: it speaks of <ticket>, and nothing says how one reads; add 'ticket', a regular expression: '[A-Z]+-\d+'")]
    [InlineData("hotfix: { base: main, branch: hotfix/<n }", "1:38: error BadValue: '<' without its '>'")]
    [InlineData("hotfix: { base: main, branch: 'hotfix/<a<b>>' }", "1:39: error BadValue: '<' without its '>'")]
    [InlineData("hotfix: { base: main, branch: hotfix/n> }", "1:39: error BadValue: '>' without its '<'")]
    [InlineData("hotfix: { base: main, branch: hotfix/<> }", "1:38: error BadValue: a placeholder has a name of small letters, digits, ' ' and '-'")]
    [InlineData("hotfix: { base: main, branch: hotfix/<No> }", "1:38: error BadValue: a placeholder has a name of small letters")]
    [InlineData("hotfix: { base: main, branch: hotfix/<a><b> }", "1:41: error BadValue: something must stand between <a> and <b>: else nobody can tell them apart")]
    [InlineData("hotfix: { base: main, pull-request: '<a> - <a>' }", "1:44: error BadValue: a second <a>")]
    [InlineData("hotfix: { base: main, tag: '<a>${{ params.live }}<a>' }", "1:50: error BadValue: a second <a>")]
    [InlineData("hotfix: { base: main, tag: '<${{ params.live }}>' }", "1:29: error BadValue: '<' without its '>'")]
    [InlineData("hotfix: { base: main, tag: 'v${{ secrets.S }}' }", "1:34: error BindingNotAllowed: no secrets in the form of a tag")]
    // Classes and domains
    [InlineData("hotfix: { base: main, classes: { 'a b': {} } }", "1:34: error BadValue: expected a class's name of letters, digits and . _ -, found 'a b'")]
    [InlineData("hotfix: { base: main, classes: { c: { steps: [smok] } } }", "1:47: error UnknownReference: no step 'smok' in this runbook; did you mean 'smoke'?")]
    [InlineData("hotfix: { base: main, classes: { c: { paths: ['app/[a].py'] } } }", "1:52: error BadPattern: '[' has no meaning in a glob")]
    [InlineData("hotfix: { base: main, classes: { c: { paths: [] } } }", "1:46: error BadValue: expected a list of globs, found a list")]
    [InlineData("hotfix: { base: main, classes: { c: { then: refuse } } }", "1:39: error UnknownKey: unknown key 'then' in a class")]
    [InlineData("hotfix: { base: main, domains: { d: { steps: [smoke] } } }", "1:37: error MissingKey: a domain must have 'paths'")]
    [InlineData("hotfix: { base: main, domains: { d: { paths: '../app' } } }", "1:47: error BadPattern: no path in a repository has '..' in it")]
    [InlineData("hotfix: { base: main, domains: { d: { paths: app, steps: [smok] } } }", "1:59: error UnknownReference: no step 'smok' in this runbook; did you mean 'smoke'?")]
    // Rules
    [InlineData("hotfix: { base: main, rules: { r: { paths: app, then: refuse } } }", "1:35: error MissingKey: a rule must have 'title'")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app } } }", "1:35: error MissingKey: a rule must have 'then'")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app, then: warn } } }", "1:65: error BadValue: expected refuse or check, found 'warn'")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, then: refuse } } }",
        "1:35: error MissingKey: a rule that names nothing fits every change; give it paths, change, added, removed or lacks")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app, then: check } } }", "1:59: error MissingKey: a rule that says 'check' must have 'steps'")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app, then: refuse, steps: [smoke] } } }", "1:73: error BadValue: a rule that refuses needs no 'steps'")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app, then: check, steps: [smok] } } }", "1:80: error UnknownReference: no step 'smok' in this runbook")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, except: 'app/**x', then: refuse } } }", "1:60: error BadPattern: '**' stands alone between slashes")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, change: moved, then: refuse } } }", "1:55: error BadValue: expected added, modified, deleted or renamed, found 'moved'")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, added: 'a(', then: refuse } } }", "1:54: error BadPattern: the regular expression \"a(\"")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, removed: '(?!a)b', then: refuse } } }", "1:56: error BadPattern: the regular expression \"(?!a)b\"")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, lacks: '(a)\\1', then: refuse } } }", "1:54: error BadPattern: the regular expression")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, added: a, unless: '(?<=a)b', then: refuse } } }", "1:65: error BadPattern: the regular expression")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, added: '', then: refuse } } }", "1:54: error BadValue: expected a regular expression, found ''")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app, unless: b, then: refuse } } }", "1:59: error BadValue: 'unless' leaves out lines of 'added' and 'removed', and there is neither")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, change: deleted, added: a, then: refuse } } }", "1:64: error BadValue: this rule never fits: a file that is gone has no new text")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, change: deleted, lacks: a, then: refuse } } }", "1:64: error BadValue: this rule never fits: a file that is gone has no new text")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, change: added, removed: a, then: refuse } } }", "1:62: error BadValue: this rule never fits: a file that is new has no removed lines")]
    // The contract
    [InlineData("hotfix: { base: main, contract: { fail-on: breaking } }", "1:33: error MissingKey: the contract of a hotfix must have 'file'")]
    [InlineData("hotfix: { base: main, contract: { file: /api/openapi.yaml } }", "1:41: error BadValue: expected a path in the repository, found '/api/openapi.yaml'")]
    [InlineData("hotfix: { base: main, contract: { file: ../openapi.yaml } }", "1:41: error BadValue: expected a path in the repository, found '../openapi.yaml'")]
    [InlineData("hotfix: { base: main, contract: { file: a, ignore: 'api\\b' } }", @"1:52: error BadValue: expected a path in the repository, found 'api\b'")]
    [InlineData("hotfix: { base: main, contract: { file: a, fail-on: error } }", "1:53: error BadValue: expected breaking, warning or info, found 'error'")]
    // Going back first
    [InlineData("hotfix: { base: main, rollback-first: { c: { ask: Is it? } } }", "1:44: error MissingKey: a condition must have 'title'")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t } } }", "1:44: error MissingKey: a condition must have one of: ask, when, step, too-late")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t, ask: Is it?, when: m > 1.0 } } }", "1:69: error BadValue: a condition has 'ask' already; 'when' can't stand beside it")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t, when: n > 1.0 } } }", "1:62: error UnknownReference: a criterion over metrics knows no 'n'")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t, step: date } } }", "1:62: error UnknownReference: no step 'date' in this runbook; did you mean 'data'?")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t, too-late: true } } }",
        "1:56: error MissingKey: no severity says how long there is to mitigate; give those under 'severities' a 'mitigate'")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t, too-late: false } } }" + Severities, "1:56: error BadValue: a condition that is turned off asks nothing")]
    // The status
    [InlineData("hotfix: { base: main, status: '${{ hotfix.tikcet }}' }", "1:36: error UnknownReference: a hotfix has no 'tikcet'; did you mean 'ticket'?")]
    [InlineData("hotfix: { base: main, status: 'a ${{ \"\" + hotfix[\"owner\"] }}' }", "error UnknownReference: a hotfix has no 'owner'")]
    [InlineData("hotfix: { base: main, status: '${{ hotfix }}' }", "1:36: error BadValue: 'hotfix' has fields, and is no text itself; write hotfix.ticket, hotfix.decision ...")]
    [InlineData("hotfix: { base: main, status: '${{ hotfix.checks.smok }}' }", "1:36: error UnknownReference: no step 'smok' in this runbook; did you mean 'smoke'?")]
    [InlineData("hotfix: { base: main, status: \"${{ hotfix.checks['smok'] }}\" }", "1:36: error UnknownReference: no step 'smok' in this runbook")]
    [InlineData("hotfix: { base: main, status: \"${{ hotfix['checks']['smok'] }}\" }", "1:36: error UnknownReference: no step 'smok' in this runbook")]
    [InlineData("hotfix: { base: main, status: '${{ params.lief }}' }", "1:36: error UnknownReference: no parameter 'lief' in this runbook")]
    [InlineData("hotfix: { base: main, status: '${{ steps.smoke }}' }", "1:36: error UnknownReference: the status of a hotfix knows no 'steps'; it knows: hotfix, params, release")]
    [InlineData("hotfix: { base: main, status: 'a ${{ secrets.S }}' }", "1:38: error BindingNotAllowed: no secrets in the status of a hotfix")]
    [InlineData("hotfix: { base: '${{ hotfix.branch }}' }", "1:22: error UnknownReference: ${{ }} knows no 'hotfix'")]
    public void A_problem_has_its_place(string lines, string expected) =>
        Assert.Contains(Problems(lines), p => p.StartsWith($"{Read.Name}:{expected}", StringComparison.Ordinal) || p.Contains($": {expected}", StringComparison.Ordinal));

    [Theory]
    [InlineData("phases: [{ phase: p, steps: [{ id: s, command: [x], changes: it }] }]\nhotfix: { base: main, approvals: ok }",
        "1:30: error BadValue: 's' changes something, and the phases beside a 'hotfix' are checks, made before it may go out; put it into the runbook that deploys")]
    [InlineData("phases: [{ phase: p, rollout: { stages: [{ name: a, weight: 100, action: [x] }] } }]\nhotfix: { base: main, approvals: ok }",
        "1:10: error BadValue: 'p' is a rollout, and the phases beside a 'hotfix' are its checks; put the rollout into a runbook of its own")]
    [InlineData("rollback: { steps: [{ id: s, file: f }] }\nhotfix: { base: main, classes: { c: { steps: [s] } } }",
        "2:47: error UnknownReference: 's' is no step of the phases, and a hotfix's checks are; move it there")]
    [InlineData("watch: { window: 1h, checks: { steps: [{ id: s, file: f }] } }\nhotfix: { base: main, rollback-first: { c: { title: t, step: s } } }",
        "2:62: error UnknownReference: 's' is no step of the phases, and a hotfix's checks are; move it there")]
    [InlineData("phases: [{ phase: p, steps: [{ id: a, file: f }, { id: b, file: f, needs: [a] }] }]\nhotfix: { base: main, domains: { d: { paths: x, steps: [a] } } }",
        "1:50: error BadValue: 'b' needs 'a', which is left out where a change doesn't need it: 'b' would be left out with it; leave out the need, or let nothing name 'a'")]
    [InlineData("phases: [{ phase: p, steps: [{ id: a, file: f }, { id: b, file: f, needs: [a] }] }]\nhotfix: { base: main, domains: { d: { paths: x, steps: [a] } }, classes: { d: { steps: [b] } } }",
        "1:50: error BadValue: 'b' needs 'a', which is left out where a change doesn't need it: 'b' would be left out with it; let whatever names 'b' name 'a' too")]
    [InlineData("hotfix: { base: main }", "1:9: error MissingKey: this hotfix judges nothing: any change would be ready")]
    [InlineData("hotfix: { base: main, domains: { d: { paths: app } }, branch: b }", "1:9: error MissingKey: this hotfix judges nothing")]
    public void So_has_what_doesn_t_go_with_the_rest_of_the_runbook(string lines, string expected) => Assert.Contains(
        Problems(lines, "\nrunbook: test\nroles: { lead: { may: [vote] } }\npolls: { ok: { asks: { lead: Go? } } }"),
        p => p.StartsWith($"{Read.Name}:{expected}", StringComparison.Ordinal));

    [Theory]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, added: a, unless: 'b*', then: refuse } } }", "1:57: warning Suspicious: 'b*' fits any text, so the rule never fits; say more of what it is about")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, paths: app, lacks: '.*', then: refuse } } }", "1:59: warning Suspicious: '.*' fits any text, so the rule never fits; say more of what it is about")]
    [InlineData("hotfix: { base: main, classes: { c: { steps: [smoke] } }, rollback-first: { c: { title: t, step: smoke } } }",
        "1:98: warning Suspicious: 'smoke' is left out where a change doesn't need it, and then this can't be told; name a step here that no class, rule or domain names")]
    public void What_is_probably_not_meant_is_a_warning(string lines, string expected) => Assert.Equal([$"{Read.Name}:{expected}"], Problems(lines));

    [Theory]
    [InlineData("hotfix: { base: main }")]
    [InlineData("hotfix: { base: main, classes: { c: {} } }")]
    [InlineData("hotfix: { base: main, rules: { r: { title: t, added: a, unless: '^\\s*$', change: [added, deleted], then: refuse } } }")]
    [InlineData("hotfix: { base: main, rollback-first: { c: { title: t, too-late: true } } }" + Severities)]
    [InlineData("hotfix: { base: main, status: \"${{ has(hotfix.checks.smoke) ? hotfix.checks['data'] : hotfix.eta }} ${{ hotfix.checks.exists(c, c == 'x') }} ${{ {'hotfix': 1}.hotfix }}\" }")]
    public void A_hotfix_is_good(string lines) => Assert.Empty(Problems(lines));

    [Fact]
    public void A_check_may_need_one_that_is_always_asked_for_with_it() => Assert.Empty(Problems(
        "hotfix: { base: main, classes: { c: { steps: [b, a] }, d: { steps: [a] } } }",
        "\nrunbook: test\nphases: [{ phase: p, steps: [{ id: a, file: f }, { id: b, file: f, needs: [a, c] }, { id: c, file: f }] }]"));

    private static List<string> Problems(string lines, string known = Known) => [.. Read.Text(lines + known).Problems.Select(p => p.ToString())];
}
