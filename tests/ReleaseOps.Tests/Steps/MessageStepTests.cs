using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Channels;
using ReleaseOps.Tests.Checklists;

namespace ReleaseOps.Tests.Steps;

/// <summary>Steps that send a message: by channels, by a person, or by both.</summary>
public sealed class MessageStepTests : IDisposable
{
    private readonly Bench _bench = new();
    private readonly ScriptedChannel _ops = new("ops");
    private readonly ScriptedChannel _status = new("status");
    private readonly ScriptedChannel _slack = new("slack");
    private readonly Bench.Answering _person = new(true);
    private readonly Dictionary<string, string?> _environment = new() { ["OPS_WEBHOOK"] = "https://hooks.example/hunter22-secret", ["STATUS_KEY"] = "key-of-status" };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_message_goes_out_by_its_channels_and_nobody_is_asked()
    {
        var result = await RunAsync(Book("[ops, status]"));
        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Equal("sent to ops (200 OK); sent to status (200 OK)", result.Detail);
        Assert.Empty(_person.Questions);
        var notice = Assert.Single(_ops.Tries).Notice;
        Assert.Equal([new TextRun("We release ", TextKind.Literal), new TextRun("<b>*1.0*", TextKind.Value), new TextRun(" now.", TextKind.Literal)], notice.Text);
        Assert.Equal("We release <b>*1.0* now.", notice.Title);
        Assert.Equal((notice.Thread + "/tell", "thing <b>*1.0*", null), (notice.Key, notice.Release, notice.Status));
    }

    [Fact]
    public async Task A_usual_channel_is_the_same_one_however_a_message_writes_it()
    {
        _environment["SLACK_WEBHOOK_URL"] = "https://hooks.example/the-usual-secret";
        Assert.Equal("sent to slack (200 OK)", (await RunAsync(Book("[Slack, slack]"))).Detail);
        Assert.Single(_slack.Tries);
    }

    [Theory]
    [InlineData("[ops]", "ops (OPS_WEBHOOK isn't set)")]
    [InlineData("['#deployments', ops]", "#deployments, ops (OPS_WEBHOOK isn't set)")]
    [InlineData("['#deployments']", "#deployments")]
    [InlineData(null, "people")]
    public async Task What_no_channel_carries_is_a_persons_to_carry_who_is_told_why(string? channels, string to)
    {
        _environment["OPS_WEBHOOK"] = null;
        var result = await RunAsync(Book(channels));
        Assert.Equal((Verdict.Passed, "confirmed by alice"), (result.Verdict, result.Detail));
        Assert.Equal($"Send this now, then confirm that it is out. send to {to}: We release <b>*1.0* now.", Assert.Single(_person.Questions).Statement);
        Assert.Empty(_ops.Tries);
    }

