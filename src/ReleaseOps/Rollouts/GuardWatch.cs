using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>What the rollout is doing, for whoever watches: the stage, what is left of its watch, and a word.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Left">How much of its watch is left; null before it begins.</param>
/// <param name="State">acting, watching, paused or holding.</param>
internal sealed record Doing(Stage Stage, TimeSpan? Left, string State);

/// <summary>
/// Looks at the triggers throughout a rollout, also while an action runs, and hears what other terminals say. One loop for the metrics, one
/// for each step that a trigger looks at (a slow one must not keep the others waiting), one for the letters.
/// </summary>
internal sealed class GuardWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    /// <summary>Two looks further apart than this many intervals have a gap between them.</summary>
    private const double LongestGap = 2.5;

    /// <summary>A look may be this old at least before it tells nothing any more: a busy machine isn't on the dot.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly RolloutScope _scope;
    private readonly IReadOnlyList<Trigger> _triggers;
    private readonly IReadOnlyDictionary<string, TriggerState> _remembered;
    private readonly Dictionary<string, TriggerLook> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lookedAt = new(StringComparer.Ordinal);
    private readonly HashSet<string> _firing = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private CancellationTokenSource _nap = new();
    private Doing _doing;
    private bool _paused;
    private Signal? _promote;

    public GuardWatch(RolloutScope scope, IReadOnlyDictionary<string, TriggerState> remembered)
    {
        _scope = scope;
        _triggers = [.. scope.Plan.Runbook.Triggers.Where(t => scope.Rollout.Abort.Contains(t.Name))];
        _remembered = remembered;
        _doing = new Doing(scope.Rollout.Stages[0], null, "acting");
    }

    /// <summary>Cancelled when the rollout must not go on: a rollback trigger fired, somebody aborted it, or the watch itself failed.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The trigger that asks for a rollback; null for none.</summary>
    public TriggerLook? Fired { get; private set; }

    /// <summary>Who aborted the rollout; null for nobody.</summary>
    public Signal? Aborted { get; private set; }

    /// <summary>What ended the watch itself (the ledger is lost, the disk is full); null for nothing.</summary>
    public Exception? Error { get; private set; }

    /// <summary>How many looks at the metrics were made.</summary>
    public int Looks { get; private set; }

    /// <summary>The trigger that holds the rollout at this moment; null for none.</summary>
    public TriggerLook? Holding
    {
        get { lock (_lock) return _last.Values.FirstOrDefault(l => l.Fires && l.Trigger.Then == Consequence.Hold); }
    }

    /// <summary>The triggers that could not be told at their last look, were never looked at, or not lately: a look that hangs sees nothing.</summary>
    /// <param name="since">Timestamp of the clock that the last look must not be older than; null for none.</param>
    public IReadOnlyList<string> Blind(long? since)
    {
        lock (_lock)
            return [.. _triggers.Select(t => BlindIn(t, since)).OfType<string>()];
    }

    /// <summary>What each trigger came to at its last look, in the order of the runbook.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get { lock (_lock) return [.. _triggers.Where(t => _last.ContainsKey(t.Name)).Select(t => _last[t.Name].Finding)]; }
    }

    public bool Paused
    {
        get { lock (_lock) return _paused; }
    }

    /// <summary>Says what the rollout is doing now.</summary>
    public void Say(Doing doing)
    {
        lock (_lock)
            _doing = doing;
    }

    /// <summary>Looks at once, whatever is left of the interval: the traffic has just moved.</summary>
    public void LookNow()
    {
        CancellationTokenSource nap;
        lock (_lock)
            (nap, _nap) = (_nap, new CancellationTokenSource());
        nap.Cancel();
    }

    /// <summary>The word to go on, if somebody gave it since it was last taken.</summary>
    public Signal? TakePromote()
    {
        lock (_lock)
        {
            var promote = _promote;
            _promote = null;
            return promote;
        }
    }

    /// <summary>Begins to look.</summary>
    public void Start()
    {
        _loops.Add(LoopAsync(LookAtMetricsAsync, () => Interval));
        foreach (var step in _triggers.Where(t => t.Step is not null).GroupBy(t => t.Step!, StringComparer.Ordinal))
        {
            var planned = _scope.Plan.Watched.First(s => s.Id == step.Key);
            var triggers = step.ToArray();
            _loops.Add(LoopAsync(token => LookAtStepAsync(planned, triggers, token), () => Interval));
        }
        _loops.Add(LoopAsync(ReadLettersAsync, () => Pulse));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_loops).ConfigureAwait(false);
        _end.Dispose();
        _stop.Dispose();
        _nap.Dispose();
    }

    private TimeSpan Interval
    {
        get { lock (_lock) return _doing.Stage.Interval ?? _scope.Rollout.Interval; }
    }

    private TimeSpan Longest => Interval * LongestGap;

    private async Task LoopAsync(Func<CancellationToken, Task> look, Func<TimeSpan> interval)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (!_end.IsCancellationRequested)
            {
                CancellationToken nap;
                lock (_lock)
                    nap = _nap.Token;
                var began = _scope.Clock.GetTimestamp();
                await look(_end.Token).ConfigureAwait(false);
                await NapAsync(interval() - _scope.Clock.GetElapsedTime(began), nap).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The rollout is through.
        }
