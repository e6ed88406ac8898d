using ReleaseOps.Contracts;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.Evidence;

/// <summary>A hotfix as rows: eligibility, names, the API's description, its checks, the approvals, and the conditions of going back first.</summary>
internal static class HotfixRows
{
    public static IReadOnlyList<ReportRow> Of(HotfixResult result) =>
    [
        .. result.Eligibility.Select(f => OfFinding(f, "eligibility")),
        .. result.Naming.Select(f => OfFinding(f, "naming")),
        .. ContractFindings.Of(result.Contract).Select(f => OfFinding(f, "contract")),
        .. result.Steps.Select(ReportRow.Seen),
        .. (result.Approvals?.Findings ?? []).Select(f => OfFinding(f, "approvals")),
        .. result.RollbackFirst.Select(f => OfFinding(f, "rollback-first")),
    ];

    private static ReportRow OfFinding(Finding finding, string phase) =>
        new(phase, finding.Subject, finding.Verdict, finding.Text) { Required = finding.Required, Findings = [finding] };
}
