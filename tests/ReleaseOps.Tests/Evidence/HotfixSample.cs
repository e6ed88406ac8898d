using ReleaseOps.Contracts;
using ReleaseOps.Gates;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.Tests.Evidence;

/// <summary>One fixed result of a hotfix that isn't ready, with everything in it that one can have.</summary>
internal static class HotfixSample
{
    private const string Base = "22cc492856aba0eda606a7b3cffb157dea08b2ff";
    private const string Commit = "5e81ecd9cb512e105d538b7171ade44d2a3d8f16";

    public static ContractResult Contract { get; } = new()
    {
        Decision = Decision.NoGo,
        Base = Base + ":docs/openapi.json",
        Revision = Commit + ":docs/openapi.json",
        Changes =
        [
            new("response-required-property-removed", ChangeLevel.Breaking, "Response 200: property 'totals' is gone")
            {
                Method = "GET",
                Path = "/aris3/stock",
                OperationId = "stock",
                Base = new ContractPlace(Base + ":docs/openapi.json", 18, 31),
                Revision = new ContractPlace(Commit + ":docs/openapi.json", 12, 27),
            },
            new("api-tag-added", ChangeLevel.Info, "Tag 'stock' is new") { Method = "GET", Path = "/aris3/stock" },
        ],
        Ignored = [new(new("api-removed-without-deprecation", ChangeLevel.Breaking, "It is gone") { Method = "GET", Path = "/old" }, "nobody calls it", new DateOnly(2026, 6, 1))],
        Findings = [new(Commit + ":docs/openapi.json", Verdict.Inconclusive, "docs/openapi.json:40:7: './rows.json' can't be read") { Source = Commit + ":docs/openapi.json:40:7", Reason = ErrorId.GitFailed }],
    };

    public static HotfixResult Result { get; } = Made();

    public static HotfixResult DryRun { get; } = HotfixReadiness.DryRun(Sample.Plan, "ana", TimeProvider.System) with { StartedAt = Sample.Result.StartedAt };

    private static HotfixResult Made()
    {
        var result = new HotfixResult
        {
            Run = Sample.Result.Run,
            Runbook = "aris3-hotfix",
            Title = "ARIS3 hotfix safety protocol",
            Release = Sample.Plan.Release,
            Actor = "ana",
            StartedAt = Sample.Result.StartedAt,
            Elapsed = TimeSpan.FromSeconds(12.5),
            Plan = Sample.Plan,
            Folder = null,
            Decision = Decision.NoGo,
            Way = HotfixWay.RollbackFirst,
            Change = new HotfixChange(Commit, Base)
            {
                Branch = "hotfix/ARIS-12-stock-total",
                Ticket = "ARIS-12",
                Class = "defect",
                Severity = "P1",
                Files = 2,
                Added = 3,
                Removed = 1,
                Domains = ["pos", "stock"],
                Uncommitted = ["notes.txt"],
            },
            Eligibility =
            [
                new("class", Verdict.Passed, "defect: Critical P0/P1 defect fix with clear customer impact"),
                new("actions-only", Verdict.Failed, "Mutations go through /actions only: app/pos/sales.py:10 adds '@router.post(\"/pos/void\")'") { Source = "app/pos/sales.py:10" },
                new("schema-way-back", Verdict.Inconclusive, "A schema change has a way back: alembic/versions/2.py its text can't be told") { Source = "alembic/versions/2.py" },
                new("working-tree", Verdict.Skipped, "1 path is not committed: not judged, and seen by the checks all the same: notes.txt") { Required = false },
            ],
            Naming = [new("branch", Verdict.Passed, "it is so named") { Condition = "hotfix/<ticket>-<short-description>", Observed = "hotfix/ARIS-12-stock-total" }],
            Contract = Contract,
            Steps = Sample.Result.Steps,
            Approvals = new GateResult("hotfix", Decision.Hold,
            [
                new("incident-owner", Verdict.Passed, "incident-owner says GO, ana at 2026-03-01T09:00:00Z") { Observed = "GO" },
                new("release-owner", Verdict.Inconclusive, "release-owner hasn't voted") { Reason = ErrorId.NoData },
            ]),
            RollbackFirst =
            [
                new("critical-path", Verdict.Passed, "no: Is a path still down? no"),
                new("too-late", Verdict.Failed, "go back first: it takes too long") { Condition = "ETA exceeds the SLO" },
            ],
            Status = "[ARIS3 HOTFIX STATUS]\nTicket: ARIS-12\nChecks executed:\n- smoke: passed\n",
        };
        IEnumerable<Finding> all =
        [
            .. result.Eligibility, .. result.Naming, .. ContractFindings.Of(result.Contract), .. result.Steps.SelectMany(s => s.Findings), .. result.Approvals!.Findings,
            .. result.RollbackFirst,
        ];
        return result with { Findings = [.. all.OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)] };
    }
}
