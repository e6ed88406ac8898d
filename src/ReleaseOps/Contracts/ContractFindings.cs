namespace ReleaseOps.Contracts;

/// <summary>A comparison of two API descriptions as findings, for those who decide by them. Pure.</summary>
internal static class ContractFindings
{
    private const string Subject = "contract";
    private const int Most = 20;

    /// <summary>The differences that decide, what could not be compared, or that there is nothing to say; none where nobody compared.</summary>
    public static IEnumerable<Finding> Of(ContractResult? contract)
    {
        if (contract is null)
            return [];
        var deciding = contract.Changes.Where(c => c.Level >= contract.FailOn).ToList();
        var told = deciding.Take(Most).Select(c => new Finding(Subject, Verdict.Failed, $"{c.Method} {c.Path}".Trim() is { Length: > 0 } where ? $"{where}: {c.Text}" : c.Text)
        {
            Condition = c.Id,
            Source = (c.Revision ?? c.Base)?.ToString(),
        });
        if (deciding.Count > Most)
            told = told.Append(new Finding(Subject, Verdict.Failed, FormattableString.Invariant($"{deciding.Count - Most} more differences like these")));
        if (contract.Decision == Decision.Go)
            told = told.Append(new Finding(Subject, Verdict.Passed, Line(contract)));
        return told.Concat(contract.Findings);
    }

    /// <summary>In a line.</summary>
    public static string Line(ContractResult contract)
    {
        int Count(ChangeLevel level) => contract.Changes.Count(c => c.Level == level);
        var changes = FormattableString.Invariant($"{Count(ChangeLevel.Breaking)} breaking, {Count(ChangeLevel.Warning)} warnings, {Count(ChangeLevel.Info)} info")
            + (contract.Ignored.Count > 0 ? FormattableString.Invariant($", {contract.Ignored.Count} accepted") : "");
        return contract.Decision switch { Decision.Go => $"kept: {changes}", Decision.NoGo => $"broken: {changes}", _ => $"could not be told: {changes}" };
    }
}
