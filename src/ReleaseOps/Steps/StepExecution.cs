using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Takes one step from "ready" to "recorded", and never does an action twice by guessing.</summary>
internal sealed class StepExecution(RunContext run, RunJournal journal, RunHistory? earlier)
{
    private readonly StepRunner _runner = new(run);

    /// <summary>Runs a step, or takes its result from before the interruption.</summary>
    public async Task<StepResult> RunAsync(PlannedStep step, CancellationToken cancellation)
    {
        // Off the scheduler's thread: to start a process is work, and side by side means that two can be started at once.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (earlier is not null && earlier.Steps.TryGetValue(step.Id, out var done))
            return Told(step, done, isEarlier: true);
        if (StepCondition.NotNow(run, step) is { } notNow)
            return Recorded(step, notNow);
        if (earlier is not null && earlier.InDoubt.Contains(step.Id) && !KnowsItself(step)
            && await ResolveDoubtAsync(step, cancellation).ConfigureAwait(false) is { } resolved)
            return Recorded(step, resolved);
        if (await RefusalAsync(step, cancellation).ConfigureAwait(false) is { } refused)
            return Recorded(step, refused);
        if (step.IsAction)
            journal.ActionStarted(step);
        return Recorded(step, await _runner.RunAsync(step, cancellation).ConfigureAwait(false));
    }

    /// <summary>True for a message that channels carry: the outbox knows what became of it.</summary>
    private bool KnowsItself(PlannedStep step) =>
        step.Step!.Work is MessageWork work && run.Notices.Carries(run.Plan.Runbook.Messages.First(m => m.Name == work.Message));

    /// <summary>True where nothing keeps a step: what it needs has passed, it is due, and nobody has to approve it.</summary>
    public bool MayBegin(PlannedStep step) =>
        step.Approval is null && step.Needs.All(n => run.Ended(n)?.Verdict == Verdict.Passed) && StepCondition.NotNow(run, step) is null;

    /// <summary>Runs a step where it stands, after those before it: left out where one that it needs didn't pass.</summary>
    public async Task<StepResult> RunInPlaceAsync(PlannedStep step, CancellationToken cancellation) =>
        LeaveOut(step) ?? await RunAsync(step, cancellation).ConfigureAwait(false);

    /// <summary>Leaves a step out.</summary>
    public StepResult Skip(PlannedStep step, string reason) => Recorded(step, Left(step, Verdict.Skipped, reason));

    /// <summary>Leaves a step out where one that it needs didn't pass; null where nothing keeps it.</summary>
    /// <remarks>A required step whose condition is false decides nothing, and neither does what hangs on it.</remarks>
    public StepResult? LeaveOut(PlannedStep step)
    {
        if (step.Needs.FirstOrDefault(n => run.Ended(n)?.Verdict != Verdict.Passed) is not { } needed)
            return null;
        var why = run.Ended(needed);
        return why is { Verdict: Verdict.Skipped, Required: false } && run.Plan.Steps.Concat(run.Plan.Rollback).Any(s => s.Id == needed && s.Required)
            ? Skip(step with { Required = false }, $"does not apply: it needs '{needed}', which doesn't")
            : Skip(step, $"not done: it needs '{needed}', which {why?.Verdict switch
            {
                Verdict.Failed => "failed",
                Verdict.Inconclusive => "could not be told",
                _ => "was left out",
            }}");
    }

    /// <summary>Waits for the approval that a step asks for; null where it was given, or none is asked for.</summary>
    private async Task<StepResult?> RefusalAsync(PlannedStep step, CancellationToken cancellation)
    {
        if (step.Approval is not { } role)
            return null;
        var statement = $"'{step.Id}' ({step.Title ?? step.Does}) needs the approval of {role}. Shall it be done?";
        var answer = await People.ApproveAsync(run, step.Id, statement, role, step.Timeout, cancellation).ConfigureAwait(false);
        return answer switch
        {
            { Given: true } => null,
            { } no => Left(step, Verdict.Skipped, $"not done: {no.By} as {role} said no", ErrorId.NotApproved),
            null => Left(step, Verdict.Skipped, $"not done: nobody approved it as {role} within {Durations.Format(step.Timeout)}", ErrorId.NotApproved),
        };
    }

    /// <summary>
    /// An action was started and its end is not on record. Its <c>verify</c> decides; or <c>idempotent: true</c> allows it again; or the
    /// operator is asked. Null means: run it.
    /// </summary>
    private async Task<StepResult?> ResolveDoubtAsync(PlannedStep step, CancellationToken cancellation)
    {
        if (step.Step!.Verify is { } verification)
        {
            var looked = await _runner.VerifyAsync(step, verification, cancellation).ConfigureAwait(false);
            return looked.Verdict switch
            {
                Verdict.Passed => looked with { Notes = [.. looked.Notes, "It was begun before the interruption, and was found to have taken effect."] },
                Verdict.Failed => null,
                _ => looked with { Detail = "begun before the interruption, and whether it took effect could not be told: " + looked.Detail },
            };
        }
        if (step.Step.Idempotent)
            return null;
        var question = new Question(
            step.Id, $"'{step.Id}' ({step.Does}) was begun before the interruption and its end is not on record. Did it take effect?", step.Role);
        var answer = run.Options.Attendant is { } person ? await person.AskAsync(question, cancellation).ConfigureAwait(false) : null;
        return answer switch
        {
            null => Left(
                step, Verdict.Inconclusive,
                "begun before the interruption, its end is not on record, and nobody was there to ask whether it took effect", ErrorId.NobodyToAsk),
            { Confirmed: true } => Left(step, Verdict.Passed, $"begun before the interruption; {answer.By} attested that it took effect"),
            _ => null,
        };
    }

    private StepResult Left(PlannedStep step, Verdict verdict, string detail, ErrorId? reason = null) =>
        step.WithoutLook(verdict, run.Mask.Apply(detail), run.Clock.GetUtcNow(), reason);

    private StepResult Recorded(PlannedStep step, StepResult result)
    {
        journal.StepFinished(result);
        return Told(step, result, isEarlier: false);
    }

    private StepResult Told(PlannedStep step, StepResult result, bool isEarlier)
    {
        run.Remember(result);
        run.Report(new StepFinished(step, result, isEarlier));
        return result;
    }
}
