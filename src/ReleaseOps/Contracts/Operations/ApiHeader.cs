namespace ReleaseOps.Contracts.Operations;

/// <summary>A header of an answer.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Name">As it is written.</param>
/// <param name="Schema">What values it has; null where nothing is said.</param>
/// <param name="MediaType">What it is written in, where that is a media type; null otherwise.</param>
/// <param name="Style">How it is written: style and explode, with their defaults put in.</param>
internal sealed record ApiHeader(ApiNode Node, string Name, ApiNode? Schema, string? MediaType, string Style)
{
    /// <summary>Whether it is written so that a number and its text are kept apart.</summary>
    public bool IsTyped => MediaType is { } type && new ApiMedia(Node, type, null).IsTyped;

    public bool IsRequired => Node.HasTrue("required");
}
