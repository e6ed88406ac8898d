namespace ReleaseOps.Contracts;

/// <summary>What a reference to another file came to.</summary>
/// <param name="File">Which of the description's files it is; null where it could not be read.</param>
internal sealed record ApiLink(int? File)
{
    /// <summary>Why it could not be read, as the end of a sentence; empty where it could.</summary>
    public string Why { get; init; } = "";

    /// <summary>The reason's id.</summary>
    public ErrorId Reason { get; init; }

    /// <summary>A file that could not be read.</summary>
    public static ApiLink Broken(ErrorId reason, string why) => new((int?)null) { Reason = reason, Why = why };
}
