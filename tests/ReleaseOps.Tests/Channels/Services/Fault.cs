namespace ReleaseOps.Tests.Channels.Services;

/// <summary>What goes wrong with one request.</summary>
public enum FaultKind
{
    /// <summary>The connection is closed before the request was read.</summary>
    ClosedUnread,
    /// <summary>The request was read, and thrown away; then the connection is closed.</summary>
    ClosedAfterReading,
    /// <summary>The service took it, but its answer never came: the connection is closed.</summary>
    TakenWithoutAnswer,
    /// <summary>The service took it, and its answer was cut off in the body.</summary>
    TakenWithCutAnswer,
    /// <summary>The request was read, and nothing more happens until the service is gone.</summary>
    Silence,
    /// <summary>Refused with <see cref="Fault.Status"/>.</summary>
    Refused,
    /// <summary>Something that isn't the service says 200: a login page of the network.</summary>
    LoginPage,
    /// <summary>Something that isn't HTTP.</summary>
    Garbage,
}

/// <summary>What goes wrong with one request.</summary>
public sealed record Fault(FaultKind Kind)
{
    public int Status { get; init; }

    public string? RetryAfter { get; init; }

    public string Body { get; init; } = "";

    public static Fault Busy(string? retryAfter = null) => Of(429, retryAfter);

    public static Fault Of(int status, string? retryAfter = null, string body = "") => new(FaultKind.Refused) { Status = status, RetryAfter = retryAfter, Body = body };
}
