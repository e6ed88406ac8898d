using ReleaseOps.Checklists;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Checklists;

public sealed class ChecklistTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Everything_required_passed_is_a_go()
    {
        var result = await _bench.RunAsync(Bench.Steps("""
            - { id: a, command: ['true'] }
            - { id: b, command: [echo, hello], expect: output == "hello" }
            """));
        Assert.Equal(Decision.Go, result.Decision);
        Assert.Equal("Go-live checklist result: PASS", result.Summary);
        Assert.Equal("hello", result.Steps[1].Detail);
    }

    [Theory]
    [InlineData("watch: { window: 1h, exit: { clean: 1h } }", "releaseops watch")]
    [InlineData("hotfix: { base: main, contract: { file: api.yaml } }", "releaseops hotfix")]
    public async Task A_runbook_without_phases_is_refused_and_the_error_says_what_runs_it(string section, string remedy)
    {
        var refused = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(Bench.Book($"runbook: test\n{section}")));
        Assert.Equal(ErrorId.NothingToRun, refused.Id);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_required_failure_ends_the_run_and_the_rest_is_left_out()
    {
        var result = await _bench.RunAsync(Bench.Steps("""
            - { id: a, command: ['false'] }
            - { id: b, command: [touch, b-ran] }
            """));
        Assert.Equal(Decision.NoGo, result.Decision);
        Assert.Equal("Go-live checklist result: FAIL (1 blocker(s))", result.Summary);
        Assert.Equal(Verdict.Skipped, result.Steps[1].Verdict);
        Assert.Contains("'a' failed", result.Steps[1].Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("b-ran")));
        Assert.Equal("a", result.Findings[0].Subject);
    }

    [Fact]
    public async Task Keep_going_looks_at_the_rest_but_changes_nothing_more()
    {
        var result = await _bench.RunAsync(
            Bench.Steps("""
                - { id: a, command: ['false'] }
                - { id: look, command: ['true'] }
                - { id: change, command: [touch, changed], changes: a file }
                - { id: worse, command: ['false'] }
                """),
            o => o with { KeepGoing = true });
        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Skipped, Verdict.Failed], result.Steps.Select(s => s.Verdict));
        Assert.Equal("Go-live checklist result: FAIL (2 blocker(s))", result.Summary);
        Assert.False(File.Exists(_bench.PathOf("changed")));
    }

    [Fact]
    public async Task An_optional_failure_is_shown_and_does_not_decide()
    {
        var result = await _bench.RunAsync(Bench.Steps("""
            - { id: a, command: ['false'], required: false }
            - { id: b, command: ['true'] }
            """));
        Assert.Equal(Decision.Go, result.Decision);
        Assert.Equal(Verdict.Failed, result.Findings[0].Verdict);
        Assert.False(result.Findings[0].Required);
    }

    [Theory]
    [InlineData("command: [no-such-program-anywhere]", ErrorId.ProgramNotFound)]
    [InlineData("command: [sleep, '60'], timeout: 200ms", ErrorId.TimedOut)]
    [InlineData("command: ['true'], expect: json.a == 2", ErrorId.ExpressionFailed)]
    [InlineData("command: [sh, -c, 'exit 5'], exit-codes: pytest", ErrorId.ExitCodeInconclusive)]
    [InlineData("confirm: All is well", ErrorId.NobodyToAsk)]
    [InlineData("http: 'http://127.0.0.1:1/'", ErrorId.Unreachable)]
    [InlineData("junit: not-there.xml", ErrorId.FileUnreadable)]
    public async Task What_could_not_be_told_is_a_hold_and_never_a_pass(string step, ErrorId reason)
    {
        var result = await _bench.RunAsync(Bench.Steps($"- {{ id: a, {step} }}"));
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(reason, Assert.Single(result.Findings, f => f.Verdict == Verdict.Inconclusive).Reason);
        Assert.Equal("Go-live checklist result: HOLD (1 open)", result.Summary);
    }

    [Fact]
    public async Task A_run_in_which_nothing_applied_is_a_hold()
    {
        var result = await _bench.RunAsync(Bench.Steps("""- { id: a, command: ['true'], if: 1 == 2 }"""));
        Assert.Equal(Verdict.Skipped, result.Steps[0].Verdict);
        Assert.Equal(Decision.Hold, result.Decision);
    }

    [Fact]
    public async Task A_condition_can_speak_of_parameters_and_of_earlier_verdicts()
    {
        var result = await _bench.RunAsync(
            Bench.Steps(
                """
                - { id: first, command: ['false'], required: false }
                - { id: after-failure, command: ['true'], if: 'steps["first"].verdict == "Failed"' }
                - { id: only-in-test, command: ['true'], if: 'params.env == "test"' }
                """, head: "parameters: { env: { required: true } }"),
            parameters: new() { ["env"] = "prod" });
        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Skipped], result.Steps.Select(s => s.Verdict));
        Assert.Equal(Decision.Go, result.Decision);
    }

    [Fact]
    public async Task Independent_steps_run_side_by_side_up_to_the_bound()
    {
        // Each of the two waits until the other has started: in a row they would never end.
        const string Meet = "touch $0; while [ ! -e $1 ]; do sleep 0.02; done";
        var result = await _bench.RunAsync(
            Bench.Steps($$"""
                - { id: a, command: [sh, -c, '{{Meet}}', a-is-here, b-is-here] }
                - { id: b, command: [sh, -c, '{{Meet}}', b-is-here, a-is-here] }
                """, phase: "parallel: true"),
            o => o with { Parallelism = 2 });
        Assert.Equal(Decision.Go, result.Decision);
    }

    [Fact]
    public async Task Never_more_steps_run_at_once_than_the_bound_allows()
    {
        var running = 0;
        var most = 0;
        _bench.Heard.Then = e => _ = e switch
        {
            StepStarted => most = Math.Max(most, Interlocked.Increment(ref running)),
            StepFinished => Interlocked.Decrement(ref running),
            _ => 0,
        };
        var steps = string.Join('\n', Enumerable.Range(0, 20).Select(i => $"- {{ id: s{i}, command: [sleep, '0.02'] }}"));
        await _bench.RunAsync(Bench.Steps(steps, phase: "parallel: true"), o => o with { Parallelism = 3 });
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task A_step_waits_for_what_it_needs_and_is_left_out_when_that_fails()
    {
        var result = await _bench.RunAsync(
            Bench.Steps("""
                - { id: c, command: [test, -e, b-ran], needs: [b] }
                - { id: b, command: [touch, b-ran] }
                - { id: d, command: ['false'] }
                - { id: e, command: [touch, e-ran], needs: [d] }
                """, phase: "parallel: true"),
            o => o with { KeepGoing = true });
        Assert.Equal(
            ["b:Passed", "c:Passed", "d:Failed", "e:Skipped"],
            result.Steps.Select(s => $"{s.Id}:{s.Verdict}").Order(StringComparer.Ordinal));
        Assert.False(File.Exists(_bench.PathOf("e-ran")));
    }

    [Fact]
    public async Task A_retry_ends_with_the_first_pass_and_counts_its_tries()
    {
        var result = await _bench.RunAsync(Bench.Steps("""
            - { id: a, command: [sh, -c, 'echo x >> tries; test $(wc -l < tries) -ge 3'], retry: { times: 5, delay: 1ms } }
            """));
        Assert.Equal(Decision.Go, result.Decision);
        Assert.Equal(3, result.Steps[0].Tries);
    }

    [Fact]
    public async Task A_person_can_confirm_or_refuse()
    {
        var runbook = Bench.Steps("- { id: ask, confirm: Staging is at parity, by: owner }", head: "roles: { owner: { may: [confirm] } }");
        var yes = new Bench.Answering(true);
        Assert.Equal(Decision.Go, (await _bench.RunAsync(runbook, o => o with { Attendant = yes })).Decision);
        Assert.Equal("owner", Assert.Single(yes.Questions).Role);
        Assert.Equal(Decision.NoGo, (await _bench.RunAsync(runbook, o => o with { Attendant = new Bench.Answering(false) })).Decision);
        Assert.Equal(Decision.Hold, (await _bench.RunAsync(runbook, o => o with { Attendant = new Bench.Answering(null) })).Decision);
    }

    [Fact]
    public async Task A_declined_action_is_not_done_and_the_run_is_a_hold()
    {
        var result = await _bench.RunAsync(
            Bench.Steps("- { id: change, command: [touch, changed], changes: a file }"), o => o with { Declined = new HashSet<string> { "change" } });
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.False(File.Exists(_bench.PathOf("changed")));
    }

    [Fact]
    public async Task The_operator_can_end_a_run_at_once_and_no_child_is_left()
    {
        using var stop = new CancellationTokenSource();
        _bench.Heard.Then = e =>
        {
            if (e is StepStarted)
                stop.CancelAfter(TimeSpan.FromMilliseconds(200));
        };
        var began = TimeProvider.System.GetTimestamp();
        var result = await _bench.RunAsync(
            Bench.Steps("""
                - { id: long, command: [sh, -c, 'echo $$ > pid; exec sleep 300'] }
                - { id: next, command: ['true'] }
                """), cancellation: stop.Token);
        Assert.True(result.Interrupted);
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 5);
        Assert.Equal("run.interrupted", _bench.Ledger()[^1].Type);
        Assert.False(Directory.Exists("/proc/" + File.ReadAllText(_bench.PathOf("pid")).Trim()));
    }

    [Fact]
    public async Task A_real_run_names_every_missing_parameter_and_starts_nothing()
    {
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(Bench.Steps(
            "- { id: a, command: [touch, '${{ params.one }}', '${{ params.two }}'] }",
            head: "parameters: { one: { required: true }, two: { required: true }, unused: { required: true } }")));
        Assert.Equal(ErrorId.MissingParameter, error.Id);
        Assert.Contains("one, two", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.EvidenceRoot));
    }

    [Fact]
    public async Task A_secret_reaches_the_child_and_nothing_that_is_kept()
    {
        const string Secret = "correct-horse-battery";
        var result = await _bench.RunAsync(
            Bench.Steps("""
                - { id: a, command: [sh, -c, 'test "$TOKEN" = correct-horse-battery && echo "I was given $TOKEN"'], env: { TOKEN: '${{ secrets.MY_TOKEN }}' }, expect: output == "nothing" }
                """.Replace("= correct-horse-battery", "= \"$(printf correct; printf -- -horse-battery)\"", StringComparison.Ordinal)),
            o => o with { Secrets = name => name == "MY_TOKEN" ? Secret : null });
        Assert.Equal("I was given ***", result.Findings.First(f => f.Verdict == Verdict.Failed).Observed?.Trim('"'));
        foreach (var file in Directory.EnumerateFiles(_bench.EvidenceRoot, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollout_phase_says_that_it_can_not_run_yet_before_anything_is_done()
    {
        var runbook = Bench.Book("""
            runbook: test
            phases:
              - { phase: before, steps: [{ id: a, command: [touch, a-ran] }] }
              - { phase: deploy, rollout: { stages: [{ name: canary, weight: 10, action: [./deploy.sh] }] } }
            """);
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(runbook));
        Assert.Equal(ErrorId.IsRollout, error.Id);
        Assert.Contains("before", error.Remedy, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("a-ran")));
        Assert.Equal(Decision.Go, (await _bench.RunAsync(runbook, selection: new Selection(["before"], []))).Decision);
    }

    [Fact]
    public void A_dry_run_binds_what_is_known_and_names_what_is_missing()
    {
        var plan = Bench.Plan(Bench.Steps(
            "- { id: a, command: [deploy, --to, '${{ params.to }}', '${{ params.what }} it'], env: { T: '${{ secrets.T }}' } }",
            head: "parameters: { to: { required: true }, what: { default: do } }"));
        Assert.Equal("deploy --to <to> 'do it'", Assert.Single(plan.Steps).Does);
        Assert.Equal(["to"], plan.Missing);
        Assert.Equal(["T"], plan.Secrets);
        Assert.Equal("Go-live checklist result: DRY-RUN", Checklist.DryRun(plan, "tester", TimeProvider.System).Summary);
    }

    [Fact]
    public void The_digest_of_a_plan_changes_with_its_parameters_and_its_selection()
    {
        var runbook = Bench.Book("""
            runbook: test
            parameters: { v: { default: a } }
            phases:
              - { phase: one, steps: [{ id: a, command: [echo, '${{ params.v }}'] }] }
              - { phase: two, steps: [{ id: b, command: ['true'] }] }
            """);
        var digests = new[]
        {
            Bench.Plan(runbook).Digest,
            Bench.Plan(runbook, new() { ["v"] = "b" }).Digest,
            Bench.Plan(runbook, selection: new Selection(["one"], [])).Digest,
        };
        Assert.Equal(3, digests.Distinct().Count());
        Assert.Equal(digests[0], Bench.Plan(runbook, new() { ["v"] = "a" }).Digest);
    }
}
