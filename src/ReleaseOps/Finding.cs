namespace ReleaseOps;

/// <summary>A verdict with its arithmetic: what was seen, what was asked, and where the proof is.</summary>
/// <param name="Subject">Id of the step, or name of the gate's criterion, that this finding is about.</param>
/// <param name="Verdict">What the look came to.</param>
/// <param name="Text">One sentence for a person: "status 503 is not == 200".</param>
public sealed record Finding(string Subject, Verdict Verdict, string Text)
{
    /// <summary>The criterion as the runbook wrote it (<c>status == 200</c>); null where no criterion was judged.</summary>
    public string? Condition { get; init; }

    /// <summary>The value that the criterion was judged on, as text in the invariant culture; null when nothing was seen.</summary>
    public string? Observed { get; init; }

    /// <summary>The query that the value came from; null where there was none.</summary>
    public string? Query { get; init; }

    /// <summary>How many samples or series the verdict rests on; null where that doesn't apply.</summary>
    public int? Samples { get; init; }

    /// <summary>
    /// Where the criterion, or what was found, stands: <c>file:line:column</c>, or <c>file:line</c>; null for an implied one.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>Path of the proof (a step's log), relative to the run's evidence folder; null when there is none.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why nothing could be told, where <see cref="Verdict"/> is Inconclusive for a reason with an id of its own.</summary>
    public ErrorId? Reason { get; init; }

    /// <summary>False where the runbook says <c>required: false</c>: shown, but it doesn't decide.</summary>
    public bool Required { get; init; } = true;
}
