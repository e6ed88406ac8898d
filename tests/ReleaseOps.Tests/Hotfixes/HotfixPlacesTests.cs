using System.Runtime.Versioning;
using ReleaseOps.Hotfixes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Hotfixes;

/// <summary>A hotfix is judged in whatever kind of working tree it lies; where it can't be, that is said.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HotfixPlacesTests(HotfixProduct product) : IClassFixture<HotfixProduct>
{
    [NeedsProgram("git")]
    public async Task In_a_worktree_it_is_judged_as_in_the_repository()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Git("checkout", "-q", "main");
        scratch.Git("worktree", "add", "-q", "../worktree", HotfixProduct.Branch);
        scratch.Folder = scratch.PathOf("worktree");
        await ReadyAsync(scratch);
    }

    [NeedsProgram("git")]
    public async Task In_a_clone_whose_base_is_at_the_origin_alone_it_is_judged_against_that()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Git("clone", "-q", "--template=", "-b", HotfixProduct.Branch, ".", "../clone");
        scratch.Folder = scratch.PathOf("clone");
        await ReadyAsync(scratch);
    }

    [NeedsProgramTheory("git")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_base_it_says_so_and_what_to_do(bool shallow)
    {
        using var scratch = new HotfixScratch(product);
        string[] depth = shallow ? ["--depth", "1"] : ["--single-branch"];
        scratch.Git(["clone", "-q", "--template=", .. depth, "-b", HotfixProduct.Branch, $"file://{scratch.Repository}", "../clone"]);
        scratch.Folder = scratch.PathOf("clone");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => scratch.RunAsync());
        Assert.Equal(ErrorId.GitFailed, error.Id);
        Assert.StartsWith("What the hotfix changes can't be told: there is no commit main here, nor is there an origin/main; ", error.Message, StringComparison.Ordinal);
        Assert.Contains(shallow ? "git fetch --unshallow" : "fetch it", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.EvidenceRoot));
    }

    [NeedsProgram("git")]
    public async Task In_a_shallow_clone_that_has_the_base_but_not_the_way_to_it_it_says_so()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Change("docs/notes.md", "one more\n");
        scratch.Git("clone", "-q", "--template=", "--depth", "1", "--no-single-branch", "-b", HotfixProduct.Branch, $"file://{scratch.Repository}", "../clone");
        scratch.Folder = scratch.PathOf("clone");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => scratch.RunAsync());
        Assert.Contains("no common ancestor in this shallow clone; deepen it with `git fetch --unshallow`", error.Message, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task On_a_detached_head_the_name_cannot_be_judged_unless_the_pipeline_says_it()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Git("checkout", "-q", "--detach");
        await scratch.ApproveAsync();
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Equal(("branch", Verdict.Inconclusive), result.Findings.Where(IsOpen).Select(f => (f.Subject, f.Verdict)).Single());
        var variables = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_HEAD_REF"] = HotfixProduct.Branch, ["GITHUB_REF"] = "refs/pull/7/merge" };
        var inCi = await scratch.RunAsync(o => o with { Environment = variables.GetValueOrDefault });
        Assert.Equal((Decision.Go, HotfixProduct.Branch, "ARIS-12"), (inCi.Decision, inCi.Change!.Branch, inCi.Change.Ticket));
        variables["GITHUB_HEAD_REF"] = "fix";
        Assert.Equal(Decision.NoGo, (await scratch.RunAsync(o => o with { Environment = variables.GetValueOrDefault })).Decision);
    }

    [NeedsProgram("git")]
    public async Task The_pipelines_branch_is_no_name_of_a_commit_that_is_not_checked_out()
    {
        using var scratch = new HotfixScratch(product);
        var commit = scratch.Git("rev-parse", "HEAD");
        scratch.Git("checkout", "-q", "main");
        var variables = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_HEAD_REF"] = HotfixProduct.Branch };
        var result = await scratch.RunAsync(o => o with { Revision = commit, Environment = variables.GetValueOrDefault });
        Assert.Equal((Decision.Hold, ""), (result.Decision, result.Change!.Branch));
    }

    [NeedsProgram("git")]
    public async Task A_revision_that_is_not_checked_out_is_judged_but_never_ready()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Git("checkout", "-q", "main");
        HotfixOptions Asked(HotfixOptions o) => o with { Revision = HotfixProduct.Branch };
        foreach (var (role, by) in new[] { ("incident-owner", "ana"), ("release-owner", "bo") })
            await HotfixReadiness.ApproveAsync(scratch.Plan(), null, role, true, Asked(scratch.Options(by)), CancellationToken.None);
        var result = await scratch.RunAsync(Asked);
        Assert.Equal((Decision.Hold, 1, HotfixProduct.Branch), (result.Decision, result.Change!.Files, result.Change.Branch));
        Assert.Contains("is not what is checked out here", Assert.Single(result.Findings, IsOpen).Text, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task What_is_not_committed_is_named_and_decides_nothing()
    {
        using var scratch = new HotfixScratch(product);
        File.AppendAllText(Path.Join(scratch.Repository, "app/pos/sales.py"), "@router.post(\"/pos/void\")\n");
        await scratch.ApproveAsync();
        var result = await scratch.RunAsync();
        Assert.Equal((Decision.Go, "app/pos/sales.py"), (result.Decision, Assert.Single(result.Change!.Uncommitted)));
        Assert.Contains(result.Findings, f => f is { Subject: "working-tree", Required: false } && f.Text.Contains("app/pos/sales.py", StringComparison.Ordinal));
    }

    [NeedsProgram("git")]
    public async Task Something_else_that_is_checked_out_while_the_checks_run_makes_them_worth_nothing()
    {
        using var scratch = new HotfixScratch(product);
        await scratch.ApproveAsync();
        scratch.Then = id =>
        {
            if (id == "smoke")
                scratch.Git("checkout", "-q", "main");
        };
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Contains("no longer what is checked out here", Assert.Single(result.Findings, IsOpen).Text, StringComparison.Ordinal);
    }

    [NeedsProgramTheory("git")]
    [InlineData("nowhere", "HEAD", "there is no commit nowhere here, nor is there an origin/nowhere")]
    [InlineData(null, "nowhere", "there is no commit nowhere here")]
    [InlineData(null, "--output=/tmp/x", "'--output=/tmp/x' doesn't name a commit")]
    [InlineData(null, "HEAD:app", "there is no commit HEAD:app here")]
    public async Task A_revision_that_is_not_there_is_said_so(string? live, string revision, string says)
    {
        using var scratch = new HotfixScratch(product);
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => scratch.RunAsync(o => o with { Base = live, Revision = revision }));
        Assert.Equal(ErrorId.GitFailed, error.Id);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task Outside_a_repository_it_says_so()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Folder = Directory.CreateDirectory(scratch.PathOf("elsewhere")).FullName;
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => scratch.RunAsync());
        Assert.Equal(ErrorId.GitFailed, error.Id);
        Assert.Contains("not a git repository", error.Message, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task A_hotfix_that_is_live_already_is_no_hotfix()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Git("branch", "-f", "main");
        var result = await scratch.RunAsync();
        Assert.Equal(Verdict.Inconclusive, result.Findings.Single(f => f.Subject == "change").Verdict);
    }

    [NeedsProgram("git")]
    public async Task A_file_that_is_named_like_the_bases_description_does_not_stand_in_for_it()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Change("docs/openapi.json", ",\n                    \"totals\": { \"type\": \"integer\" }", "");
        var forged = Path.Join(scratch.Repository, scratch.Git("rev-parse", "main") + ":docs");
        Directory.CreateDirectory(forged);
        File.Copy(Path.Join(scratch.Repository, "docs/openapi.json"), Path.Join(forged, "openapi.json"));
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.NoGo, result.Contract!.Decision);
    }

    [NeedsProgram("git")]
    public async Task A_break_is_accepted_by_a_list_that_is_committed_and_by_no_other()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Adapt = book => book with { Hotfix = book.Hotfix! with { Contract = book.Hotfix.Contract! with { Ignore = new Template("docs/accepted.yaml", default) } } };
        scratch.Change("docs/openapi.json", ",\n                    \"totals\": { \"type\": \"integer\" }", "");
        scratch.Write("docs/accepted.yaml", "[]\n");
        scratch.Change("docs/notes.md", "x\n");
        scratch.Write("docs/accepted.yaml", "- { path: /aris3/stock, reason: nobody reads it, until: 2999-12-31, by: Ada }\n");
        Assert.Equal(Decision.NoGo, (await scratch.RunAsync()).Contract!.Decision);
        scratch.Git("commit", "-qam", "accepted");
        Assert.Equal(Decision.Go, (await scratch.RunAsync()).Contract!.Decision);
        scratch.Change("docs/accepted.yaml", null);
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.Hold, result.Contract!.Decision);
        Assert.Contains("'docs/accepted.yaml' isn't in the commit", Assert.Single(result.Findings, IsOpenContract).Text, StringComparison.Ordinal);

        static bool IsOpenContract(Finding finding) => finding.Subject == "contract" && IsOpen(finding);
    }

    private static async Task ReadyAsync(HotfixScratch scratch)
    {
        await scratch.ApproveAsync();
        var result = await scratch.RunAsync();
        Assert.DoesNotContain(result.Findings, IsOpen);
        Assert.Equal((Decision.Go, 1, HotfixProduct.Branch), (result.Decision, result.Change!.Files, result.Change.Branch));
    }

    private static bool IsOpen(Finding finding) => finding is { Required: true, Verdict: Verdict.Failed or Verdict.Inconclusive };
}
