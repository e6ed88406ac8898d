namespace ReleaseOps.Contracts;

/// <summary>One file of an API description, read: its values, and what must be known of it to follow references.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Root">Its outermost value.</param>
internal sealed record ApiFile(string Name, ApiNode Root)
{
    /// <summary>
    /// The references to other files as they are written, without what comes after <c>#</c>; each once, in the order of the file.
    /// </summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>What <c>$anchor</c> and <c>$dynamicAnchor</c> name; null for a name that is there twice.</summary>
    public IReadOnlyDictionary<string, ApiNode?> Anchors { get; init; } = new Dictionary<string, ApiNode?>();

    /// <summary>The values of <c>$ref</c> inside something with an <c>$id</c>: it changes what they are relative to.</summary>
    public IReadOnlySet<ApiNode> Rebased { get; init; } = new HashSet<ApiNode>();

    /// <summary>
    /// The values of <c>$ref</c> that lead to what has another shape in OpenAPI 2.0, and were not followed when it was converted.
    /// </summary>
    public IReadOnlySet<ApiNode> Unread { get; init; } = new HashSet<ApiNode>();
}
