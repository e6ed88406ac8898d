namespace ReleaseOps.Hotfixes;

/// <summary>What people still have to say of a hotfix.</summary>
/// <param name="Role">In which role.</param>
/// <param name="Steps">The checks that wait for an answer; none where it is the approval itself.</param>
public sealed record HotfixAsks(string Role, IReadOnlyList<string> Steps)
{
    /// <summary>The questions that are open, by role: the checks first, the approvals last.</summary>
    /// <param name="result">The result.</param>
    public static IReadOnlyList<HotfixAsks> Of(HotfixResult result)
    {
        var roles = result.Plan.Steps.ToDictionary(s => s.Id, s => s.Role ?? "ROLE", StringComparer.Ordinal);
        var open = result.Steps.Where(s => s.Findings.Any(f => f.Reason == ErrorId.NobodyToAsk)).GroupBy(s => roles[s.Id], StringComparer.Ordinal);
        var approvals = result.Approvals?.Findings.Where(f => f is { Verdict: Verdict.Inconclusive, Reason: ErrorId.NoData, Required: true }) ?? [];
        return [.. open.Select(g => new HotfixAsks(g.Key, [.. g.Select(s => s.Id)])), .. approvals.Select(f => new HotfixAsks(f.Subject, []))];
    }
}
