namespace ReleaseOps.Evidence;

/// <summary>A line about a run that goes on.</summary>
/// <param name="Verdict">What it came to; null where it says no such thing.</param>
/// <param name="Text">One sentence, on one line.</param>
public sealed record ProgressLine(Verdict? Verdict, string Text)
{
    /// <summary>
    /// The word before it: PASS, FAIL, HOLD ...; RISE for a trigger that holds and hasn't fired yet, OPEN for an incident, CALL for what
    /// needs a person; null for a plain line.
    /// </summary>
    public string? Word { get; init; } = Verdict is { } verdict ? StatusWord.Of(verdict) : null;
}
