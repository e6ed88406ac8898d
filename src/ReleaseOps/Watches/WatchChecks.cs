using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>Runs the checks of a watch, one after the other. They change nothing, so nothing is recorded before one begins.</summary>
internal static class WatchChecks
{
    /// <summary>Runs them all; what a person has confirmed isn't asked again.</summary>
    /// <param name="run">The run; what its checks come to is remembered there for those that need them.</param>
    /// <param name="earlier">What they came to before.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<StepResult>> RunAsync(
        RunContext run, IReadOnlyDictionary<string, StepResult> earlier, CancellationToken cancellation)
    {
        var results = new List<StepResult>();
        foreach (var step in run.Plan.Steps)
        {
            var result = step.Kind == "confirm" && earlier.TryGetValue(step.Id, out var given) && given.Verdict == Verdict.Passed ? given
                : LeftOut(run, step) ?? await new StepRunner(run).RunAsync(step, cancellation).ConfigureAwait(false);
            run.Remember(result);
            run.Report(new StepFinished(step, result, Earlier: false));
            results.Add(result);
        }
        return results;
    }

    /// <summary>A check that a person has confirmed.</summary>
    public static StepResult Confirmed(string id, WatchWord word)
    {
        var text = $"{word.By} confirmed it{(word.Text is { } more ? ": " + more : "")}";
        return new StepResult
        {
            Phase = Planner.WatchPhase,
            Id = id,
            Verdict = Verdict.Passed,
            Findings = [new Finding(id, Verdict.Passed, text)],
            Detail = text,
            StartedAt = word.At,
            Required = true,
        };
    }

    private static StepResult? LeftOut(RunContext run, PlannedStep step)
    {
        if (step.Needs.FirstOrDefault(n => run.Ended(n)?.Verdict != Verdict.Passed) is { } needed)
            return Left(run, step, Verdict.Skipped, $"not looked at: it needs '{needed}', which didn't pass");
        if (step.Step!.If is not { } condition)
            return null;
        var finding = CriterionJudge.Judge(condition.Expression, run.SharedValues, step.Id);
        return finding.Verdict switch
        {
            Verdict.Passed => null,
            Verdict.Failed => Left(run, step with { Required = false }, Verdict.Skipped, $"does not apply: {condition} is false"),
            _ => Left(run, step, Verdict.Inconclusive, $"its condition could not be told: {finding.Text}"),
        };
    }

    private static StepResult Left(RunContext run, PlannedStep step, Verdict verdict, string detail) => new()
    {
        Phase = step.Phase,
        Id = step.Id,
        Verdict = verdict,
        Findings = [new Finding(step.Id, verdict, run.Mask.Apply(detail)) { Required = step.Required }],
        Detail = run.Mask.Apply(detail),
        StartedAt = run.Clock.GetUtcNow(),
        Required = step.Required,
    };
}
