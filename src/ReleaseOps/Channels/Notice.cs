namespace ReleaseOps.Channels;

/// <summary>Something about a notice that a service shows or sorts by, with its name.</summary>
/// <param name="Name">Its name, our own word: <c>Impact</c>.</param>
/// <param name="Value">Its value; it may come from outside.</param>
public sealed record NoticeFact(string Name, string Value);

/// <summary>
/// What goes out to people, the same for every channel: a text, and beside it what services want to know to sort it. The ledger keeps it as
/// it is; each channel makes of it what its service takes.
/// </summary>
public sealed record Notice
{
    /// <summary>What makes it one, however often it is tried: <c>ARIS3-1.0.0/INC-1/2</c>. Unique in a release's ledger.</summary>
    public required string Key { get; init; }

    /// <summary>What it belongs to: notices of one thread are updates of one incident at a service. <c>ARIS3-1.0.0/INC-1</c></summary>
    public required string Thread { get; init; }

    /// <summary>One line that says it; it may come from outside.</summary>
    public required string Title { get; init; }

    /// <summary>The text, in order.</summary>
    public required IReadOnlyList<TextRun> Text { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Product and version that it is about.</summary>
    public required string Release { get; init; }

    /// <summary>How far the incident is; null for what is about none: then paging services and status pages don't take it.</summary>
    public IncidentStatus? Status { get; init; }

    /// <summary>The incident's severity by the runbook's ladder: SEV1.</summary>
    public string? Severity { get; init; }

    /// <summary>Where that stands on the ladder, 0 for the worst; null where the runbook has no such rung.</summary>
    public int? SeverityRank { get; init; }

    /// <summary>Facts for services that show them apart from the text.</summary>
    public IReadOnlyList<NoticeFact> Facts { get; init; } = [];

    /// <summary>True where an earlier try may have arrived, at a service that can't tell: the text says so.</summary>
    public bool MayBeRepeat { get; init; }
}