#pragma warning disable CA1031 // Whatever ends the watch must end the rollout, and is thrown there.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Error ??= error;
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task NapAsync(TimeSpan left, CancellationToken awake)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, awake);
        try
        {
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _scope.Clock, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            // Awake before its time.
        }
    }

    private string? BlindIn(Trigger trigger, long? since)
    {
        if (!_last.TryGetValue(trigger.Name, out var look))
            return $"{trigger.Name} was never looked at";
        if (look.Finding.Verdict == Verdict.Inconclusive)
            return $"{trigger.Name}: {look.Finding.Text}";
        var at = _lookedAt[trigger.Name];
        var age = _scope.Clock.GetElapsedTime(at);
        if (age > (Longest > Leeway ? Longest : Leeway))
            return $"{trigger.Name} was last looked at {Durations.Format(TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)))} ago";
        return at < since ? $"{trigger.Name} wasn't looked at since the traffic moved" : null;
    }

    private async Task LookAtMetricsAsync(CancellationToken cancellation)
    {
        Doing doing;
        lock (_lock)
            doing = _doing;
        var triggers = _triggers.Where(t => t.When is not null).ToArray();
        var gate = doing.Stage.Gate is { } name ? _scope.Plan.Runbook.Gates.First(g => g.Name == name) : null;
        var shown = gate?.Criteria.Where(c => c.Expect is not null).ToArray() ?? [];
        if (triggers.Length + shown.Length == 0)
            return;
        var begun = _scope.Clock.GetTimestamp();
        var input = await _scope.Context.Gates.LookAsync(
            triggers.Select(t => t.When!).Concat(shown.Select(c => c.Expect!)), cancellation).ConfigureAwait(false);
        if (gate is not null)
            input = _scope.Context.Gates.WithBaseline(gate, input);
        var criteria = shown.Select(c => _scope.Context.Gates.Masked(GateJudge.Judge(c.Expect!, input, c.Name))).ToList();
        lock (_lock)
            Looks++;
        Take([.. triggers.Select(t => TriggerJudge.Judge(t, Before(t), input, Longest))], criteria, begun);
    }

    private async Task LookAtStepAsync(PlannedStep step, Trigger[] triggers, CancellationToken cancellation)
    {
        var begun = _scope.Clock.GetTimestamp();
        var result = await new StepRunner(_scope.Context).LookAsync(step, cancellation).ConfigureAwait(false);
        Take([.. triggers.Select(t => TriggerJudge.Judge(t, Before(t), result.Verdict, $"{step.Id}: {result.Detail}", _scope.Now, Longest))], [], begun);
    }

    /// <summary>Hears what was said by now.</summary>
    public Task HearAsync() => ReadLettersAsync(CancellationToken.None);

    private Task ReadLettersAsync(CancellationToken cancellation)
    {
        _scope.Context.Mail.Collect();
        while (_scope.Context.Mail.NextSignal() is { } signal)
        {
            _scope.Context.Report(new SignalTaken(signal));
            lock (_lock)
            {
                _paused = signal.Kind switch { SignalKind.Pause => true, SignalKind.Resume or SignalKind.Promote => false, _ => _paused };
                if (signal.Kind == SignalKind.Promote)
                    _promote = signal;
                if (signal.Kind == SignalKind.Abort)
                    Aborted ??= signal;
            }
        }
        return Aborted is null ? Task.CompletedTask : _stop.CancelAsync();
    }

    private TriggerState Before(Trigger trigger)
    {
        lock (_lock)
            return _last.GetValueOrDefault(trigger.Name)?.State ?? _remembered.GetValueOrDefault(trigger.Name) ?? TriggerState.Fresh;
    }

    /// <summary>Remembers, records and tells what was seen; then sees to the consequences.</summary>
    private void Take(IReadOnlyList<TriggerLook> seen, IReadOnlyList<Finding> criteria, long begun)
    {
        IReadOnlyList<TriggerLook> looks =
            [.. seen.Select(look => look with
            {
                // What fires decides, unless it only calls somebody; what doesn't fire is shown.
                Finding = _scope.Context.Gates.Masked(look.Finding) with { Required = look.Fires && look.Trigger.Then != Consequence.Page },
            })];
        Doing doing;
        List<TriggerLook> fresh;
        lock (_lock)
        {
            doing = _doing;
            foreach (var look in looks)
            {
                _lookedAt[look.Trigger.Name] = begun;
                _last[look.Trigger.Name] = look;
            }
            fresh = [.. looks.Where(l => l.Fires && _firing.Add(l.Trigger.Name))];
            _firing.ExceptWith(looks.Where(l => !l.Fires).Select(l => l.Trigger.Name));
            _scope.Journal.Looked(doing.Stage.Name, looks, criteria);
        }
        _scope.Context.Report(new StageLooked(
            doing.Stage.Name, doing.Stage.Weight, doing.Left, criteria, looks, doing.State));
        foreach (var look in fresh)
        {
            _scope.Journal.Fired(doing.Stage.Name, look);
            _scope.Context.Report(new TriggerFired(look, doing.Stage.Name));
        }
        if (fresh.FirstOrDefault(l => l.Trigger.Then == Consequence.Rollback) is not { } worst)
            return;
        lock (_lock)
            Fired ??= worst;
        _stop.Cancel();
    }
}
