namespace ReleaseOps;

/// <summary>What a gate or a run says about going on. The zero value is <see cref="Hold"/>: nothing known, nothing allowed.</summary>
public enum Decision
{
    /// <summary>Something required is Inconclusive, or was left out: a person has to look.</summary>
    Hold = 0,

    /// <summary>Everything required passed.</summary>
    Go = 1,

    /// <summary>Something required Failed.</summary>
    NoGo = 2,
}

/// <summary>The order of decisions, worst first, and what they are as verdicts and in words.</summary>
public static class Decisions
{
    /// <summary>
    /// What the verdicts of everything required come to: NoGo where one Failed; Go where each Passed; Hold where one can't be told or was
    /// left out, or where there is none.
    /// </summary>
    /// <param name="verdicts">The verdicts of what is required.</param>
    public static Decision Of(IEnumerable<Verdict> verdicts) => Verdicts.Worst(verdicts) switch
    {
        Verdict.Failed => Decision.NoGo,
        Verdict.Passed => Decision.Go,
        _ => Decision.Hold,
    };

    /// <summary>GO, NO-GO or HOLD.</summary>
    /// <param name="decision">The decision.</param>
    public static string Word(this Decision decision) => decision switch
    {
        Decision.Go => "GO",
        Decision.NoGo => "NO-GO",
        _ => "HOLD",
    };

    /// <summary>The verdict that a decision stands for: Go is Passed, NoGo is Failed, Hold is Inconclusive.</summary>
    /// <param name="decision">The decision.</param>
    public static Verdict ToVerdict(this Decision decision) => decision switch
    {
        Decision.Go => Verdict.Passed,
        Decision.NoGo => Verdict.Failed,
        _ => Verdict.Inconclusive,
    };

    /// <summary>The worse of two: NoGo before Hold before Go.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    public static Decision Worse(this Decision one, Decision other) =>
        one == Decision.NoGo || other == Decision.NoGo ? Decision.NoGo
        : one == Decision.Hold || other == Decision.Hold ? Decision.Hold
        : Decision.Go;
}
