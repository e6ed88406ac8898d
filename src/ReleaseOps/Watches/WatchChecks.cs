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
        if (step.Needs.FirstOrDefault(n => run.Ended(n)?.Verdict != Verdict.Passed) is not { } needed)
            return StepCondition.NotNow(run, step);
        var why = run.Mask.Apply($"not looked at: it needs '{needed}', which didn't pass");
        return step.WithoutLook(Verdict.Skipped, why, run.Clock.GetUtcNow());
    }
}
