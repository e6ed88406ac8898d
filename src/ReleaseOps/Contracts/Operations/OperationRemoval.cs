namespace ReleaseOps.Contracts.Operations;

/// <summary>An operation or a parameter is gone: announced, or not; after its sunset, or before.</summary>
internal static class OperationRemoval
{
    public static void Tell(ComparisonContext context, ApiOperation operation, ContractSubject at, bool isPath, ApiNode? inRevision)
    {
        var node = operation.Node;
        switch (ContractStability.Read(node[ContractStability.Key]))
        {
            case null:
                StabilityComparison.TellInvalid(context, node, null, at);
                break;
            // Nothing was promised.
            case < ContractStability.Beta:
                return;
        }
        Tell(context, operation.IsDeprecated, node, isPath ? "api-path-removed" : "api-removed", "The operation", at, inRevision);
    }

    public static void Tell(ComparisonContext context, ApiParameter parameter, ContractSubject at, ApiNode inRevision) =>
        Tell(context, parameter.IsDeprecated, parameter.Node, "request-parameter-removed", $"The {parameter.Words}", at, inRevision);

    private static void Tell(
        ComparisonContext context, bool wasDeprecated, ApiNode node, string id, string what, ContractSubject at, ApiNode? inRevision)
    {
        var isParameter = id == "request-parameter-removed";
        var sunset = node[ContractSunset.Key];
        if (!wasDeprecated)
            context.Report.Tell(
                isParameter ? id : id + "-without-deprecation", $"{what} is gone, and wasn't deprecated", node, inRevision, at);
        else if (sunset is null)
            context.Report.Tell(id + "-with-deprecation", $"{what} is gone; it was deprecated", node, inRevision, at);
        else if (ContractSunset.Read(sunset) is not { } date)
            context.Report.Tell(
                isParameter ? "request-parameter-sunset-parse" : "api-path-sunset-parse", $"{what} is gone, and its sunset {ContractText.Value(sunset)} is no date", sunset, inRevision, at);
        else if (context.Today < date)
            context.Report.Tell(
                id + "-before-sunset", $"{what} is gone before its sunset on {ContractSunset.Show(date)}", sunset, inRevision, at);
        else
            context.Report.Tell(
                id + "-after-sunset", $"{what} is gone; its sunset was on {ContractSunset.Show(date)}", sunset, inRevision, at);
    }
}
