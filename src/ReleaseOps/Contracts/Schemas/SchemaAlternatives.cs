namespace ReleaseOps.Contracts.Schemas;

/// <summary>One <c>oneOf</c> or <c>anyOf</c> of a schema.</summary>
/// <param name="AnyOf">Which of them.</param>
/// <param name="Node">Where it stands.</param>
/// <param name="Members">The alternatives, without that of null.</param>
internal sealed record SchemaAlternatives(bool AnyOf, ApiNode Node, IReadOnlyList<SchemaMember> Members)
{
    public string Keyword => AnyOf ? "anyOf" : "oneOf";
}
