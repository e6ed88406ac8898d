using System.Runtime.Versioning;
using ReleaseOps.Hotfixes;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Hotfixes;

/// <summary>Each rule of the hotfix safety protocol, broken once: the built-in runbook, real git, real processes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HotfixProtocolTests(HotfixProduct product) : IClassFixture<HotfixProduct>
{
    /// <summary>One way to break the protocol.</summary>
    /// <param name="Break">Breaks it.</param>
    /// <param name="Decision">What it comes to.</param>
    /// <param name="Subject">Whose finding says so.</param>
    /// <param name="Says">What the finding says, in parts.</param>
    private sealed record Broken(Action<HotfixScratch> Break, Decision Decision, string Subject, params string[] Says)
    {
        /// <summary>What is asked instead.</summary>
        public Func<HotfixOptions, HotfixOptions> Asked { get; init; } = o => o;

        /// <summary>The end of where the finding says that it stands; null for no place.</summary>
        public string? Source { get; init; }

        /// <summary>The other things that fail by it, where there are any.</summary>
        public string[] AlsoBad { get; init; } = [];

        public HotfixWay? Way { get; init; } = HotfixWay.PatchForward;
    }

    private const string Migration = "revision = '0002'\n\n\ndef upgrade():\n    op.drop_column('stock', 'pending')\n";

    private static readonly Dictionary<string, Broken> Cases = new()
    {
        ["the API's contract"] = new(
            s => s.Change("docs/openapi.json", ",\n                    \"totals\": { \"type\": \"integer\" }", ""), Decision.NoGo, "contract", "GET /aris3/stock", "totals")
        { Source = "docs/openapi.json:12:27" },
        ["a route past /actions"] = new(
            s => s.Change("app/pos/sales.py", "    return answer(key)", "    return answer(key)\n\n\n@router.post(\"/pos/void\")"), Decision.NoGo, "actions-only",
            "Mutations go through /actions only: app/pos/sales.py:10 adds '@router.post(\"/pos/void\")'")
        { Source = "app/pos/sales.py:10" },
        ["idempotency taken away"] = new(
            s => s.Change("app/pos/sales.py", "    key = require_idempotency_key(request)\n    return answer(key)", "    return answer(request)"), Decision.NoGo, "idempotency-stays",
            "Idempotency protections stay: app/pos/sales.py:6 removes 'key = require_idempotency_key(request)'")
        { Source = "app/pos/sales.py:6" },
        ["a schema without a way back"] = new(
            s => s.Change("alembic/versions/0002_fix.py", Migration), Decision.NoGo, "schema-way-back", "A schema change has a way back", "alembic/versions/0002_fix.py")
        { Source = "alembic/versions/0002_fix.py" },
        ["no class"] = new(_ => { }, Decision.Hold, "class", "nobody has declared", "defect, configuration, correctness, observability") { Asked = o => o with { Class = null } },
        ["a class whose paths are left"] = new(
            _ => { }, Decision.NoGo, "class", "app/stock/totals.py is not what a change of class 'configuration' touches")
        { Asked = o => o with { Class = "configuration" }, Source = "app/stock/totals.py" },
        ["the branch's name"] = new(
            s => s.Git("branch", "-m", "fix/aris-12_Stock_total"), Decision.NoGo, "branch", "'fix/aris-12_Stock_total'", "name it 'hotfix/ARIS-12-fix-stock-total'"),
        ["the branch of another ticket"] = new(
            _ => { }, Decision.NoGo, "branch", "speaks of ARIS-12", "name it 'hotfix/ARIS-13-stock-total'")
        { Asked = o => o with { Ticket = "ARIS-13", Title = "Hotfix: ARIS-13 totals" } },
        ["the pull request's title"] = new(
            _ => { }, Decision.NoGo, "pull-request", "'Fix stock totals (ARIS-12)'", "name it 'Hotfix: ARIS-12 Fix stock totals")
        { Asked = o => o with { Title = "Fix stock totals (ARIS-12)" } },
        ["the tag to come"] = new(
            _ => { }, Decision.NoGo, "tag", "'v0.1.0-hotfix2'", "name it '0.1.0-rc.3+hotfix.2'")
        { Asked = o => o with { Tag = "v0.1.0-hotfix2" } },
        ["the tag that is there"] = new(s => s.Git("tag", "hotfix-1"), Decision.NoGo, "tag", "'hotfix-1'", "name it '0.1.0-rc.3+hotfix.1'"),
        ["smoke fails"] = new(s => s.Fail("tests/smoke"), Decision.NoGo, "smoke", "1"),
        ["smoke finds no test"] = new(s => s.Fail("tests/smoke", 5), Decision.Hold, "smoke"),
        ["the data's integrity fails"] = new(
            s => s.Fail("post_go_live_integrity_check.py --strict"), Decision.NoGo, "data-integrity", "go back first: Data integrity risk is non-trivial", "'integrity' failed")
        { AlsoBad = ["integrity"], Way = HotfixWay.RollbackFirst },
        ["the touched domain's regression fails"] = new(s => s.Fail("tests/regression/stock"), Decision.NoGo, "regression:stock"),
        ["another domain's regression, for a path in none"] = new(
            s =>
            {
                s.Change("app/core/db.py", "POOL = 6\n");
                s.Fail("tests/regression/rbac");
            }, Decision.NoGo, "regression:rbac"),
        ["no release to go back to"] = new(s => s.Parameters["previous"] = "0.1.0-rc.1", Decision.NoGo, "rollback:release"),
        ["the rollback's dry run fails"] = new(s => File.WriteAllText(s.PathOf("deploy-fails"), ""), Decision.NoGo, "rollback:dry-run"),
        ["the protocol is missing"] = new(s => s.Change("docs/hotfix-safety-protocol.md", null), Decision.NoGo, "file:protocol"),
        ["the smoke test is missing"] = new(s => s.Change("tests/smoke/test_post_go_live_stability.py", null), Decision.NoGo, "file:smoke"),
        // A check that isn't there says nothing of the data: that is no reason to go back.
        ["the integrity check is missing"] = new(s => s.Change("scripts/post_go_live_integrity_check.py", null), Decision.NoGo, "file:integrity")
        { AlsoBad = ["data-integrity"], Way = null },
        ["the API's description is missing"] = new(s => s.Change("docs/openapi.json", null), Decision.Hold, "contract", "can't be compared"),
        ["the critical path is down"] = Back("critical-path", "Customer-critical path remains unavailable", o => o with { Answers = new Dictionary<string, bool>(o.Answers) { ["critical-path"] = true } }),
        ["the cause is uncertain"] = Back("uncertain-cause", "Root cause is uncertain", o => o with { Answers = new Dictionary<string, bool>(o.Answers) { ["uncertain-cause"] = true } }),
        ["nobody says how long it takes"] = new(_ => { }, Decision.Hold, "too-late", "give --eta") { Asked = o => o with { Eta = null }, Way = null },
        ["nobody says how bad it is"] = new(_ => { }, Decision.Hold, "too-late", "give --severity", "P0, P1, P2") { Asked = o => o with { Severity = null }, Way = null },
        ["nobody says whether the critical path is down"] = new(
            _ => { }, Decision.Hold, "critical-path", "Answer by --answer critical-path=yes or =no")
        { Asked = o => o with { Run = o.Run with { Attendant = new OnlyAbout("scope:") }, Answers = new Dictionary<string, bool> { ["uncertain-cause"] = false } }, Way = null },
        ["it takes too long"] = Back("too-late", "the hotfix takes 2h, P1 is to be mitigated within 1h", o => o with { Eta = TimeSpan.FromHours(2) }),
    };

    public static TheoryData<string> Names { get; } = new(Cases.Keys);

    [NeedsProgram("git")]
    public async Task A_clean_hotfix_is_ready_once_its_people_have_spoken()
    {
        using var scratch = new HotfixScratch(product) { Person = null };
        var first = await scratch.RunAsync();
        Assert.Equal(
            ["Inconclusive scope:frozen-rules", "Inconclusive scope:no-new-feature", "Inconclusive scope:customer-impact", "Inconclusive scope:stock",
                "Inconclusive incident-owner", "Inconclusive release-owner"], Bad(first));
        Assert.Equal(Decision.Hold, first.Decision);
        foreach (var (role, steps) in HotfixAsks.Of(first))
            foreach (var step in steps.Cast<string?>().DefaultIfEmpty())
                await scratch.ApproveAsync(role, role == "release-owner" ? "bo" : "ana", step: step);
        var second = await scratch.RunAsync();
        Assert.Empty(Bad(second));
        Assert.Equal((Decision.Go, true, HotfixWay.PatchForward, "Hotfix readiness: READY"), (second.Decision, second.Ready, second.Way, second.Summary));
        Assert.Equal(
            ["pytest -q tests/smoke/test_post_go_live_stability.py", "python scripts/post_go_live_integrity_check.py --strict", "pytest -q tests/regression/stock"],
            scratch.Calls.TakeLast(3));
    }

    [NeedsProgramTheory("git")]
    [MemberData(nameof(Names))]
    public async Task Broken_once_it_is_not_ready(string name)
    {
        var broken = Cases[name];
        using var scratch = new HotfixScratch(product);
        broken.Break(scratch);
        await scratch.ApproveAsync();
        var result = await scratch.RunAsync(broken.Asked);
        var findings = result.Findings.Where(f => f.Subject == broken.Subject && f.Required && f.Verdict != Verdict.Passed).ToList();
        Assert.True(findings.Count == 1, $"{broken.Subject} has {findings.Count}; bad are: {string.Join(", ", Bad(result))}");
        var finding = findings[0];
        Assert.Equal(broken.Decision == Decision.NoGo ? Verdict.Failed : Verdict.Inconclusive, finding.Verdict);
        Assert.All(broken.Says, part => Assert.Contains(part, finding.Text, StringComparison.Ordinal));
        if (broken.Source is { } source)
            Assert.EndsWith(source, finding.Source, StringComparison.Ordinal);
        Assert.Equal([broken.Subject, .. broken.AlsoBad], result.Findings.Where(IsBad).Select(f => f.Subject).Distinct().OrderBy(s => s != broken.Subject));
        Assert.Equal((broken.Decision, broken.Way), (result.Decision, result.Way));
    }

    /// <summary>Somebody who says yes to what begins so, and nothing else.</summary>
    private sealed class OnlyAbout(string start) : IAttendant
    {
        public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation) => Task.FromResult(
            question.Step.StartsWith(start, StringComparison.Ordinal) ? new Attestation(true, "ana", question.Role, DateTimeOffset.UnixEpoch) : null);
    }

    private static Broken Back(string condition, string says, Func<HotfixOptions, HotfixOptions> asked) =>
        new(_ => { }, Decision.NoGo, condition, "go back first", says) { Asked = asked, Way = HotfixWay.RollbackFirst };

    private static IEnumerable<string> Bad(HotfixResult result) => result.Findings.Where(IsBad).Select(f => $"{f.Verdict} {f.Subject}");

    private static bool IsBad(Finding finding) => finding.Required && finding.Verdict is not (Verdict.Passed or Verdict.Skipped);
}
