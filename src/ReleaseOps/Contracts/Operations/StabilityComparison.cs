namespace ReleaseOps.Contracts.Operations;

/// <summary>How much an operation is to be relied on.</summary>
internal static class StabilityComparison
{
    /// <summary>False where the operation promises nothing, so that nothing else of it is to be compared (oasdiff's threshold: beta).</summary>
    public static bool Compare(ComparisonContext context, OperationPair pair)
    {
        var (before, after) = (pair.Base.Node[ContractStability.Key], pair.Revision.Node[ContractStability.Key]);
        var (was, now) = (ContractStability.Read(before), ContractStability.Read(after));
        if (was is null || now is null)
        {
            if (before?.Text != after?.Text)
                TellInvalid(context, was is null ? pair.Base.Node : null, now is null ? pair.Revision.Node : null, pair.Subject);
            return true;
        }

        if (was != now && was >= ContractStability.Beta)
        {
            context.Report.Tell(
                now < was ? "api-stability-decreased" : "api-stability-increased",
                $"The operation's stability level was {ContractStability.Show(was.Value)}, is {ContractStability.Show(now.Value)}",
                before ?? pair.Base.Node,
                after ?? pair.Revision.Node,
                pair.Subject);
        }
        return now >= ContractStability.Beta;
    }

    public static void TellInvalid(ComparisonContext context, ApiNode? inBase, ApiNode? inRevision, ContractSubject at)
    {
        var (before, after) = (inBase?[ContractStability.Key], inRevision?[ContractStability.Key]);
        context.Report.Tell(
            "api-invalid-stability-level",
            $"The stability level {ContractText.Value((after ?? before)!)} is none of draft, alpha, beta and stable",
            before,
            after,
            at);
    }
}
