using ReleaseOps.Contracts.Operations;

namespace ReleaseOps.Contracts;

/// <summary>Compares two API descriptions as a client of the older one sees them. Pure.</summary>
internal static class ContractComparer
{
    /// <summary>
    /// Every difference that the rules know: of the whole API first, then by path and method in the order of the base, then those that only
    /// the revision has; within an operation request before response. What could not be compared is in <see cref="ContractDifferences.Untold"/>.
    /// </summary>
    /// <param name="before">What clients were told.</param>
    /// <param name="after">What they are to be told.</param>
    /// <param name="today">The date against which sunset dates are held.</param>
    public static ContractDifferences Compare(ApiDocument before, ApiDocument after, DateOnly today)
    {
        var context = new ComparisonContext(before, after, today);
        ServerComparison.CompareRoots(context);
        SecurityComparison.CompareRoots(context);
        SecuritySchemeComparison.Compare(context);
        CompareSchemaNames(context);
        new PathComparison(context).Compare();
        VersionComparison.Compare(context);
        return new(context.Report.Changes(), context.Untold.Findings);
    }

    // A reusable schema that is gone breaks nobody who calls the API; it may break who generates code of the description.
    private static void CompareSchemaNames(ComparisonContext context)
    {
        var (before, after) = (Schemas(context.Base.Document.Root), Schemas(context.Revision.Document.Root));
        foreach (var (name, schema) in OperationReader.Entries(before).Where(e => after?[e.Name] is null))
            context.Report.Tell("api-schema-removed", $"The schema {ContractText.Quoted(name)} is gone", schema, after);
    }

    private static ApiNode? Schemas(ApiNode root) => root["components"]?["schemas"];
}
