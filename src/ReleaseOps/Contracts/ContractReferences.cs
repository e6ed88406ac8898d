namespace ReleaseOps.Contracts;

/// <summary>Follows the references of one description, and notes those that lead nowhere.</summary>
internal sealed class ContractReferences(ApiDocument document, ContractUntold untold)
{
    // A reference to a reference is common; a chain of so many is a circle.
    private const int LongestChain = 100;

    private readonly HashSet<ApiNode> _untold = new(ReferenceEqualityComparer.Instance);

    public ApiDocument Document => document;

    /// <summary>
    /// Whether what stands beside a <c>$ref</c> counts: since 3.1, in schemas (JSON Schema 2020-12, 8.2.3.1); before, it is ignored (OpenAPI
    /// 3.0.3, 4.7.23).
    /// </summary>
    public bool HasSiblings { get; } = !document.IsVersion30;

    /// <summary>What a node stands for, where it isn't a schema; null, and noted, where that can't be told.</summary>
    public ApiNode? Target(ApiNode? node) => node is null ? null : Follow(node, withSiblings: false);

    /// <summary>
    /// What a schema stands for; a schema that says nothing, and noted, where that can't be told. One with something beside its reference
    /// that counts stands for itself.
    /// </summary>
    public ApiNode Settle(ApiNode schema) => Follow(schema, HasSiblings) ?? Nothing(schema);

    /// <summary>Whether a schema that says nothing is there because nobody can tell what it says: it differs from nothing.</summary>
    public bool IsUntold(ApiNode schema) => _untold.Contains(schema);

    /// <summary>What a reference leads to, for a schema that has something beside it.</summary>
    public ApiNode SettleReference(ApiNode reference)
    {
        var target = document.Resolve(reference, out var finding);
        untold.Add(finding);
        return target is null ? Nothing(reference) : Settle(target);
    }

    private ApiNode Nothing(ApiNode at)
    {
        var nothing = new ApiNode(ApiNodeKind.Map, at);
        _untold.Add(nothing);
        return nothing;
    }

    private ApiNode? Follow(ApiNode node, bool withSiblings)
    {
        var at = node;
        for (var i = 0; i < LongestChain; i++)
        {
            if (at["$ref"] is not { } reference || (withSiblings && at.Keys.Length > 1 && at.Keys.Any(Counts)))
                return at;

            var target = document.Resolve(reference, out var finding);
            untold.Add(finding);
            if (target is null)
                return null;

            at = target;
        }
        untold.Add(document, node, "the reference leads back to itself, so what it stands for can't be compared");
        return null;
    }

    private static bool Counts(string key) =>
        key is not ("$ref" or "summary" or "description" or "title" or "example" or "examples" or "$comment");
}
