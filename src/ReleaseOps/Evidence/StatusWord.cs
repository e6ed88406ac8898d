using ReleaseOps.Rollouts;

namespace ReleaseOps.Evidence;

/// <summary>Verdicts and decisions as reports say them.</summary>
public static class StatusWord
{
    /// <summary>PASS, FAIL, HOLD (could not tell), SKIP or DRY-RUN.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "PASS",
        Verdict.Failed => "FAIL",
        Verdict.Skipped => "SKIP",
        Verdict.Planned => "DRY-RUN",
        _ => "HOLD",
    };

    /// <summary>GO, NO-GO or HOLD.</summary>
    /// <param name="decision">The decision.</param>
    public static string Of(Decision decision) => decision.Word();

    /// <summary>PROCEED, ROLLBACK or HOLD.</summary>
    /// <param name="decision">The decision.</param>
    public static string Of(RolloutDecision decision) => decision switch
    {
        RolloutDecision.Proceed => "PROCEED",
        RolloutDecision.Rollback => "ROLLBACK",
        _ => "HOLD",
    };
}
