using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>Takes one stage through: approval, its steps, the watch, its checks and its gate; and holds where that is what they come to.</summary>
internal sealed class StageRun(RolloutScope scope, GuardWatch guards, Stage stage)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _startedAt = scope.Now;
    private readonly int _looksBefore = guards.Looks;
    private readonly List<StepResult> _steps = [];
    private readonly Dictionary<string, StepResult> _checks = new(StringComparer.Ordinal);
    private GateResult? _gate;
    private DateTimeOffset _watchedSince;
    private TimeSpan _watched;
    private long _movedAt;

    /// <summary>Runs it to its decision.</summary>
    /// <exception cref="OperationCanceledException">The operator ended the run, or the guards did (<see cref="GuardWatch.Stop"/>).</exception>
    public async Task<StageResult> RunAsync(CancellationToken cancellation)
    {
        guards.Say(new Doing(stage, null, "acting"));
        _watchedSince = scope.Now;
        return await ApproveAsync(cancellation).ConfigureAwait(false)
            ?? await ActAsync(cancellation).ConfigureAwait(false)
            ?? await WatchAndJudgeAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What it came to when something else than the stage itself ended it.</summary>
    public StageResult Ended(RolloutDecision decision, string reason, string? by = null) => new()
    {
        Stage = stage.Name,
        Weight = stage.Weight,
        Decision = decision,
        Reason = reason,
        StartedAt = _startedAt,
        Elapsed = scope.Now - _startedAt,
        Looks = guards.Looks - _looksBefore,
        Steps = _steps,
        Checks = [.. stage.Checks.Where(c => _checks.ContainsKey(c.Id)).Select(c => _checks[c.Id])],
        Gate = _gate,
        DecidedBy = by,
    };

    private async Task<StageResult?> ApproveAsync(CancellationToken cancellation)
    {
        if (stage.Approval is not { } role)
            return null;
        var subject = scope.Head(stage).Id;
        var statement = $"Stage '{stage.Name}' ({scope.Head(stage).Does}) needs the approval of {role}. Shall it begin?";
        guards.Say(new Doing(stage, null, "waiting for " + role));
        var answer = await People.ApproveAsync(scope.Context, subject, statement, role, scope.Rollout.HoldLimit, cancellation).ConfigureAwait(false);
        return answer switch
        {
            { Given: true } => null,
            { } no => Ended(RolloutDecision.Rollback, $"{no.By} as {role} said no to stage '{stage.Name}'", no.By),
            null => Ended(
                AfterHold, $"nobody approved stage '{stage.Name}' as {role} within {Durations.Format(scope.Rollout.HoldLimit)}"),
        };
    }

    /// <summary>Does what the stage does, in order. What finished before an interruption isn't done again.</summary>
    private async Task<StageResult?> ActAsync(CancellationToken cancellation)
    {
        var execution = new StepExecution(scope.Context, scope.Run.Journal, scope.Run.History);
        guards.Say(new Doing(stage, null, "acting"));
        foreach (var step in stage.Steps)
        {
            var result = await execution.RunInPlaceAsync(scope.Planned(step), cancellation).ConfigureAwait(false);
            _steps.Add(result);
            if (!result.Required || result.Verdict == Verdict.Passed)
                continue;
            if (result.Verdict == Verdict.Failed)
                return Ended(RolloutDecision.Rollback, $"{step.Id} failed: {result.Detail}");
            var word = await HoldAsync($"{step.Id} could not be told: {result.Detail}", null, cancellation).ConfigureAwait(false);
            if (word.Decision != RolloutDecision.Proceed)
                return word;
        }
        // A person may go on although an action could not be told; where the traffic is then isn't known for that.
        if (_steps.TrueForAll(s => !s.Required || s.Verdict == Verdict.Passed))
            scope.Journal.Weighted(stage.Name, stage.Weight);
        return null;
    }

    private async Task<StageResult> WatchAndJudgeAsync(CancellationToken cancellation)
    {
        (_watchedSince, _movedAt) = (scope.Now, scope.Clock.GetTimestamp());
        // Where the next look might come after the watch's end, one is made at once.
        if (Interval * 2 > stage.Watch)
            guards.LookNow();
        while (true)
        {
            await WatchAsync(cancellation).ConfigureAwait(false);
            guards.Say(new Doing(stage, TimeSpan.Zero, "judging"));
            var verdict = await JudgeAsync(cancellation).ConfigureAwait(false);
            if (verdict.Decision == RolloutDecision.Hold)
                verdict = await HoldAsync(verdict.Reason, JudgeAsync, cancellation).ConfigureAwait(false);
            await guards.HearAsync().ConfigureAwait(false);
            // Whoever paused it meanwhile wants it to stay at this stage; it is judged anew when it may go on.
            if (verdict.Decision != RolloutDecision.Proceed || !guards.Paused)
                return verdict;
        }
    }

    /// <summary>Watches for as long as the stage says; a pause stops that clock, and a word to promote ends it.</summary>
    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (_watched < stage.Watch || guards.Paused)
        {
            var left = stage.Watch > _watched ? stage.Watch - _watched : TimeSpan.Zero;
            guards.Say(new Doing(stage, left, guards.Paused ? "paused" : "watching"));
            if (guards.TakePromote() is not null)
                return;
            // Not by the wall clock: one that is set forward must not end the watch.
            var before = scope.Clock.GetTimestamp();
            await Task.Delay(left > TimeSpan.Zero && left < Pulse ? left : Pulse, scope.Clock, cancellation).ConfigureAwait(false);
            if (!guards.Paused)
                _watched += scope.Clock.GetElapsedTime(before);
        }
    }

    /// <summary>The stage's gate and checks as they stand now; a trigger that is blind, or that holds, is a reason to hold as well.</summary>
    private async Task<StageResult> JudgeAsync(CancellationToken cancellation)
    {
        if (stage.Gate is { } name)
            _gate = await scope.Context.Gates.JudgeAsync(
                scope.Plan.Runbook.Gates.First(g => g.Name == name), _watchedSince, cancellation).ConfigureAwait(false);
        if (_gate?.Decision == Decision.NoGo)
            return Ended(RolloutDecision.Rollback, $"gate {_gate.Gate}: {Deciding(_gate)}");
        // What passed isn't asked again while it holds: a person would have to confirm the same thing at every look.
        var execution = new StepExecution(scope.Context, scope.Run.Journal, null);
        foreach (var check in stage.Checks.Where(c => _checks.GetValueOrDefault(c.Id)?.Verdict != Verdict.Passed))
            _checks[check.Id] = await execution.RunInPlaceAsync(scope.Planned(check), cancellation).ConfigureAwait(false);
        var required = _checks.Values.Where(c => c.Required).ToList();
        if (required.Find(c => c.Verdict == Verdict.Failed) is { } failed)
            return Ended(RolloutDecision.Rollback, $"{failed.Id} failed: {failed.Detail}");
        if (_gate?.Decision == Decision.Hold)
            return Ended(RolloutDecision.Hold, $"gate {_gate.Gate}: {Deciding(_gate)}");
        if (required.Find(c => c.Verdict != Verdict.Passed) is { } open)
            return Ended(RolloutDecision.Hold, $"{open.Id} could not be told: {open.Detail}");
        if (guards.Holding is { } holding)
            return Ended(RolloutDecision.Hold, $"trigger {holding.Trigger.Name}: {holding.Finding.Text}");
        if (guards.Blind(stage.Watch > TimeSpan.Zero ? _movedAt : null) is { Count: > 0 } blind)
            return Ended(RolloutDecision.Hold, "a trigger can't be told: " + string.Join("; ", blind));
        return Ended(RolloutDecision.Proceed, Passed(required.Count));
    }

    /// <summary>What let it through; nothing may have, and then it says so.</summary>
    private string Passed(int checks) =>
        _gate is not null ? $"gate {_gate.Gate}: {Deciding(_gate)}"
        : checks > 0 ? "every check passed"
        : scope.Rollout.Abort.Count > 0 ? "no trigger fired; the stage has neither a gate nor a required check"
        : "nothing judged it: the stage has neither a gate nor a required check, and the rollout no triggers";

    /// <summary>
    /// Waits for a person or for the limit, and looks again at each interval: what could not be told may be told by then. A person's word
    /// goes on in spite of what could not be told; nobody's word goes on in spite of what failed.
    /// </summary>
    private async Task<StageResult> HoldAsync(
        string reason, Func<CancellationToken, Task<StageResult>>? judgeAgain, CancellationToken cancellation)
    {
        var until = scope.Now + scope.Rollout.HoldLimit;
        scope.Journal.Held(stage.Name, reason, until);
        scope.Context.Report(new RolloutHeld(stage.Name, reason, until));
        scope.Moments.Tell(new RolloutMoment(RolloutMomentKind.Held, stage.Name));
        var next = scope.Now + Interval;
        guards.TakePromote();
        while (scope.Now < until)
        {
            guards.Say(new Doing(stage, until - scope.Now, "holding"));
            if (guards.TakePromote() is { } promote)
                return Ended(RolloutDecision.Proceed, $"{promote.By} decided to go on{(promote.Reason is { } why ? $" ({why})" : "")}, although {reason}", promote.By);
            if (judgeAgain is not null && scope.Now >= next && !guards.Paused)
            {
                next = scope.Now + Interval;
                if (await judgeAgain(cancellation).ConfigureAwait(false) is { Decision: not RolloutDecision.Hold } told)
                    return told;
            }
            var before = scope.Now;
            await Task.Delay(Pulse, scope.Clock, cancellation).ConfigureAwait(false);
            // Whoever paused it has answered: it stays, and isn't taken back for want of an answer.
            if (guards.Paused)
                until += scope.Now - before;
        }
        return Ended(AfterHold, $"nobody decided within {Durations.Format(scope.Rollout.HoldLimit)}: {reason}");
    }

    private TimeSpan Interval => stage.Interval ?? scope.Rollout.Interval;

    private RolloutDecision AfterHold => scope.Rollout.HoldEnd == HoldEnd.Rollback ? RolloutDecision.Rollback : RolloutDecision.Hold;

    private static string Deciding(GateResult gate) =>
        (gate.Score is { } score ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"score {score:0.##}; ") : "")
        + gate.Why();
}
