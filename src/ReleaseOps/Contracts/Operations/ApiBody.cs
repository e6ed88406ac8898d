namespace ReleaseOps.Contracts.Operations;

/// <summary>The body of a request.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="IsRequired">Whether it must be sent.</param>
/// <param name="Media">The media types that it may come as.</param>
internal sealed record ApiBody(ApiNode Node, bool IsRequired, IReadOnlyList<ApiMedia> Media)
{
    /// <summary>True where its reference leads nowhere, so that nobody can tell what it is.</summary>
    public bool IsUntold { get; init; }
}
