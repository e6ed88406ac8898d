namespace ReleaseOps.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Help_names_the_program_and_its_commands()
    {
        var help = _scratch.Run("--help").With(0).Out;
        Assert.Contains("  releaseops [command] [options]", help, StringComparison.Ordinal);
        Assert.All(
            ["checklist", "rollout", "watch", "hotfix", "contract", "review", "runbook", "criterion", "evidence", "demo"],
            c => Assert.Contains($"\n  {c} ", help, StringComparison.Ordinal));
        Assert.Contains("  releaseops checklist <runbook> [options]", _scratch.Run("checklist", "--help").With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_a_version() => Assert.Matches(@"^\d+\.\d+\.\d+\S*$", _scratch.Run("--version").With(0).Out.Trim());

    [Theory]
    [InlineData("releaseops --help")]
    [InlineData("releaseops --help", "no-such-command")]
    [InlineData("releaseops checklist --help", "checklist")]
    [InlineData("releaseops checklist --help", "checklist", "demo", "--no-such-option")]
    [InlineData("releaseops checklist --help", "checklist", "demo", "--parallel", "0")]
    [InlineData("releaseops checklist --help", "checklist", "demo", "--parallel", "many")]
    [InlineData("releaseops checklist --help", "checklist", "demo", "--resume", "--abandon")]
    [InlineData("releaseops checklist --help", "checklist", "demo", "--folder", "")]
    [InlineData("releaseops checklist --help", "checklist", "demo", "--evidence", "")]
    [InlineData("releaseops runbook new --help", "runbook", "new", "mine", "--folder", "")]
    [InlineData("releaseops evidence export --help", "evidence", "export", "", "--to", "out")]
    [InlineData("releaseops criterion --help", "criterion", "true", "--with", "")]
    [InlineData("releaseops demo --help", "demo", "--fault", "gremlins")]
    [InlineData("releaseops runbook --help", "runbook")]
    [InlineData("releaseops hotfix --help", "hotfix")]
    [InlineData("releaseops hotfix --help", "hotfix", "aris3-hotfix", "--eta", "soon")]
    [InlineData("releaseops hotfix --help", "hotfix", "aris3-hotfix", "--base", "")]
    [InlineData("releaseops hotfix --help", "hotfix", "aris3-hotfix", "--revision", "")]
    [InlineData("releaseops hotfix approve --help", "hotfix", "approve", "aris3-hotfix")]
    [InlineData("releaseops hotfix approve --help", "hotfix", "aris3-hotfix", "approve", "--role", "incident-owner")]
    [InlineData("releaseops contract --help", "contract")]
    [InlineData("releaseops contract --help", "contract", "v1.yaml")]
    [InlineData("releaseops contract --help", "contract", "", "v2.yaml")]
    [InlineData("releaseops contract --help", "contract", "v1.yaml", "v2.yaml", "v3.yaml")]
    [InlineData("releaseops contract --help", "contract", "v1.yaml", "v2.yaml", "--fail-on", "errors")]
    [InlineData("releaseops contract --help", "contract", "v1.yaml", "v2.yaml", "--ignore", "")]
    public void Wrong_usage_ends_with_2_and_says_where_help_is(string help, params string[] arguments)
    {
        var ended = _scratch.Run(arguments).With(2);
        Assert.Empty(ended.Out);
        Assert.StartsWith("releaseops: ", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Try: {help}\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named_once() => Assert.Equal(
        "releaseops: 'contract' needs <base> and <revision>.\nTry: releaseops contract --help\n", _scratch.Run("contract").With(2).Error);

    [Fact]
    public void A_runbook_that_stands_before_the_word_is_put_behind_it() => Assert.Contains(
        "\nWrite: releaseops hotfix approve aris3-hotfix\n", _scratch.Run("hotfix", "aris3-hotfix", "approve").With(2).Error,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(ErrorId.NothingToRun, "demo", "--dry-run")]
    [InlineData(ErrorId.RunbookNotFound, "nowhere")]
    [InlineData(ErrorId.MissingParameter, "aris3-hotfix")]
    [InlineData(ErrorId.Usage, "aris3-hotfix", "--class", "feature")]
    [InlineData(ErrorId.Usage, "aris3-hotfix", "--severity", "P9")]
    [InlineData(ErrorId.Usage, "aris3-hotfix", "--answer", "critical-path")]
    [InlineData(ErrorId.Usage, "aris3-hotfix", "--answer", "too-late=no")]
    public void A_hotfix_that_is_asked_about_wrongly_is_refused(ErrorId id, params string[] arguments) =>
        _scratch.Run(["hotfix", .. arguments]).Refused(2, id);

    [Theory]
    [InlineData(ErrorId.FileUnreadable, "nowhere.yaml")]
    [InlineData(ErrorId.GitFailed, "main:openapi.yaml")]
    [InlineData(ErrorId.BadDocument, "r.txt")]
    public void An_API_description_that_can_not_be_read_is_named(ErrorId id, string name)
    {
        _scratch.Write("r.txt", "not: [an API\n");
        _scratch.Run("contract", name, name).Refused(2, id, name);
    }

    [Theory]
    [InlineData(ErrorId.UnknownPhase, "--phase", "nowhere")]
    [InlineData(ErrorId.UnknownStep, "--step", "nothing")]
    public void A_phase_or_step_that_is_not_there_is_named(ErrorId id, string option, string name) =>
        _scratch.Run("checklist", "demo", "--dry-run", option, name).Refused(2, id, name);

    [Fact]
    public void What_this_version_can_not_run_is_said_before_anything_is_done()
    {
        _scratch.Run("checklist", "aris3-go-live", "--phase", "deploy", "--param", "previous=1", "--param", "host=h", "--param",
            "backup_name=pre_go_live_20260101_0000", "--param", "manifest=m", "--param", "decision_owner=o").Refused(2, ErrorId.IsRollout, "deploy");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Folder));
    }
}
