using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges conditions that are bad where they hold: day-one thresholds.</summary>
public static class ConditionJudge
{
    /// <summary>Judges one.</summary>
    /// <param name="when">The condition.</param>
    /// <param name="input">The look.</param>
    /// <param name="subject">What the finding is about.</param>
    /// <returns>
    /// What it came to. It can't be told where <see cref="GateJudge.Judge(Criterion, GateInput, string)"/> is Inconclusive, for the same reasons.
    /// </returns>
    public static ConditionLook Judge(Criterion when, GateInput input, string subject)
    {
        var (finding, columns, series) = GateJudge.Judge(when, input, subject, bad: Verdict.Passed);
        if (series is null)
            finding = finding with { Verdict = Turned(finding.Verdict) };
        bool? holds = finding.Verdict switch { Verdict.Failed => true, Verdict.Passed => false, _ => null };
        return series is null ? new ConditionLook(holds, finding) : new ConditionLook(holds, finding)
        {
            Holding = Hashes(columns, series.Bad),
            Untold = Hashes(columns, series.Untold),
        };
    }

    /// <summary>To hold is bad here. The text stands: it says that the condition holds, or that it doesn't.</summary>
    private static Verdict Turned(Verdict verdict) => verdict switch
    {
        Verdict.Passed => Verdict.Failed,
        Verdict.Failed => Verdict.Passed,
        _ => verdict,
    };

    private static ulong[] Hashes(MetricColumns columns, IReadOnlyList<int> rows)
    {
        var hashes = new ulong[rows.Count];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = columns.HashOf(rows[i]);
        return hashes;
    }
}
