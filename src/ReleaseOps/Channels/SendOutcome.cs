namespace ReleaseOps.Channels;

/// <summary>What one try to send came to.</summary>
public enum SendState
{
    /// <summary>It may have arrived, or not: the connection ended, or the time ran out, before there was an answer.</summary>
    Unclear,
    /// <summary>The service has it.</summary>
    Sent,
    /// <summary>The service doesn't have it, and may take it later: 429, 5xx, unreachable.</summary>
    Later,
    /// <summary>The service won't take it, however often it is tried: 400, a webhook that is gone.</summary>
    Refused,
}

/// <summary>What one try to send came to.</summary>
/// <param name="State">The state.</param>
/// <param name="Detail">What the service said, in one masked line: <c>202 Accepted</c>.</param>
public sealed record SendOutcome(SendState State, string Detail)
{
    /// <summary>The service's own name for the thread, for later notices; null where it has none.</summary>
    public string? Remote { get; init; }

    /// <summary>How long the service asks to wait (Retry-After); null where it doesn't say.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>True where it was found to be there already, and nothing was sent.</summary>
    public bool WasThere { get; init; }
}
