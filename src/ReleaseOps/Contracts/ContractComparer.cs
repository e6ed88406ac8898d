namespace ReleaseOps.Contracts;

/// <summary>Compares two API descriptions as a client of the older one sees them. Pure.</summary>
internal static class ContractComparer
{
    /// <summary>
    /// Every difference that the rules know: by path and method in the order of the base, then those that only the revision has; within an
    /// operation request before response. What could not be compared is in <see cref="ContractDifferences.Untold"/>.
    /// </summary>
    public static ContractDifferences Compare(ApiDocument before, ApiDocument after) => throw new NotImplementedException();
}
