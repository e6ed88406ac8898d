namespace ReleaseOps.Channels;

/// <summary>A request that is ready to go.</summary>
/// <param name="Method">POST, PATCH, GET.</param>
/// <param name="Url">Whereto. It may be a secret.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record HttpCall(HttpMethod Method, string Url, string? Body)
{
    /// <summary>JSON in UTF-8, said outright: Teams counts two bytes a character where nobody says so.</summary>
    internal const string Json = "application/json; charset=utf-8";

    /// <summary>The Content-Type.</summary>
    public string ContentType { get; init; } = Json;

    /// <summary>Headers beside Content-Type, in the order in which they are sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The most of an answer's body that is read, in bytes: 64 KiB unless told otherwise.</summary>
    public int MaxAnswer { get; init; } = 64 * 1024;
}

/// <summary>What came of a request.</summary>
/// <param name="Outcome">As HTTP's own rules have it.</param>
/// <param name="Status">The status; 0 where there was no answer.</param>
/// <param name="Body">The answer's body, up to what is read; empty for none.</param>
internal sealed record HttpReply(SendOutcome Outcome, int Status, string Body)
{
    /// <summary>The outcome of an answer that is none of the service's: a login page of the network says 200 too.</summary>
    public SendOutcome NotTheirs(string expected, SecretMask mask) => new(SendState.Unclear,
        $"{Outcome.Detail}, but not the service's answer ({expected}): {Probes.OutsideText.OneLine(Body, mask, 80)}");
}
