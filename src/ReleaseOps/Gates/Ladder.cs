namespace ReleaseOps.Gates;

/// <summary>
/// A ladder read from the worst rung down: the first that fits is taken, but never for certain where a worse one can't be told.
/// </summary>
/// <param name="Fits">Index of the first rung that fits for certain; null where none does.</param>
/// <param name="Unknown">Index of the first rung before it that can't be told; null where all could.</param>
/// <param name="Findings">One a rung that was read, in order: Passed where it fits, Failed where it was passed over.</param>
internal sealed record Ladder(int? Fits, int? Unknown, IReadOnlyList<Finding> Findings)
{
    /// <summary>Reads rungs until one fits.</summary>
    public static Ladder Read(IEnumerable<Finding?> rungs)
    {
        var findings = new List<Finding>();
        int? unknown = null;
        foreach (var (index, finding) in rungs.Index())
        {
            if (finding is null)
                continue;
            findings.Add(finding with { Text = $"{finding.Subject} {Word(finding.Verdict)}: {finding.Text}" });
            if (finding.Verdict == Verdict.Passed)
                return new Ladder(index, unknown, findings);
            if (finding.Verdict != Verdict.Failed)
                unknown ??= index;
        }
        return new Ladder(null, unknown, findings);
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "fits",
        Verdict.Failed => "doesn't fit",
        _ => "can't be told",
    };
}
