namespace ReleaseOps.Contracts.Schemas;

/// <summary>The way from a pair of schemas to a pair inside of them.</summary>
/// <param name="Segment">What a path calls it: a property's name, <c>items</c>.</param>
/// <param name="Pair">The pair inside.</param>
/// <param name="IsProperty">Whether it is a property.</param>
/// <param name="BaseRequires">Whether the base requires the property.</param>
/// <param name="RevisionRequires">Whether the revision does.</param>
/// <param name="Whole">What any difference inside comes to, where nobody can tell which way it works: under a not, in a condition.</param>
internal readonly record struct SchemaEdge(
    string Segment, SchemaPair Pair, bool IsProperty, bool BaseRequires, bool RevisionRequires, SchemaRule? Whole);
