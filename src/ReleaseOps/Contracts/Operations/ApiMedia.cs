namespace ReleaseOps.Contracts.Operations;

/// <summary>One of the media types of a body.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Name">As it is written.</param>
/// <param name="Schema">What is in it; null where nothing is said.</param>
internal sealed record ApiMedia(ApiNode Node, string Name, ApiNode? Schema)
{
    /// <summary>What it is found by: names of media types have no case (RFC 9110, 8.3.1).</summary>
    public string Key { get; } = new string([.. Name.Where(c => c is not (' ' or '\t'))]).ToLowerInvariant();

    /// <summary>Without parameters.</summary>
    public string Type => Key.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? Key[..end] : Key;

    /// <summary>Whether it keeps a number and its text apart: JSON does (RFC 6838, 4.2.8 for the suffix), and what may be JSON.</summary>
    public bool IsTyped => Type is "application/json" or "*/*" or "application/*" || Type.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Whether it is a special kind of the other: <c>application/problem+json</c> of <c>application/json</c>.</summary>
    public bool IsKindOf(ApiMedia general)
    {
        var (slash, suffix) = (Type.IndexOf('/', StringComparison.Ordinal), Type.LastIndexOf('+'));
        return slash > 0 && ((suffix > slash && general.Type == $"{Type[..slash]}/{Type[(suffix + 1)..]}") || general.Type == Type[..slash] + "/*" || general.Type == "*/*")
            && general.Type != Type;
    }
}
