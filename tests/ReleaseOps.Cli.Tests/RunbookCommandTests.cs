using System.Text.Json;

namespace ReleaseOps.Cli.Tests;

public sealed class RunbookCommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void List_names_what_ships_and_what_lies_in_the_folder()
    {
        _scratch.Run("runbook", "new", "my-own").With(0);
        var lines = _scratch.Run("runbook", "list").With(0).Lines;
        Assert.Contains(lines, l => l.StartsWith("aris3-go-live  ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("my-own  ", StringComparison.Ordinal) && l.EndsWith(" Release of my-own", StringComparison.Ordinal));
        Assert.Single(lines.Where(l => l.Contains("  ", StringComparison.Ordinal)).Select(l => l.LastIndexOf("  ", StringComparison.Ordinal)).Distinct());
        var names = _scratch.Run("runbook", "list", "--json").With(0).Json.EnumerateArray().Select(r => r.GetProperty("name").GetString());
        Assert.Equal(["aris3-day1-watch", "aris3-go-live", "aris3-hotfix", "aris3-integrity", "demo", "demo-rollout", "demo-watch", "m31-slo-review", "my-own", "tars-ga-day", "tars-post-ga"], names.Order());
    }

    [Fact]
    public void Show_prints_the_file_as_it_is()
    {
        var shown = _scratch.Run("runbook", "show", "demo").With(0).Out;
        Assert.EndsWith(File.ReadAllText(Path.Combine(Cli.Root, "module", "runbooks", "demo.yaml")), shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_what_is_well_and_what_is_not()
    {
        Assert.Contains("runbook 'demo', 3 phases, 7 steps: OK", _scratch.Run("runbook", "check", "demo").With(0).Out, StringComparison.Ordinal);
        _scratch.WriteSteps("- { id: a, command: ['true'], timeout: soon }");
        var problem = _scratch.Run("runbook", "check", "./r.yaml", "--json").With(2).Json[0];
        Assert.Equal("BadDuration", problem.GetProperty("id").GetString());
        Assert.Equal(5, problem.GetProperty("line").GetInt32());
        Assert.Equal(JsonValueKind.String, problem.GetProperty("hint").ValueKind);
        Assert.Contains("r.yaml:5:", _scratch.Run("runbook", "check", "./r.yaml").With(2).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void New_makes_a_runbook_that_checks_plans_and_runs()
    {
        var file = _scratch.Run("runbook", "new", "web-go-live").With(0).Out.Trim();
        Assert.Equal(Path.Combine(_scratch.Folder, "runbooks", "web-go-live.yaml"), file);
        Assert.EndsWith(": OK", _scratch.Run("runbook", "check", "web-go-live").With(0).Lines[0], StringComparison.Ordinal);
        Assert.Equal("Go-live checklist result: DRY-RUN", _scratch.Run("checklist", "web-go-live", "--dry-run").With(0).Lines[^1]);
        // Its second step asks a person, and nobody is there: that holds the release, and must not pass it.
        var held = _scratch.Run("checklist", "web-go-live", "--param", "version=1.2.3", "--json").With(3).Json;
        Assert.Equal(["Passed", "Inconclusive", "Skipped"], held.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("verdict").GetString()));
        var ran = _scratch.Run("checklist", "web-go-live", "--param", "version=1.2.3", "--step", "git-answers", "--step", "deploy").With(0);
        Assert.Equal("Go-live checklist result: PASS", ran.Lines[^1]);
    }

    [Fact]
    public void New_overwrites_nothing_and_takes_only_names()
    {
        _scratch.Run("runbook", "new", "mine").With(0);
        var before = File.ReadAllText(Path.Combine(_scratch.Folder, "runbooks", "mine.yaml"));
        _scratch.Run("runbook", "new", "mine").Refused(2, ErrorId.RunbookExists, "mine.yaml");
        Assert.Equal(before, File.ReadAllText(Path.Combine(_scratch.Folder, "runbooks", "mine.yaml")));
        _scratch.Run("runbook", "new", "../outside").Refused(2, ErrorId.BadValue, "../outside");
    }

    [Fact]
    public void Evidence_is_exported_after_it_was_held_against_its_checksums()
    {
        _scratch.WriteSteps("- { id: a, command: [dotnet, --version] }");
        var run = _scratch.Checklist("--json").With(0).Json.GetProperty("folder").GetString()!;
        _scratch.Run("evidence", "export", run, "--to", "out").With(0);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run, "report.md")), File.ReadAllBytes(Path.Combine(_scratch.Folder, "out", "report.md")));
        File.AppendAllText(Path.Combine(run, "report.md"), "all was well");
        _scratch.Run("evidence", "export", run, "--to", "other").Refused(3, ErrorId.EvidenceTampered, "report.md");
    }
}
