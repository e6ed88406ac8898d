namespace ReleaseOps.Contracts.Schemas;

/// <summary>Where a schema is used.</summary>
/// <param name="Site">As what.</param>
/// <param name="Subject">What a sentence calls it: <c>Request body (application/json)</c>.</param>
/// <param name="IsTyped">Whether its media type keeps types apart, as JSON does.</param>
internal sealed record SchemaUse(SchemaSite Site, string Subject, bool IsTyped)
{
    /// <summary>Whether it is a header of a request.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Whether a default says what the server does when it is left out: of a parameter that was optional, and is.</summary>
    public bool HasDefault { get; init; } = true;

    public SchemaSite Inside => Site.Inside(IsHeader);
}
