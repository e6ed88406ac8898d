using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class RunbookProblemTests
{
    [Theory]
    // Keys
    [InlineData("comand: [x]", "6:9: error UnknownKey: unknown key 'comand' in a step; did you mean 'command'?")]
    [InlineData("command: [x]|command: [y]", "7:9: error DuplicateKey: 'command' stands twice in a step; the first is at 6:9")]
    [InlineData("command: [x]|id: t", "7:9: error DuplicateKey: 'id' stands twice in a step; the first is at 5:9")]
    [InlineData("title: t", "5:9: error MissingKey: a step must have one of: command, script, http, git, file, checksums, document, junit, sql, alerts, confirm, gate, measure, poll, message")]
    [InlineData("command: [x]|http: https://x", "7:9: error BadValue: a step has 'command' already; 'http' can't stand beside it; make two of it")]
    [InlineData("command: [x]|method: GET", "7:9: error UnknownKey: 'method' doesn't go with 'command'; it goes with 'http'")]
    [InlineData("http: https://x|env: { A: b }", "7:9: error UnknownKey: 'env' doesn't go with 'http'; it goes with 'command' or 'script'")]
    [InlineData("confirm: ready|expect: status == 200", "7:9: error UnknownKey: 'expect' doesn't go with 'confirm': there is nothing to see")]
    // Values
    [InlineData("command: git status", "6:18: error BadValue: expected a list of a program and its arguments, found 'git status'; no shell takes it apart: write [git, status]")]
    [InlineData("command: []", "6:18: error BadValue: expected a list of a program and its arguments, found a list")]
    [InlineData("command:", "6:17: error BadValue: expected a list of a program and its arguments, found nothing")]
    [InlineData("command: [x]|required: no", "7:19: error BadValue: expected true or false, found 'no'")]
    [InlineData("command: [x]|required: 'true'", "7:19: error BadValue: expected true or false, found 'true'; write it without quotes")]
    [InlineData("command: [x]|retry: 0123", "7:16: error BadValue: expected a whole number from 1 to 100, found '0123'")]
    [InlineData("command: [x]|retry: 101", "7:16: error BadValue: expected a whole number from 1 to 100, found '101'")]
    [InlineData("command: [x]|retry: { delay: 1s }", "7:16: error MissingKey: a map of times and delay must have 'times'")]
    [InlineData("http: ftp://x", "6:15: error BadValue: expected a URL, found 'ftp://x'; it starts with https:// or http://")]
    [InlineData("http: https://x|method: get|changes: x", "7:17: error BadValue: expected an HTTP method, found 'get'; did you mean 'GET'?")]
    [InlineData("http: https://x|max-body: 65MiB", "7:19: error BadValue: expected a size from 1 byte to 64MiB, such as 4MiB or 65536, found '65MiB'")]
    [InlineData("http: https://x|redirects: 11", "7:20: error BadValue: expected a whole number from 0 to 10, found '11'")]
    [InlineData("script: x|shell: zsh", "7:16: error BadValue: expected bash, sh or pwsh, found 'zsh'; did you mean 'sh'?")]
    [InlineData("command: [x]|timeout: 30", "7:18: error BadDuration: expected a duration such as 30s, 10m, 1h30m or 7d, found '30'; a number and its unit (ms, s, m, h, d), the largest unit first, at most 366d")]
    [InlineData("command: [x]|timeout: 0s", "7:18: error BadDuration: expected a duration such as 30s, 10m, 1h30m or 7d, found '0s'; a number and its unit (ms, s, m, h, d), the largest unit first, at most 366d")]
    // References
    [InlineData("command: [x]|needs: [t]", "7:17: error UnknownReference: no step 't' in this runbook; did you mean 's'?")]
    [InlineData("command: [x]|needs: [s]", "7:17: error CyclicNeeds: steps need each other in a circle: s -> s")]
    [InlineData("confirm: ready|by: laed", "7:13: error UnknownReference: no role 'laed' in this runbook; did you mean 'lead'?")]
    [InlineData("command: [x]|role: boss", "7:15: error UnknownReference: no role 'boss' in this runbook; known: lead")]
    [InlineData("message: hello", "6:18: error UnknownReference: no message 'hello' in this runbook; add it under 'messages'")]
    // Templates and expressions
    [InlineData("script: echo ${{ params.host }}", "6:22: error BindingNotAllowed: no ${{ }} in a script: a value could become code; use the environment variable PARAM_NAME; for a secret, name one under 'env'")]
    [InlineData("command: [x, '${{ secrets.KEY }}']", "6:27: error BindingNotAllowed: no secrets in an argument: others could see them; pass it by 'env' to a command or script, or by 'headers' or 'body' to an http step")]
    [InlineData("http: https://x/${{ secrets.KEY }}", "6:29: error BindingNotAllowed: no secrets in a URL: others could see them; pass it by 'env' to a command or script, or by 'headers' or 'body' to an http step")]
    [InlineData("command: [x]|env: { A: '${{ string(secrets) }}' }", "7:31: error BindingNotAllowed: a secret is spoken of by its name; write secrets.NAME")]
    [InlineData("http: https://${{ params.hots }}/x", "6:27: error UnknownReference: no parameter 'hots' in this runbook; did you mean 'host'?")]
    [InlineData("http: https://${{ status }}/x", "6:27: error UnknownReference: ${{ }} knows no 'status'; it knows: params, release, secrets")]
    [InlineData("confirm: 'now ${{ release.verson }}'", "6:27: error UnknownReference: a release has no 'verson'; known: product, version")]
    [InlineData("http: https://${{ params.host", "6:23: error ExpressionSyntax: ${{ without its }}")]
    [InlineData("http: https://${{ }}", "6:23: error ExpressionSyntax: ${{ }} with nothing in it")]
    [InlineData("command: [x]|if: ${{ params.host }} == 'a'", "7:13: error BindingNotAllowed: no ${{ }} in an expression; write params.name")]
    [InlineData("command: [x]|if: params.hots == 'a'", "7:13: error UnknownReference: no parameter 'hots' in this runbook; did you mean 'host'?")]
    [InlineData("command: [x]|if: exit == 0", "7:13: error UnknownReference: an 'if' knows no 'exit'; it knows: params, release, steps")]
    [InlineData("http: https://x|expect: 'stauts == 200'", "7:18: error UnknownReference: a 'http' step knows no 'stauts'; did you mean 'status'?")]
    [InlineData("command: [x]|expect: status == 200", "7:17: error UnknownReference: a 'command' step knows no 'status'; it knows: exit, output, error_output, lines, json, elapsed, truncated, params, release, steps")]
    [InlineData("command: [x]|changes: x|retry: 2", "8:9: error BadValue: what changes something is tried again only where repeating it does no harm; add 'idempotent: true', or leave out 'retry'")]
    // Warnings
    [InlineData("http: https://x|method: POST", "7:9: warning Suspicious: this request may change something, and the step doesn't say what; add 'changes': then a crash can't make it happen twice, and a dry run shows it")]
    [InlineData("command: [x]|idempotent: true", "7:9: warning Suspicious: only matters for a step that changes something; add 'changes'")]
    [InlineData("command: [x, '${params.host}']", "6:24: warning Suspicious: this goes out as it stands; to put in a value, write ${{ params.name }}")]
    // Schemas of answers
    [InlineData("http: https://x|schema: a.yaml#Stock", "7:17: error BadValue: expected a JSON pointer after '#', found 'Stock'; it starts with a slash: #/components/schemas/Stock")]
    [InlineData("http: https://x|schema: '#/components/schemas/Stock'", "7:17: error BadValue: expected a file before '#'; write FILE#/json/pointer")]
    [InlineData("http: https://x|schema: '${{ params.hots }}.yaml'", "7:22: error UnknownReference: no parameter 'hots' in this runbook; did you mean 'host'?")]
    [InlineData("http: https://x|schema: '${{ secrets.S }}'", "7:22: error BindingNotAllowed: no secrets in a schema's file: others could see them; pass it by 'env' to a command or script, or by 'headers' or 'body' to an http step")]
    [InlineData("http: https://x|contract: a.yaml#/b", "7:19: error BadValue: 'contract' is a whole description; to name one schema of it, use 'schema'")]
    [InlineData("http: https://x|contract: a.yaml|schema: b.yaml", "7:9: error BadValue: 'schema' and 'contract' don't go together; 'contract' finds the schema by what is asked and answered; leave out the other")]
    [InlineData("http: https://x|method: HEAD|contract: a.yaml", "8:9: error BadValue: an answer to HEAD has no body; use GET, or leave it out")]
    [InlineData("http: https://x|shema: a.yaml", "7:9: error UnknownKey: unknown key 'shema' in a step; did you mean 'schema'?")]
    [InlineData("command: [x]|contract: a.yaml", "7:9: error UnknownKey: 'contract' doesn't go with 'command'; it goes with 'http'")]
    // YAML
    [InlineData("command: &a [x]", "6:18: error YamlNotAllowed: anchors aren't part of the runbook format; to mean the text, put it in quotes")]
    [InlineData("command: *a", "6:18: error YamlNotAllowed: aliases aren't part of the runbook format; to mean the text, put it in quotes: '*a...'")]
    [InlineData("command: [x]|<<: { a: b }", "7:9: error YamlNotAllowed: merge keys aren't part of the runbook format")]
    [InlineData("command: [x]|title: !!str t", "7:16: error YamlNotAllowed: tags aren't part of the runbook format; to mean an expression that starts with '!', put it in quotes")]
    [InlineData("http: https://x|expect: !has(body.x)", "7:17: error YamlNotAllowed: tags aren't part of the runbook format; to mean an expression that starts with '!', put it in quotes")]
    public void A_step_with_a_problem(string lines, string expected) =>
        Assert.Contains($"{Read.Name}:{expected}", Read.Step(lines.Split('|')).Problems.Select(p => p.ToString()));

    [Theory]
    [InlineData("runbok: x", "5:1: error UnknownKey: unknown key 'runbok' in a runbook; did you mean 'runbook'?")]
    [InlineData("titel: x", "5:1: error UnknownKey: unknown key 'titel' in a runbook; did you mean 'title'?")]
    [InlineData("parameters: { Host: x }", "5:15: error BadValue: expected a parameter's name of small letters, digits and '_', found 'Host'")]
    [InlineData("parameters: { a: x, a: y }", "5:21: error DuplicateKey: 'a' stands twice in a map of names to parameters")]
    [InlineData("parameters: { a: { type: integer, default: 1.5 } }", "5:35: error ParameterType: the default '1.5' isn't a whole number")]
    [InlineData("parameters: { a: { type: boolean, default: yes } }", "5:35: error ParameterType: the default 'yes' isn't true or false")]
    [InlineData("parameters: { a: { pattern: 'v\\d+', default: v1x } }", "5:37: error ParameterPattern: the default 'v1x' doesn't match the pattern v\\d+")]
    [InlineData("parameters: { a: { choices: [x, y], default: z } }", "5:37: error ParameterPattern: the default 'z' isn't one of: x, y")]
    [InlineData("parameters: { a: { type: integer, choices: [x] } }", "5:35: error ParameterType: the choice 'x' isn't a whole number")]
    [InlineData("parameters: { a: { pattern: '(a' } }", "5:29: error BadPattern: not a regular expression: InsufficientClosingParentheses at character 2; look-arounds, back references and atomic groups can't be used: patterns run without backtracking")]
    [InlineData("parameters: { a: { pattern: 'a)(b' } }", "5:29: error BadPattern: not a regular expression: InsufficientOpeningParentheses at character 2; look-arounds, back references and atomic groups can't be used: patterns run without backtracking")]
    [InlineData("parameters: { a: { pattern: '(?=a)' } }", "5:29: error BadPattern: the regular expression needs backtracking, or is too large without it; look-arounds, back references and atomic groups can't be used: patterns run without backtracking")]
    [InlineData("metrics: { error-rate: { prometheus: q } }", "5:12: error BadValue: expected a metric's name of letters, digits and '_' (expressions speak of it), found 'error-rate'")]
    [InlineData("metrics: { e: { prometheus: q } }", "5:17: error UnknownReference: no source 'prometheus' in this runbook; add it under 'sources'")]
    [InlineData("gates: { g: [error_rate < 1.0] }", "5:14: error UnknownReference: a gate's criterion knows no 'error_rate'; the runbook has no 'metrics'")]
    [InlineData("gates: { g: ['eror < 1.0'] }|metrics: { error: { prometheus: q, source: s } }|sources: { s: { url: http://x } }",
        "5:15: error UnknownReference: a gate's criterion knows no 'eror'; did you mean 'error'?")]
    [InlineData("triggers: { t: { when: m > 1.0, then: rollback } }|metrics: { m: { prometheus: q, source: s, reduce: each } }|sources: { s: { url: http://x } }",
        "5:24: error BadValue: 'm' is judged series by series (reduce: each), which only a gate or a threshold of a watch can do; add a metric of the same query with reduce: max, or min, for this")]
    [InlineData("triggers: { t: { then: rollback } }", "5:16: error MissingKey: a trigger must have one of: step, when")]
    [InlineData("triggers: { t: { step: x, then: rollback } }", "5:24: error UnknownReference: no step 'x' in this runbook; did you mean 's'?")]
    [InlineData("triggers: { t: { step: s, then: explode } }", "5:33: error BadValue: expected rollback, hold or page, found 'explode'; known: rollback, hold, page")]
    [InlineData("schedule: [{ at: +2h, what: x }]", "5:18: error BadDuration: expected a time against T-0, such as T-60m, T+0 or T+24h, found '+2h'")]
    [InlineData("sources: { p: { url: prometheus } }", "5:22: error BadValue: expected a URL, found 'prometheus'; it starts with https:// or http://")]
    [InlineData("rollback: { steps: [{ id: s, confirm: x }] }", "5:27: error DuplicateId: a second step 's'; the first stands at 4:19")]
    [InlineData("rollback: { steps: [{ id: r, confirm: x, needs: [s] }] }",
        "5:50: error UnknownReference: 'r' needs 's', but steps of the rollback and steps of the phases can't need each other")]
    [InlineData("severities: { SEV0: { acknowledge: 5m } }", "5:21: error MissingKey: a severity must have 'definition'")]
    [InlineData("messages: { m: { text: 'x ${{ params.nope }}' } }", "5:31: error UnknownReference: no parameter 'nope' in this runbook; add it under 'parameters'")]
    public void A_top_level_problem(string lines, string expected) =>
        Assert.Contains($"{Read.Name}:{expected}", Read.Top(lines.Split('|')).Problems.Select(p => p.ToString()));

    [Theory]
    [InlineData("", "1:1: error RunbookEmpty: the file holds nothing but comments")]
    [InlineData("# nothing\n", "1:1: error RunbookEmpty: the file holds nothing but comments")]
    [InlineData("---\n", "2:2: error RunbookEmpty: the file holds nothing but comments")]
    [InlineData("[a]", "1:1: error BadValue: expected a runbook, found a list")]
    [InlineData("hello", "1:1: error BadValue: expected a runbook, found 'hello'")]
    [InlineData("a: b\n---\nc: d\n", "2:1: error YamlNotAllowed: several documents in one file aren't part of the runbook format")]
    [InlineData("%YAML 1.2\n---\na: b\n", "1:1: error YamlNotAllowed: directives aren't part of the runbook format")]
    [InlineData("%TAG !e! tag:x\n---\na: b\n", "1:1: error YamlNotAllowed: directives aren't part of the runbook format")]
    [InlineData("a:\n\t- b\n", ":1: error YamlSyntax: not YAML: ")]
    [InlineData("a: [https://${{ params.x }}/a]\n", "1:14: error YamlSyntax: not YAML: while parsing a flow sequence, did not find expected ',' or ']'; a value with ${{ }} must stand in quotes when it is in a [list] or a { map }")]
    [InlineData("a: \"x\" == y\n", "1:8: error YamlSyntax: not YAML: ")]
    [InlineData("? [a]\n: b\n", "1:3: error BadValue: a key must be a word, not a list or a map")]
    public void A_file_that_is_no_runbook(string text, string expected) =>
        Assert.Contains(Read.Text(text).Problems, p => p.ToString().Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void All_problems_are_found_at_once_in_the_order_of_the_file()
    {
        var reading = Read.Step("comand: [x]", "timeout: soon", "needs: [t]", "if: nope");
        Assert.Null(reading.Runbook);
        Assert.Equal([ErrorId.MissingKey, ErrorId.UnknownKey, ErrorId.BadDuration, ErrorId.UnknownReference, ErrorId.UnknownReference],
            reading.Problems.Select(p => p.Id));
        Assert.Equal([5, 6, 7, 8, 9], reading.Problems.Select(p => p.Line));
    }

    [Fact]
    public void Warnings_leave_the_runbook_usable()
    {
        var reading = Read.Step("http: https://x", "method: POST");
        Assert.NotNull(reading.Runbook);
        Assert.Equal(ProblemLevel.Warning, Read.Problem(reading).Level);
    }

    [Fact]
    public void The_list_of_problems_is_bounded_and_counts_the_rest()
    {
        var reading = Read.Top([.. Enumerable.Range(0, 5000).Select(i => $"x{i}: y")]);
        Assert.Equal(RunbookReading.MostProblems + 1, reading.Problems.Count);
        Assert.Equal("and 4800 more problems", reading.Problems[^1].Message);
    }

    [Fact]
    public void A_circle_of_needs_is_shown_once()
    {
        var reading = Read.Text("""
            runbook: test
            phases:
              - phase: only
                steps:
                  - { id: a, confirm: x, needs: [c] }
                  - { id: b, confirm: x, needs: [a] }
                  - { id: c, confirm: x, needs: [b, d] }
                  - { id: d, confirm: x }
                  - { id: e, confirm: x, needs: [a] }
            """);
        Assert.Equal("test.yaml:5:38: error CyclicNeeds: steps need each other in a circle: a -> c -> b -> a",
            Read.Problem(reading).ToString());
    }

    [Fact]
    public void Two_circles_are_two_problems()
    {
        var reading = Read.Text("""
            runbook: test
            phases:
              - phase: only
                steps:
                  - { id: a, confirm: x, needs: [b] }
                  - { id: b, confirm: x, needs: [a, a] }
                  - { id: c, confirm: x, needs: [c] }
            """);
        Assert.Equal(2, reading.Problems.Count(p => p.Id == ErrorId.CyclicNeeds));
    }

    [Fact]
    public void A_step_may_need_earlier_phases_and_its_own_but_no_later_one()
    {
        var reading = Read.Text("""
            runbook: test
            phases:
              - phase: first
                steps:
                  - { id: a, confirm: x, needs: [b] }
              - phase: second
                steps:
                  - { id: b, confirm: x, needs: [c] }
                  - { id: c, confirm: x }
              - phase: third
                steps:
                  - { id: d, confirm: x, needs: [c] }
            """);
        Assert.Equal("test.yaml:5:38: error UnknownReference: 'a' needs 'b', which stands in a later phase",
            Read.Problem(reading).ToString());
    }

    [Fact]
    public void Names_are_unique_among_their_kind()
    {
        var reading = Read.Text("""
            runbook: test
            phases:
              - phase: a
                rollout: { stages: [{ name: x, weight: 0 }, { name: x, weight: 0 }] }
              - phase: a
                rollout: { stages: [{ name: x, weight: 0 }] }
            """);
        Assert.Equal(
            [
                "test.yaml:4:49: error DuplicateId: a second stage 'x'; the first stands at 4:25",
                "test.yaml:5:12: error DuplicateId: a second phase 'a'; the first stands at 3:12",
            ],
            reading.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Places_in_a_literal_block_are_exact()
    {
        var reading = Read.Top("messages:", "  m:", "    text: |", "      Hello", "        now ${{ params.nope }}");
        Assert.Equal((9, 17), (Read.Problem(reading).Line, Read.Problem(reading).Column));
    }

    [Fact]
    public void Text_of_the_file_cannot_break_out_of_its_message()
    {
        var problem = Read.Problem(Read.Top("\"x\\e[31m\\n::error::\\u0007\": y"));
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
    }
}
