using ReleaseOps.Cli.Commands;

namespace ReleaseOps.Cli.Tests;

public sealed class WatchUsageTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Help_says_what_can_be_told_to_a_watch_and_how_it_exits()
    {
        var help = _scratch.Run("watch", "--help").With(0).Out;
        Assert.All(
            ["status", "acknowledge", "mitigate", "resolve", "open", "triage", "review", "confirm", "accept", "commander", "stop"],
            word => Assert.Contains($"\n  {word} ", help, StringComparison.Ordinal));
        Assert.Contains("with --once, while it goes on, 0 unless it is NO-GO so far", help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_takes_its_own_arguments_only_and_its_help_shows_no_others()
    {
        Assert.Contains("releaseops watch acknowledge <runbook> <incident> [options]", _scratch.Run("watch", "acknowledge", "--help").With(0).Out, StringComparison.Ordinal);
        Assert.Contains("releaseops rollout pause <runbook> [options]", _scratch.Run("rollout", "pause", "--help").With(0).Out, StringComparison.Ordinal);
        Assert.Contains("releaseops watch <runbook> ", _scratch.Run("watch", "--help").With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_behind_the_runbook_is_told_where_it_belongs() =>
        Assert.Contains("\nWrite: releaseops watch status shop.yaml\n", _scratch.Run("watch", "shop.yaml", "status").With(2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--once and --resume don't go together", "--once", "--resume")]
    [InlineData("--once and --abandon don't go together", "--once", "--abandon")]
    [InlineData("--once and --dry-run don't go together", "--once", "--dry-run")]
    [InlineData("--resume and --abandon don't go together", "--resume", "--abandon")]
    [InlineData("--once and --replay don't go together", "--once", "--replay", "-24h..now")]
    [InlineData("--t0 and --resume don't go together", "--t0", "2026-12-01T10:00Z", "--resume")]
    [InlineData("--commander and --replay don't go together", "--commander", "alice", "--replay", "-24h..now")]
    [InlineData("--t0 '2026-12-01' is no moment", "--t0", "2026-12-01")]
    [InlineData("--replay 'yesterday' is no moment", "--replay", "yesterday..now")]
    [InlineData("--replay '-24h' is not FROM..TO", "--replay", "-24h")]
    [InlineData("--replay 'now..-24h' ends before it begins", "--replay", "now..-24h")]
    public void Options_that_make_no_sense_are_refused_in_a_sentence(string sentence, params string[] options)
    {
        var ended = _scratch.Run(["watch", "demo", .. options]).With(2);
        Assert.Empty(ended.Out);
        Assert.StartsWith("releaseops: " + sentence, ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("Try: releaseops watch --help\n", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'--text' is required", "mitigate", "demo", "INC-1")]
    [InlineData("'--text' is required", "triage", "demo", "INC-1", "--severity", "SEV1")]
    [InlineData("'--text' is required", "stop", "demo")]
    [InlineData("'--severity' is required", "open", "demo", "--text", "exports are empty")]
    [InlineData("'--role' is required", "accept", "demo")]
    [InlineData("'acknowledge' needs <incident>", "acknowledge", "demo")]
    public void A_word_that_lacks_what_it_needs_is_not_said(string sentence, params string[] word)
    {
        var ended = _scratch.Run(["watch", .. word]).With(2);
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Try: releaseops watch {word[0]} --help\n", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-24h..now", "2026-12-01T10:00Z", "2026-12-02T10:00Z")]
    [InlineData("-1d12h..-90m", "2026-11-30T22:00Z", "2026-12-02T08:30Z")]
    [InlineData("2026-12-01T10:00..2026-12-01T10:00:30Z", "2026-12-01T10:00Z", "2026-12-01T10:00:30Z")]
    [InlineData("2026-12-01T10:00+02:00..2026-12-02", "2026-12-01T08:00Z", "2026-12-02T00:00Z")]
    public void A_span_is_two_moments_in_UTC(string text, string from, string to)
    {
        var (span, problem) = Moment.ParseSpan(text, Now);
        Assert.Null(problem);
        Assert.Equal((DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(to, null)), span);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (span.From.Offset, span.To.Offset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("now..now")]
    [InlineData("-24h..now..now")]
    [InlineData("24h..now")]
    [InlineData("-24..now")]
    [InlineData("01/12/2026..now")]
    [InlineData("2026-12-01 10:00..now")]
    public void What_is_no_span_has_a_sentence_that_says_so(string text) => Assert.EndsWith(".", Moment.ParseSpan(text, Now).Problem, StringComparison.Ordinal);
}