    [Fact]
    public async Task A_webhook_that_is_too_short_to_be_masked_keeps_no_run_from_starting()
    {
        _environment["OPS_WEBHOOK"] = "short";
        Assert.Equal(Verdict.Passed, (await RunAsync(Book("[ops]"))).Verdict);
        Assert.Contains("ops (OPS_WEBHOOK is too short to be masked safely)", _person.Questions[0].Statement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_channels_carry_is_sent_before_a_person_is_asked_for_the_rest()
    {
        var sentFirst = false;
        _person.Then = () => sentFirst = _ops.Tries.Count == 1;
        var result = await RunAsync(Book("[ops, '#deployments']"));
        Assert.Equal((Verdict.Passed, "sent to ops (200 OK); confirmed by alice"), (result.Verdict, result.Detail));
        Assert.True(sentFirst);
    }

    [Theory]
    [InlineData(SendState.Refused, Verdict.Failed, ErrorId.NoticeRefused, "ops refused it (gone)")]
    [InlineData(SendState.Later, Verdict.Inconclusive, ErrorId.NoticeWaiting, "not sent to ops yet (gone); it waits in the outbox")]
    [InlineData(SendState.Unclear, Verdict.Inconclusive, ErrorId.NoticeWaiting, "not sent to ops yet (gone); it waits in the outbox")]
    public async Task A_message_that_did_not_arrive_is_no_pass(SendState state, Verdict verdict, ErrorId reason, string detail)
    {
        _ops.Answer = (_, _) => Task.FromResult(new SendOutcome(state, "gone") { After = TimeSpan.Zero });
        var result = await RunAsync(Book("[ops, status]"));
        Assert.Equal((verdict, detail + "; sent to status (200 OK)"), (result.Verdict, result.Detail));
        Assert.Equal(reason, result.Findings[0].Reason);
    }

    [Fact]
    public async Task A_run_that_was_cut_short_after_the_message_was_sent_does_not_send_it_again()
    {
        using var operatorEnds = new CancellationTokenSource();
        // The service has it, and the run ends before its step does.
        _status.Answer = async (_, c) => { await operatorEnds.CancelAsync(); await Task.Delay(Timeout.Infinite, c); return ScriptedChannel.Sent; };
        var cut = await _bench.RunAsync(Book("[ops, status]", "changes: what people know"), Options, Parameters, cancellation: operatorEnds.Token);
        Assert.True(cut.Interrupted);
        _status.Answer = (_, _) => Task.FromResult(ScriptedChannel.Sent);
        var resumed = await _bench.ResumeAsync(Book("[ops, status]", "changes: what people know"), Options, Parameters);
        Assert.Equal(Verdict.Passed, resumed.Verdict);
        Assert.Single(_ops.Tries);
        Assert.Equal([false, true], _status.Tries.Select(t => t.MayBeThere));
        Assert.Empty(_person.Questions);
    }

    [Fact]
    public async Task A_step_that_tries_again_sends_what_waits_and_not_what_was_sent()
    {
        _ops.Answering([.. Enumerable.Repeat(ScriptedChannel.Later with { After = TimeSpan.Zero }, ChannelDelivery.MostTries)]);
        var result = await RunAsync(Book("[ops, status]", "retry: { times: 1, delay: 1ms }"));
        Assert.Equal((Verdict.Passed, 2), (result.Verdict, result.Tries));
        Assert.Single(_status.Tries);
    }

    [Fact]
    public async Task A_step_waits_no_longer_than_it_may()
    {
        _ops.Answer = async (_, c) => { await Task.Delay(Timeout.Infinite, c); return ScriptedChannel.Sent; };
        var result = await RunAsync(Book("[ops]", "timeout: 100ms"));
        Assert.Equal((Verdict.Inconclusive, "not sent to ops yet; it waits in the outbox"), (result.Verdict, result.Detail));
    }

    [Fact]
    public async Task Channels_of_one_message_are_side_by_side()
    {
        var both = new Barrier(2);
        _ops.Answer = _status.Answer = (_, _) => Task.Run(() => both.SignalAndWait(TimeSpan.FromSeconds(20)) ? ScriptedChannel.Sent : ScriptedChannel.Refused);
        Assert.Equal(Verdict.Passed, (await RunAsync(Book("[ops, status]"))).Verdict);
    }

    [Fact]
    public async Task A_message_with_a_status_is_an_incident_of_the_run_at_its_service()
    {
        await RunAsync(Book("[ops]", message: "status: investigating, title: 'Release ${{ release.version }}'"));
        var notice = _ops.Tries[0].Notice;
        Assert.Equal((IncidentStatus.Investigating, "Release <b>*1.0*"), (notice.Status, notice.Title));
        Assert.Matches("^thing-_b__1.0_/[^/]+$", notice.Thread);
    }

    [Fact]
    public async Task No_webhook_is_in_a_file_although_a_service_says_it_back()
    {
        _ops.Answer = (_, _) => Task.FromResult(ScriptedChannel.Sent with { Detail = "posted to hooks.example/hunter22-secret, https://hooks.example/hunter22-secret" });
        var result = await RunAsync(Book("[ops]"));
        Assert.Equal(Verdict.Passed, result.Verdict);
        foreach (var file in Directory.EnumerateFiles(_bench.EvidenceRoot, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("https://hooks.example/hunter22-secret", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_says_which_channels_a_person_carries()
    {
        var plan = Bench.Plan(Book("[ops, '#deployments', console]"), Parameters);
        Assert.Equal("send to ops, #deployments (by a person), console: We release <b>*1.0* now.", plan.Steps[0].Does);
        Assert.Empty(plan.Secrets);
    }

    [Fact]
    public void A_template_cannot_be_sent_by_a_step()
    {
        var reading = RunbookReader.Parse(System.Text.Encoding.UTF8.GetBytes("""
            runbook: test
            phases: [{ phase: all, steps: [{ id: tell, message: news }] }]
            messages: { news: { template: 'We look at {{impact}}' } }
            """), "/test.yaml");
        Assert.Contains("2:32: error BadValue: 'tell' sends a message that is a template, which nobody is there to fill in; a step's message needs 'text', with ${{ }}",
            reading.Problems.Select(p => p.ToString().Replace("/test.yaml:", "", StringComparison.Ordinal)));
    }

    private static readonly Dictionary<string, string> Parameters = new() { ["version"] = "<b>*1.0*" };

    private static Runbook Book(string? channels, string step = "required: true", string message = "when: now") => Bench.Steps(
        $"- {{ id: tell, message: news, {step} }}",
        head: $$$"""
            parameters: { version: { required: true } }
            channels:
              ops: { slack: '${{ secrets.OPS_WEBHOOK }}' }
              status: { pagerduty: '${{ secrets.STATUS_KEY }}' }
            messages:
              news: { text: 'We release ${{ params.version }} now.', {{{(channels is null ? "" : $"channels: {channels}, ")}}}{{{message}}} }
            """);

    private RunOptions Options(RunOptions options) =>
        options with { MakeChannel = ScriptedChannel.Factory(_ops, _status, _slack), Secrets = _environment.GetValueOrDefault, Attendant = _person };

    private async Task<StepResult> RunAsync(Runbook book) => Assert.Single((await _bench.RunAsync(book, Options, Parameters)).Steps);
}
