namespace ReleaseOps.Probes;

/// <summary>What a probe saw, when, and how long it took. Secrets in it are masked already.</summary>
public sealed record Observation
{
    /// <summary>When the look began, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What criteria can speak of: <c>exit</c>, <c>output</c>, <c>status</c>, <c>body</c> ... (plain values, see CelExpression.Evaluate).</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>();

    /// <summary>One line for a person: the last line of output, "200 OK, 512 bytes in 12 ms".</summary>
    public required string Detail { get; init; }

    /// <summary>Why nothing could be told (time-out, unreachable ...); null where something was seen.</summary>
    public ErrorId? CouldNotTell { get; init; }

    /// <summary>What the look judged of itself, beside the criteria: whether a body is as its schema says. Subjects are empty.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>File name of the log of what was seen, inside the run's <c>logs</c> folder; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>Further facts worth recording, a sentence each: "pipe held by a background process, 2 survivors ended".</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
