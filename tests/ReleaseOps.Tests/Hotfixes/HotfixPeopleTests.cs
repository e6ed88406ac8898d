using System.Runtime.Versioning;
using ReleaseOps.Hotfixes;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Hotfixes;

/// <summary>What people say of a hotfix, and what their words are worth.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HotfixPeopleTests(HotfixProduct product) : IClassFixture<HotfixProduct>
{
    private const string Migration = "def upgrade():\n    op.add_column('stock', 'note')\n\n\ndef downgrade():\n    op.drop_column('stock', 'note')\n";

    [NeedsProgram("git")]
    public async Task One_approval_is_not_two()
    {
        using var scratch = new HotfixScratch(product);
        await scratch.ApproveAsync("incident-owner", "ana");
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Equal("release-owner hasn't voted", Assert.Single(result.Findings, IsOpen).Text);
    }

    [NeedsProgram("git")]
    public async Task One_person_is_not_two()
    {
        using var scratch = new HotfixScratch(product);
        await scratch.ApproveAsync("incident-owner", "ana");
        await scratch.ApproveAsync("release-owner", "ana");
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Equal("ana approved as incident-owner and as release-owner: another person must look as well", Assert.Single(result.Findings, IsOpen).Text);
        await scratch.ApproveAsync("release-owner", "bo");
        Assert.Equal(Decision.Go, (await scratch.RunAsync()).Decision);
    }

    [NeedsProgram("git")]
    public async Task Another_commit_voids_what_was_said_of_this_one()
    {
        using var scratch = new HotfixScratch(product) { Person = null };
        await scratch.ApproveAsync();
        await scratch.ApproveAsync("incident-owner", "ana", step: "scope:frozen-rules");
        var commit = scratch.Git("rev-parse", "HEAD");
        scratch.Change("docs/notes.md", "one more\n");
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Equal(2, result.Approvals!.Findings.Count(f => f.Text.Contains("void", StringComparison.Ordinal)));
        Assert.Superset(new HashSet<string> { "incident-owner", "release-owner", "scope:frozen-rules" }, result.Findings.Where(IsOpen).Select(f => f.Subject).ToHashSet());
        // What was said stays true of what it was said of.
        scratch.Git("reset", "-q", "--hard", commit);
        var before = await scratch.RunAsync();
        Assert.Equal(Decision.Go, before.Approvals!.Decision);
        Assert.Equal(Verdict.Passed, before.Steps.Single(s => s.Id == "scope:frozen-rules").Verdict);
    }

    [NeedsProgram("git")]
    public async Task Who_refuses_has_the_last_word()
    {
        using var scratch = new HotfixScratch(product);
        await scratch.ApproveAsync();
        await scratch.ApproveAsync("release-owner", "bo", given: false);
        var result = await scratch.RunAsync();
        Assert.Equal(Decision.NoGo, result.Decision);
        Assert.StartsWith("release-owner says NO-GO, bo at ", Assert.Single(result.Findings, f => f.Verdict == Verdict.Failed).Text, StringComparison.Ordinal);
    }

    [NeedsProgramTheory("git")]
    [InlineData(null, Decision.Hold, Verdict.Inconclusive)]
    [InlineData(false, Decision.NoGo, Verdict.Failed)]
    [InlineData(true, Decision.Go, Verdict.Passed)]
    public async Task A_schema_change_is_confirmed_by_a_person(bool? confirmed, Decision decision, Verdict verdict)
    {
        using var scratch = new HotfixScratch(product);
        scratch.Change("alembic/versions/0002_note.py", Migration);
        await scratch.ApproveAsync();
        if (confirmed is { } given)
            await scratch.ApproveAsync("release-owner", "bo", given, "scope:backward-compatible");
        // Whoever is here answers all but the one thing.
        var result = await scratch.RunAsync(o => o with { Run = o.Run with { Attendant = new AllBut("scope:backward-compatible") } });
        Assert.Equal((decision, verdict), (result.Decision!.Value, result.Steps.Single(s => s.Id == "scope:backward-compatible").Verdict));
        Assert.All(result.Findings.Where(IsOpen), f => Assert.Equal("scope:backward-compatible", f.Subject));
        Assert.Contains("alembic heads", scratch.Calls);
    }

    [NeedsProgramTheory("git")]
    [InlineData("app/stock/totals.py", "def total(): pass\n", "stock")]
    [InlineData("app/pos/new.py", "x = 1\n", "pos stock")]
    [InlineData("docs/notes.md", "x\n", "stock")]
    [InlineData("app/core/db.py", "POOL = 6\n", "pos rbac stock transfers")]
    public async Task Only_the_touched_domains_are_tried_and_all_where_nobody_can_say(string path, string text, string domains)
    {
        using var scratch = new HotfixScratch(product);
        scratch.Change(path, text);
        await scratch.RunAsync();
        const string regression = "pytest -q tests/regression/";
        Assert.Equal(domains, string.Join(' ', scratch.Calls.Where(c => c.StartsWith(regression, StringComparison.Ordinal)).Select(c => c[regression.Length..]).Order()));
    }

    [NeedsProgram("git")]
    public async Task Whoever_approves_needs_no_secret_and_no_value_that_only_a_check_needs()
    {
        using var scratch = new HotfixScratch(product);
        scratch.Parameters.Clear();
        var options = scratch.Options("bo");
        var said = await HotfixReadiness.ApproveAsync(
            scratch.Plan(), null, "release-owner", true, options with { Run = options.Run with { Secrets = _ => null } }, CancellationToken.None);
        Assert.Equal(scratch.Git("rev-parse", "HEAD"), said.Commit);
        scratch.Parameters["previous"] = "0.1.0-rc.2";
        Assert.Contains((await scratch.RunAsync()).Approvals!.Findings, f => f is { Subject: "release-owner", Verdict: Verdict.Passed });
    }

    private static bool IsOpen(Finding finding) => finding is { Required: true, Verdict: Verdict.Failed or Verdict.Inconclusive };

    private sealed class AllBut(string subject) : IAttendant
    {
        public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation) =>
            Task.FromResult(question.Step == subject ? null : new Attestation(true, "ana", question.Role, DateTimeOffset.UnixEpoch));
    }
}
