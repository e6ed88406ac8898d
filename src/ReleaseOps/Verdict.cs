namespace ReleaseOps;

/// <summary>
/// What one look at the world came to. Failed is worse than Inconclusive, which is worse than Passed.
/// The zero value is <see cref="Inconclusive"/>: what nobody set is unknown, and unknown is never a pass.
/// </summary>
public enum Verdict
{
    /// <summary>It could not be told: no data, NaN, a time-out of the looking itself, an early end, nobody there to ask.</summary>
    Inconclusive = 0,

    /// <summary>Seen, and as asked.</summary>
    Passed = 1,

    /// <summary>Seen, and not as asked.</summary>
    Failed = 2,

    /// <summary>Not looked at, for a reason that the finding gives: a condition, an earlier failure, a person's no.</summary>
    Skipped = 3,

    /// <summary>Would be looked at; this was a dry run.</summary>
    Planned = 4,
}

/// <summary>The order of verdicts, worst first.</summary>
public static class Verdicts
{
    /// <summary>How bad a verdict is, for sorting: 0 is the worst (Failed), 4 the best (Passed).</summary>
    /// <param name="verdict">The verdict to rank.</param>
    public static int Rank(this Verdict verdict) => verdict switch
    {
        Verdict.Failed => 0,
        Verdict.Inconclusive => 1,
        Verdict.Skipped => 2,
        Verdict.Planned => 3,
        _ => 4,
    };

    /// <summary>The worst of several verdicts; of none, <see cref="Verdict.Inconclusive"/>.</summary>
    /// <param name="verdicts">The verdicts to fold.</param>
    public static Verdict Worst(IEnumerable<Verdict> verdicts) =>
        verdicts.DefaultIfEmpty(Verdict.Inconclusive).MinBy(Rank);
}
