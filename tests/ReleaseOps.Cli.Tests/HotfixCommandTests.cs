using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ReleaseOps.Hotfixes;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests;
using ReleaseOps.Tests.Evidence;
using ReleaseOps.Tests.Hotfixes;
using ReleaseOps.Tests.Probes.Git;

namespace ReleaseOps.Cli.Tests;

/// <summary><c>releaseops hotfix</c> as somebody new to it tries it: a repository, the built-in runbook, and what the screen says to do next.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HotfixCommandTests : IClassFixture<HotfixProduct>, IDisposable
{
    private const string Secret = "postgres://aris:tr0ub4dor-and-3@db.internal/aris3";
    private const string Approve = "releaseops hotfix approve ";

    private static readonly string[] Asked =
    [
        "hotfix", "aris3-hotfix", "--class", "defect", "--severity", "P1", "--eta", "20m", "--answer", "critical-path=no", "--answer", "uncertain-cause=no",
        "--param", "previous=0.1.0-rc.2",
    ];

    private readonly Scratch _scratch = new();

    public HotfixCommandTests(HotfixProduct product)
    {
        HotfixProduct.Run("cp", "-a", product.Path + "/.", _scratch.Folder);
        // A ledger in the working tree would be no change: its folder ignores itself.
        Environment["RELEASEOPS_EVIDENCE"] = _scratch.Evidence;
    }

    private Dictionary<string, string> Environment { get; } = new();

    private string Repository => Path.Join(_scratch.Folder, "repo");

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("git", "sh")]
    public async Task From_the_first_hold_to_ready_by_doing_what_the_screen_says()
    {
        var first = Run(Asked).With(3);
        Assert.Equal("Hotfix readiness: HOLD (6 open)", first.Lines[^1]);
        var hints = first.Lines.Where(l => l.Contains(Approve, StringComparison.Ordinal)).ToList();
        Assert.Equal(["Answer as incident-owner", "Answer as incident-owner", "Answer as release-owner"], hints.Select(h => h.Split(':')[0]));
        foreach (var hint in hints.Take(2))
            Run(CommandIn(hint)).With(0);
        // One person can't be both.
        Run(CommandIn(hints[2])).With(0);
        Assert.Contains("another person must look as well", Run(Asked).With(3).Out, StringComparison.Ordinal);
        await ApproveAsync("release-owner", "bo");
        var ready = Run(Asked).With(0);
        Assert.Equal("Hotfix readiness: READY", ready.Lines[^1]);
        Assert.Contains("Current decision: patch-forward", ready.Lines);
        Assert.Contains("Ticket: ARIS-12", ready.Lines);
        AssertNoSecret();
    }

    [NeedsProgram("git", "sh")]
    public void The_screen_says_how_to_approve_what_was_asked_about()
    {
        var elsewhere = Path.Join(_scratch.Folder, "my evidence");
        string[] more = ["--param", "version=0.1.0-rc.4", "--evidence", elsewhere, "--revision", HotfixProduct.Branch, "--base", "refs/heads/main"];
        var hint = Run([.. Asked, .. more]).With(3).Lines.Last(l => l.Contains(Approve, StringComparison.Ordinal));
        Git("checkout", "-q", "main");
        var said = Run(CommandIn(hint)).With(0).Out;
        Assert.Contains($" of ARIS3 0.1.0-rc.4 at {Git("rev-parse", HotfixProduct.Branch)}; recorded.", said, StringComparison.Ordinal);
        Git("checkout", "-q", HotfixProduct.Branch);
        Assert.Contains("release-owner says GO", Run([.. Asked, .. more, "--json"]).With(3).Out, StringComparison.Ordinal);
    }

    [NeedsProgram("git", "sh")]
    public void A_broken_rule_is_a_no_with_its_file_and_line_on_the_screen_and_at_the_line_in_the_pipeline()
    {
        File.AppendAllText(Path.Join(Repository, "app/pos/sales.py"), "@router.post(\"/pos/void\")\n");
        Git("commit", "-qam", "more");
        Environment["GITHUB_ACTIONS"] = "true";
        var ended = Run(Asked).With(1);
        Assert.Contains("FAIL actions-only: Mutations go through /actions only: app/pos/sales.py:8 adds '@router.post(\"/pos/void\")'", ended.Lines);
        Assert.Contains(ended.Lines, l => l.StartsWith("::error file=app/pos/sales.py,line=8,title=actions-only%3A FAIL::", StringComparison.Ordinal));
        Assert.Equal("Hotfix readiness: NOT READY (1 blocker(s))", ended.Lines.Last(l => !l.StartsWith("::", StringComparison.Ordinal)));
    }

    [NeedsProgram("git", "sh")]
    public void The_pipelines_branch_is_judged_on_a_detached_head()
    {
        Git("checkout", "-q", "--detach");
        Assert.Contains("no branch is checked out", Run(Asked).With(3).Out, StringComparison.Ordinal);
        (Environment["GITHUB_ACTIONS"], Environment["GITHUB_HEAD_REF"]) = ("true", "fix-it");
        Assert.Contains("'fix-it' is not 'hotfix/<ticket>-<short-description>'; name it 'hotfix/<ticket>-fix-it'", Run(Asked).With(1).Out, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public void What_it_cannot_begin_is_an_error_and_not_a_trace()
    {
        Run([.. Asked, "--base", "nowhere"]).Refused(2, ErrorId.GitFailed, "there is no commit nowhere here", "--base");
        Run([.. Asked, "--revision", "nowhere"]).Refused(2, ErrorId.GitFailed, "there is no commit nowhere here");
        Run([.. Asked, "--folder", _scratch.Folder]).Refused(2, ErrorId.GitFailed, "not a git repository");
        Run([.. Asked, "--class", "rewrite"]).With(2);
        Run(["hotfix", "aris3-hotfix"]).Refused(2, ErrorId.MissingParameter, "previous");
        Run(["hotfix", "approve", "aris3-hotfix", "--role", "incident-owner", "--base", "nowhere"]).Refused(2, ErrorId.GitFailed, "nowhere");
        Run(["hotfix", "approve", "aris3-hotfix", "--role", "nobody"]).Refused(2, ErrorId.RoleMayNot, "incident-owner, release-owner");
        Environment["DATABASE_URL"] = "";
        Run(Asked).Refused(2, ErrorId.MissingSecret, "DATABASE_URL");
        Assert.False(Directory.Exists(_scratch.Evidence));
    }

    [NeedsProgram("git", "sh")]
    public void Names_and_lines_of_a_change_say_nothing_to_a_terminal_or_a_pipeline()
    {
        const string hostile = "\n::error::forged\r##vso[task.complete]\u001b[2J<b>|`x`";
        Directory.CreateDirectory(Path.Join(Repository, "app/pos"));
        File.WriteAllText(Path.Join(Repository, $"app/pos/{hostile}.py"), $"@router.post(\"/x\") {hostile[1..]}\n@router.post(\"/y\") ::error::forged\n");
        File.WriteAllText(Path.Join(Repository, "docs/openapi.json"), HotfixProduct.OpenApi.Replace("\"totals\": {", "\"::error::forged ##vso[x]|`\": {", StringComparison.Ordinal));
        Git("add", "-A");
        Git("commit", "-q", "-m", "more");
        Git("branch", "-m", "fix/`##vso[x]|<b>`".Replace("[", "(", StringComparison.Ordinal));
        foreach (var (name, value) in new[] { ("GITHUB_ACTIONS", "true"), ("TF_BUILD", "True") })
        {
            Environment.Clear();
            (Environment["RELEASEOPS_EVIDENCE"], Environment[name]) = (_scratch.Evidence, value);
            var ended = Run([.. Asked, "--title", hostile, "--impact", hostile, "--scope", hostile, "--tag", hostile]).With(1);
            // GitHub says our own first; Azure's own begin with its mark, and none is in the middle of a line.
            Assert.All(ended.Out.Split('\n', '\r').Where(Runners.ListenTo), line => Assert.Matches(@"^(::(error|warning) |##vso\[task\.(logissue type=(error|warning);|uploadsummary\]/))", line));
            Assert.DoesNotContain(ended.Out, c => char.IsControl(c) && c != '\n');
        }
    }

    [NeedsProgram("git", "sh", "env", "kill")]
    public void Interrupted_it_leaves_no_process_and_is_simply_asked_again()
    {
        _scratch.Write("wait", "");
        using (var run = Start(Asked))
        {
            Scratch.Await(() => File.Exists(Path.Join(_scratch.Folder, "calls")), "a check has begun");
            run.Signal("INT");
            var ended = run.End(TimeSpan.FromSeconds(30)).With(130);
            Assert.Contains("Hotfix readiness: INTERRUPTED", ended.Out, StringComparison.Ordinal);
        }
        _scratch.AwaitNoProcess();
        File.Delete(Path.Join(_scratch.Folder, "wait"));
        Assert.Equal("Hotfix readiness: HOLD (6 open)", Run(Asked).With(3).Lines[^1]);
        AssertNoSecret();
    }

    [NeedsProgram("git", "sh", "env", "kill")]
    public void Two_at_once_on_one_release_the_second_is_told_who_holds_it()
    {
        _scratch.Write("wait", "");
        using (var run = Start(Asked))
        {
            Scratch.Await(() => File.Exists(Path.Join(_scratch.Folder, "calls")), "a check has begun");
            Run(Asked).Refused(3, ErrorId.LedgerHeld, System.Environment.UserName);
            // A word to it is no second run.
            Assert.Contains("sent to the run that holds the release", Run(["hotfix", "approve", "aris3-hotfix", "--role", "incident-owner"]).With(0).Out, StringComparison.Ordinal);
            run.Signal("KILL");
            run.End(TimeSpan.FromSeconds(30));
        }
        _scratch.AwaitNoProcess();
        File.Delete(Path.Join(_scratch.Folder, "wait"));
        Assert.Contains("HOLD (5 open)", Run(Asked).With(3).Lines[^1], StringComparison.Ordinal);
    }

    [NeedsProgram("git", "sh")]
    public void Json_is_one_document_as_its_schema_says()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Join(Cli.Root, "module/schema/hotfix-result.schema.json")))!.AsObject();
        Assert.Empty(new SmallSchema(schema).Check(JsonNode.Parse(Run([.. Asked, "--json"]).With(3).Out)));
        Assert.Empty(new SmallSchema(schema).Check(JsonNode.Parse(Run([.. Asked, "--json", "--dry-run"]).With(0).Out)));
        var result = Directory.EnumerateFiles(_scratch.Evidence, "result.json", SearchOption.AllDirectories).Single();
        Assert.Empty(new SmallSchema(schema).Check(JsonNode.Parse(File.ReadAllText(result))));
    }

    private Dictionary<string, string> All() => new(Environment.Concat(_scratch.Environment))
    {
        ["PATH"] = $"{_scratch.Folder}/bin:{System.Environment.GetEnvironmentVariable("PATH")}",
        ["DATABASE_URL"] = Environment.GetValueOrDefault("DATABASE_URL", Secret),
    };

    private Ended Run(string[] arguments)
    {
        var ended = Cli.Run(Repository, [Cli.Program, .. arguments], All());
        Assert.DoesNotContain("tr0ub4dor", ended.Out + ended.Error, StringComparison.Ordinal);
        return ended;
    }

    private Running Start(string[] arguments) => Cli.Start(Repository, ["env", "--default-signal=INT,TERM,HUP", Cli.Program, .. arguments], All());

    /// <summary>The command of a line of the screen, as a shell takes it apart.</summary>
    private static string[] CommandIn(string line)
    {
        var command = line[(line.IndexOf("releaseops ", StringComparison.Ordinal) + "releaseops ".Length)..];
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"printf '%s\\n' {command}"]) { RedirectStandardOutput = true })!;
        return shell.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
    }

    /// <summary>Somebody else's word: the command's actor is whoever is logged in.</summary>
    private Task<HotfixApproval> ApproveAsync(string role, string by) => HotfixReadiness.ApproveAsync(
        HotfixReadiness.Plan(RunbookReader.Load(Path.Join(Cli.Root, "module/runbooks/aris3-hotfix.yaml")), new Dictionary<string, string>()), null, role, true,
        new HotfixOptions(new RunOptions { Folder = Repository, EvidenceRoot = _scratch.Evidence, Actor = by }), CancellationToken.None);

    private void AssertNoSecret() => Assert.All(Directory.EnumerateFiles(_scratch.Evidence, "*", SearchOption.AllDirectories),
        file => Assert.DoesNotContain("tr0ub4dor", File.ReadAllText(file), StringComparison.Ordinal));

    private string Git(params string[] arguments) => GitRepository.GitIn(Repository, null, arguments);
}
