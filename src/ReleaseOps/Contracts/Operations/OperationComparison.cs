namespace ReleaseOps.Contracts.Operations;

/// <summary>Two operations: what they are called, whether they last, what they are asked with, what they answer.</summary>
internal sealed class OperationComparison(ComparisonContext context)
{
    private readonly ParameterComparison _parameters = new(context);
    private readonly BodyComparison _bodies = new(context);
    private readonly ResponseComparison _responses = new(context);

    /// <summary>False where the operation promises nothing, and wasn't compared.</summary>
    public bool Compare(OperationPair pair)
    {
        if (!StabilityComparison.Compare(context, pair))
            return false;

        DeprecationComparison.Compare(context, pair);
        CompareNames(pair);
        SecurityComparison.Compare(context, pair);
        _parameters.Compare(pair);
        _bodies.Compare(pair);
        _responses.Compare(pair);
        return true;
    }

    private void CompareNames(OperationPair pair)
    {
        var (before, after) = (pair.Base.Id, pair.Revision.Id);
        var (inBase, inRevision) = (
            pair.Base.Node["operationId"] ?? pair.Base.Node, pair.Revision.Node["operationId"] ?? pair.Revision.Node);
        if (before is null && after is not null)
            context.Report.Tell(
                "api-operation-id-added", $"The operation is called {ContractText.Quoted(after)} now", inBase, inRevision, pair.Subject);
        else if (before is not null && before != after)
            context.Report.Tell(
                "api-operation-id-removed",
                $"The operation was called {ContractText.Quoted(before)}, and is {(after is null ? "called nothing" : "called " + ContractText.Quoted(after))}",
                inBase,
                inRevision,
                pair.Subject);

        var (tags, others) = (Tags(pair.Base.Node), Tags(pair.Revision.Node));
        foreach (var tag in tags.Values.Where(t => !others.ContainsKey(t.Text)))
            context.Report.Tell(
                "api-tag-removed",
                $"The tag {ContractText.Quoted(tag.Text)} is gone",
                tag,
                pair.Revision.Node["tags"] ?? pair.Revision.Node,
                pair.Subject);

        foreach (var tag in others.Values.Where(t => !tags.ContainsKey(t.Text)))
            context.Report.Tell(
                "api-tag-added",
                $"The tag {ContractText.Quoted(tag.Text)} is new",
                pair.Base.Node["tags"] ?? pair.Base.Node,
                tag,
                pair.Subject);
    }

    private static Dictionary<string, ApiNode> Tags(ApiNode operation) =>
        (operation["tags"]?.Items ?? []).DistinctBy(t => t.Text).ToDictionary(t => t.Text, StringComparer.Ordinal);
}
