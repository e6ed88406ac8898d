using ReleaseOps.Gates;

namespace ReleaseOps.Steps;

/// <summary>The condition (<c>if</c>) under which a step runs.</summary>
internal static class StepCondition
{
    /// <summary>What a step comes to that its condition keeps from running; null where nothing keeps it.</summary>
    public static StepResult? NotNow(RunContext run, PlannedStep step)
    {
        if (step.Step!.If is not { } condition)
            return null;
        var finding = CriterionJudge.Judge(condition.Expression, run.SharedValues, step.Id);
        return finding.Verdict switch
        {
            Verdict.Passed => null,
            // It doesn't apply, so it doesn't decide either.
            Verdict.Failed => Left(run, step with { Required = false }, Verdict.Skipped, $"does not apply: {condition} is false"),
            _ => Left(run, step, Verdict.Inconclusive, $"its condition could not be told: {finding.Text}"),
        };
    }

    private static StepResult Left(RunContext run, PlannedStep step, Verdict verdict, string why) =>
        step.WithoutLook(verdict, run.Mask.Apply(why), run.Clock.GetUtcNow());
}
