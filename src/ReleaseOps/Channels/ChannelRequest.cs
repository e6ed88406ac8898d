namespace ReleaseOps.Channels;

/// <summary>What a channel sends, as a person can read it; secrets are masked.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Method">POST, PATCH ...; MAIL for mail, APPEND for a file, SHOW for the screen.</param>
/// <param name="Target">The URL, the mail server, the file.</param>
/// <param name="Body">The body, whole: JSON, the mail with its headers, the text.</param>
public sealed record ChannelRequest(string Channel, string Method, string Target, string Body)
{
    /// <summary>The headers of a request, in the order in which they are sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
