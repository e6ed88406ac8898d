namespace ReleaseOps.Contracts;

/// <summary>Follows the references of one description, and notes those that lead nowhere.</summary>
internal sealed class ContractReferences(ApiDocument document, ContractUntold untold)
{
    public ApiDocument Document => document;

    /// <summary>What a node stands for, where it isn't a schema; null, and noted, where that can't be told.</summary>
    public ApiNode? Target(ApiNode? node)
    {
        if (node is null)
            return null;

        var target = document.Resolve(node, out var finding);
        untold.Add(finding);
        return target;
    }

    /// <summary>What a schema stands for; a schema that says nothing, and noted, where that can't be told.</summary>
    public ApiNode Settle(ApiNode schema)
    {
        var target = document.ResolveSchema(schema, out var finding);
        untold.Add(finding);
        return target ?? new(ApiNodeKind.Map, schema.Line, schema.Column, schema.File);
    }
}
