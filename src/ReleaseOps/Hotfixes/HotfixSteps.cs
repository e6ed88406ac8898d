using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>The checks of a hotfix: those that it needs are run, all of them; what a person has said of this commit isn't asked again.</summary>
/// <param name="run">The run; its plan has the needed steps alone.</param>
/// <param name="whole">Every check that a hotfix may need.</param>
/// <param name="digest">What people's words on this change bind to.</param>
internal sealed class HotfixSteps(ReleaseRun run, Plan whole, string digest)
{
    private readonly Dictionary<string, StepResult> _results = new(StringComparer.Ordinal);

    /// <summary>What each check came to, in the order of the runbook; what wasn't needed, or wasn't come to, says so.</summary>
    public IReadOnlyList<StepResult> Results => [.. whole.Steps.Select(s => _results.TryGetValue(s.Id, out var result) ? result : NotRun(s))];

    /// <summary>Runs them.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var context = run.Context;
        var execution = new StepExecution(context, run.Journal, run.History);
        // One after the other: a step that needs another one stands behind it, or its turn comes when that has ended.
        var waiting = context.Plan.Steps.ToList();
        while (waiting.Count > 0)
        {
            var step = waiting.Find(s => s.Needs.All(_results.ContainsKey)) ?? throw new ReleaseOpsException(
                ErrorId.Internal, $"Step '{waiting[0].Id}' waits for something that never ends.");
            waiting.Remove(step);
            if (Said(step) is { } said)
                Keep(step, said);
            else
                _results[step.Id] = await execution.RunInPlaceAsync(step, cancellation).ConfigureAwait(false);
        }
    }

    private void Keep(PlannedStep step, StepResult result)
    {
        run.Journal.StepFinished(result);
        run.Context.Remember(result);
        run.Context.Report(new StepFinished(step, result, Earlier: false));
        _results[step.Id] = result;
    }

    /// <summary>What somebody has said of it, about this commit; null where nobody has.</summary>
    private StepResult? Said(PlannedStep step)
    {
        if (step.Kind != "confirm")
            return null;
        run.Context.Mail.Collect();
        var roles = step.Role is { } role ? [role] : whole.Runbook.Roles.Select(r => r.Name);
        return roles.Select(r => run.Context.Mail.ApprovalOf(step.Id, r, digest)).OfType<Approval>().MaxBy(a => a.At) is not { } said ? null
            : Result(step, said.Given ? Verdict.Passed : Verdict.Failed,
                $"{said.By} as {said.Role} {(said.Given ? "confirmed" : "denied")} it at "
                + said.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    private StepResult NotRun(PlannedStep step) => run.Context.Plan.Steps.All(s => s.Id != step.Id)
        ? Result(step with { Required = false }, Verdict.Skipped, "not needed by this change")
        : Result(step, Verdict.Skipped, "not run: the operator ended the run", ErrorId.Interrupted);

    private StepResult Result(PlannedStep step, Verdict verdict, string text, ErrorId? reason = null) =>
        step.WithoutLook(verdict, run.Context.Mask.Apply(text), run.Context.Clock.GetUtcNow(), reason);
}
