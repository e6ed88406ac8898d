using System.Runtime.ExceptionServices;
using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>
/// Takes a rollout through its stages, or back.
/// <code>
/// stage 10 %: gate Go                      -> PROCEED, next stage
/// stage 10 %: Prometheus is down           -> HOLD; a look each interval; after 30 min nobody answered: ROLLBACK (or stop)
/// stage 25 %: trigger fires while it acts  -> the action is ended, ROLLBACK
/// </code>
/// </summary>
internal sealed class RolloutRun(RolloutScope scope, RolloutHistory history)
{
    private readonly List<StageResult> _stages = [];

    /// <summary>Runs to the end, or as far as it gets.</summary>
    public async Task<RolloutResult> RunAsync(bool hotfix, CancellationToken cancellation)
    {
        var result = Begun();
        var interrupted = false;
        StageResult? last = null;
        IReadOnlyList<Finding> triggers = [];
        RollbackResult? rollback = null;
        try
        {
            if (history.RollbackReason is null)
            {
                if (history.Proceeded.Count == 0 && !scope.Run.History.ChangedSomething)
                    result = result with { Findings = await StartGuards.CheckAsync(scope, hotfix, cancellation).ConfigureAwait(false) };
                (last, triggers) = await StagesAsync(cancellation).ConfigureAwait(false);
            }
            else
                _stages.AddRange(scope.Rollout.Stages.Where(s => history.Proceeded.ContainsKey(s.Name)).Select(s => Earlier(s, history.Proceeded[s.Name])));
            if (history.RollbackReason is not null || last!.Decision == RolloutDecision.Rollback)
                rollback = await GoBackAsync(last, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            interrupted = true;
        }
        await scope.Context.Notices.EndAsync(interrupted ? TimeSpan.Zero : RolloutMoments.AtTheEnd).ConfigureAwait(false);
        var decision = interrupted ? RolloutDecision.Hold : last?.Decision ?? RolloutDecision.Rollback;
        Record(decision, interrupted);
        return result with
        {
            Decision = decision,
            Reason = rollback?.Reason ?? (interrupted ? "the operator ended it; it can be resumed" : last?.Reason ?? history.RollbackReason),
            Interrupted = interrupted,
            Elapsed = scope.Now - result.StartedAt,
            Stages = _stages,
            Triggers = triggers,
            Rollback = rollback,
            Attestations = Attested.Of(scope.Run.Ledger.ReadAll(), scope.Plan, scope.Run.History.Run),
            Weight = RolloutHistory.Of(scope.Run.Ledger.ReadAll(), scope.Run.History.Run).Weight,
            Findings = [.. Deciding(last, triggers, rollback), .. result.Findings],
        };
    }

    private RolloutResult Begun() => CanaryRollout.DryRun(scope.Plan, scope.Context.Options.Actor, scope.Clock) with
    {
        Run = scope.Run.History.Run,
        StartedAt = scope.Run.History.StartedAt,
        Folder = scope.Run.Folder,
    };

    private async Task<(StageResult Last, IReadOnlyList<Finding> Triggers)> StagesAsync(CancellationToken cancellation)
    {
        await using var guards = new GuardWatch(scope, history.Triggers);
        guards.Start();
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation, guards.Stop);
        StageResult? last = null;
        scope.Moments.Tell(new RolloutMoment(RolloutMomentKind.Started));
        for (var i = 0; i < scope.Rollout.Stages.Count; i++)
        {
            var stage = scope.Rollout.Stages[i];
            if (history.Proceeded.TryGetValue(stage.Name, out var decided))
            {
                _stages.Add(last = Earlier(stage, decided));
                scope.Moments.Tell(new RolloutMoment(RolloutMomentKind.Passed, stage.Name));
                continue;
            }
            scope.Journal.StageStarted(stage.Name, stage.Weight);
            scope.Context.Report(new StageStarted(stage.Name, stage.Weight, i + 1, scope.Rollout.Stages.Count));
            last = await RunAsync(stage, guards, work.Token, cancellation).ConfigureAwait(false);
            _stages.Add(last);
            if (last.Decision != RolloutDecision.Hold)
                scope.Journal.Decided(last);
            scope.Context.Report(new StageDecided(last));
            if (last.Decision != RolloutDecision.Proceed)
                break;
            scope.Moments.Tell(new RolloutMoment(RolloutMomentKind.Passed, stage.Name));
        }
        if (last!.Decision == RolloutDecision.Proceed)
            scope.Moments.Tell(new RolloutMoment(RolloutMomentKind.Completed));
        return (last, guards.Findings);
    }

