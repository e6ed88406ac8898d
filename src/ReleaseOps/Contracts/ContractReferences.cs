namespace ReleaseOps.Contracts;

/// <summary>Follows the references of one description.</summary>
internal sealed class ContractReferences(ApiDocument document, ContractUntold untold)
{
    // A reference to a reference is common, a chain of so many is a circle.
    private const int LongestChain = 64;

    // Where only these stand beside a reference, it means what the target means.
    private static readonly HashSet<string> Annotations =
        new(StringComparer.Ordinal) { "$ref", "description", "summary", "title", "example", "examples", "$comment", "externalDocs" };

    public ApiDocument Document => document;

    /// <summary>
    /// Whether what stands beside <c>$ref</c> counts: since 3.1 in a schema (JSON Schema 2020-12, 8.2.3.1); before, it is ignored (OpenAPI 3.0.3, 4.7.23).
    /// </summary>
    public bool HasSiblings { get; } = document.Version.StartsWith("3.1", StringComparison.Ordinal);

    /// <summary>What a node stands for, where it isn't a schema: itself, or what its reference leads to; null, and told, where that is nowhere.</summary>
    public ApiNode? Target(ApiNode? node)
    {
        for (var i = 0; i < LongestChain && node?["$ref"] is { Kind: ApiNodeKind.Text } reference; i++)
        {
            node = document.Resolve(reference);
            if (node is null)
                Tell(reference, "leads nowhere");
            else if (i == LongestChain - 1)
                Tell(reference, "leads in a circle");
        }
        return node;
    }

    /// <summary>What a schema stands for: itself, or what its reference leads to where nothing beside the reference counts.</summary>
    public ApiNode Settle(ApiNode schema)
    {
        var node = schema;
        for (var i = 0; i < LongestChain; i++)
        {
            if (node["$ref"] is not { Kind: ApiNodeKind.Text } reference || (HasSiblings && node.Keys.Any(k => !Annotations.Contains(k))))
                return node;

            if (document.Resolve(reference) is not { } target)
            {
                Tell(reference, "leads nowhere");
                return Nothing(reference);
            }
            node = target;
        }
        Tell(node, "leads in a circle");
        return Nothing(node);
    }

    private void Tell(ApiNode reference, string what) =>
        untold.Add(document, reference, $"The reference {ContractText.Quoted(reference.Text.Length > 0 ? reference.Text : "$ref")} {what}, so what it stands for can't be compared");

    private static ApiNode Nothing(ApiNode at) => new(ApiNodeKind.Map, at.Line, at.Column, at.File);
}
