namespace ReleaseOps.Contracts.Operations;

/// <summary>One of an operation's answers.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Status">Its status: <c>200</c>, <c>2XX</c>, <c>default</c>.</param>
/// <param name="Media">The media types of its body.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record ApiResponse(ApiNode Node, string Status, IReadOnlyList<ApiMedia> Media, IReadOnlyList<ApiHeader> Headers)
{
    /// <summary>True where its reference leads nowhere, so that nobody can tell what it is.</summary>
    public bool IsUntold { get; init; }

    public bool IsSuccess => Status is ['2', ..];
}
