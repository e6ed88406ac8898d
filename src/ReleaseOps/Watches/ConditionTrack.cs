using ReleaseOps.Gates;

namespace ReleaseOps.Watches;

/// <summary>
/// What a watch remembers of one condition. Over several series each has its own memory, so that <c>for: 10m</c> means ten minutes of the
/// same service; a series that doesn't hold costs nothing.
/// </summary>
internal sealed class ConditionTrack(WatchCondition condition, TimeSpan longest)
{
    private readonly Dictionary<ulong, TriggerState> _series = [];
    private TriggerState _state = TriggerState.Fresh;
    private DateTimeOffset? _at;

    public WatchCondition Condition => condition;

    /// <summary>Whether it held at the last look; null where that couldn't be told, or before the first.</summary>
    public bool? Holds { get; private set; }

    /// <summary>Whether all of it could be told at the last look: where it holds in one series, another may still be unknown.</summary>
    public bool IsTold { get; private set; }

    /// <summary>The sentence of the last look; empty where it didn't hold.</summary>
    public string Text { get; private set; } = "";

    /// <summary>True where it holds, and has for long enough, at the last look.</summary>
    public bool Fires { get; private set; }

    /// <summary>True from the look at which it fires to the first that sees it not hold: a gap doesn't end a breach.</summary>
    public bool IsBreached { get; private set; }

    /// <summary>How often it was breached.</summary>
    public int Breaches { get; private set; }

    /// <summary>When first.</summary>
    public DateTimeOffset? FirstBreach { get; private set; }

    /// <summary>How long in all.</summary>
    public TimeSpan Breached { get; private set; }

    /// <summary>What it came to at the last look, with how far it is from a breach.</summary>
    public Finding Latest => new(
        condition.Name, Fires || IsBreached ? Verdict.Failed : Holds is null ? Verdict.Inconclusive : Verdict.Passed,
        _at is null ? "not looked at yet" : Holds == false ? $"{Written} doesn't hold" : Text + Progress)
    {
        Condition = condition.When?.Expression.Source,
        Required = false,
    };

    /// <summary>Takes a look.</summary>
    /// <param name="seen">What it came to; null where it was seen not to hold.</param>
    /// <param name="at">When.</param>
    public void Take(Seen? seen, DateTimeOffset at)
    {
        Holds = seen is null ? false : seen.Holds;
        IsTold = Holds is not null && seen is not { Untold.Count: > 0 };
        Text = seen?.Text ?? "";
        if (seen?.Holding is { } holding)
            TakeSeries(holding, seen.Untold, at);
        else
            TakeOne(at);
        var before = IsBreached;
        IsBreached = Fires || (before && (Holds is null || seen is { Untold.Count: > 0 }));
        if (before && _at is { } last && at > last)
            Breached += at - last;
        if (IsBreached && !before)
        {
            Breaches++;
            FirstBreach ??= at;
        }
        _at = at;
    }

    private string Written => condition.When?.Expression.Source ?? condition.Name;

    private string Progress => Fires || Holds != true || condition.Guard.For is not { } span ? ""
        : $" (held {Durations.Format(TimeSpan.FromSeconds(Math.Floor(Longest.TotalSeconds)))} of {Durations.Format(span)})";

    private TimeSpan Longest => _series.Values.Select(s => s.Held).Append(_state.Held).Max();

    private void TakeOne(DateTimeOffset at)
    {
        _state = _state.Look(Holds, at, longest);
        Fires = _state.Fires(condition.Guard);
        // The query itself failed, or no series holds any more.
        foreach (var series in _series.Keys.ToList())
            if (Holds is null)
                _series[series] = _series[series].Look(null, at, longest);
            else
                _series.Remove(series);
    }

    private void TakeSeries(IReadOnlyList<ulong> holding, IReadOnlyList<ulong> untold, DateTimeOffset at)
    {
        var (held, blind) = (holding.ToHashSet(), untold.ToHashSet());
        foreach (var series in _series.Keys.Where(s => !held.Contains(s)).ToList())
            if (blind.Contains(series))
                _series[series] = _series[series].Look(null, at, longest);
            else
                _series.Remove(series);
        foreach (var series in held)
            _series[series] = _series.GetValueOrDefault(series, TriggerState.Fresh).Look(true, at, longest);
        Fires = _series.Values.Any(s => s.Fires(condition.Guard));
    }
}