    private async Task<StageResult> RunAsync(Stage stage, GuardWatch guards, CancellationToken work, CancellationToken operatorEnds)
    {
        var run = new StageRun(scope, guards, stage);
        try
        {
            var result = await run.RunAsync(work).ConfigureAwait(false);
            // A trigger may have fired, or somebody aborted it, after it last waited.
            work.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException) when (operatorEnds.IsCancellationRequested)
        {
            _stages.Add(run.Ended(RolloutDecision.Hold, "the operator ended it"));
            throw;
        }
        catch (OperationCanceledException) when (guards.Stop.IsCancellationRequested)
        {
            if (guards.Error is { } error)
                ExceptionDispatchInfo.Throw(error);
            return guards.Fired is { } fired
                ? run.Ended(RolloutDecision.Rollback, $"trigger {fired.Trigger.Name}: {fired.Finding.Text}") with { Trigger = fired.Trigger.Name }
                : run.Ended(RolloutDecision.Rollback, $"{guards.Aborted!.By} aborted it" + (guards.Aborted.Reason is { } why ? $": {why}" : ""), guards.Aborted.By);
        }
    }

    private async Task<RollbackResult?> GoBackAsync(StageResult? last, CancellationToken cancellation) =>
        // An approval refused at the first stage: nothing was begun, and there is nothing to go back from.
        !Began() ? null
        : await new RollbackRun(scope.Run, scope.Journal)
            .RunAsync(history.RollbackReason ?? last!.Reason, history.RollbackTrigger ?? last?.Trigger, history, cancellation).ConfigureAwait(false);

    /// <summary>Whether this run moved anything, or watched what something else moved; also an action that was ended before its end was recorded.</summary>
    private bool Began() => scope.Run.Ledger.ReadAll().Any(e => e.Run == scope.Run.History.Run && e.Type is "step.started" or "rollout.weight");

    private void Record(RolloutDecision decision, bool interrupted)
    {
        // A hold that ended without an answer can be taken up again, like a run that was cut short.
        if (interrupted || decision == RolloutDecision.Hold)
            scope.Run.Journal.Interrupted();
        else
            scope.Run.Journal.Finished(decision == RolloutDecision.Proceed ? Decision.Go : Decision.NoGo);
    }

    private StageResult Earlier(Stage stage, Ledger.LedgerEvent decided) => new()
    {
        Stage = stage.Name,
        Weight = stage.Weight,
        Decision = RolloutDecision.Proceed,
        Reason = decided.Data.GetProperty("reason").GetString() ?? "",
        StartedAt = decided.At,
        Steps = Results(stage.Steps),
        Checks = Results(stage.Checks),
        Gate = GateOf(decided.Data),
        DecidedBy = decided.Data.TryGetProperty("by", out var by) ? by.GetString() : null,
    };

    private static GateResult? GateOf(JsonElement decided) =>
        decided.TryGetProperty("gate", out var gate) && Enum.TryParse<Decision>(decided.GetProperty("gateDecision").GetString(), out var decision)
            ? new GateResult(gate.GetString()!, decision, [.. decided.GetProperty("findings").EnumerateArray().Select(StepJson.ReadFinding)])
            {
                Score = decided.TryGetProperty("score", out var score) ? score.GetDouble() : null,
            }
            : null;

    private List<StepResult> Results(IReadOnlyList<Step> steps) =>
        [.. steps.Select(s => scope.Run.History.Steps.GetValueOrDefault(s.Id)).OfType<StepResult>()];

    private static IEnumerable<Finding> Deciding(StageResult? last, IReadOnlyList<Finding> triggers, RollbackResult? rollback)
    {
        var findings = (last?.Gate?.Findings ?? [])
            .Concat((last?.Steps ?? []).Concat(last?.Checks ?? []).SelectMany(s => s.Findings))
            .Concat(triggers)
            .Concat(rollback?.Findings ?? []);
        return findings.OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required);
    }
}
