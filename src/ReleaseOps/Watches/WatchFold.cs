using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>
/// The state of a watch: folded from its looks, its checks and what people said, in the order of the ledger. It has no clock and no effects,
/// so a watch that was killed and read back, one that runs, and one that is replayed over history are the same thing.
/// </summary>
internal sealed class WatchFold
{
    /// <summary>How many calls and words are listed; the ledger has them all.</summary>
    private const int MostListed = 2000;

    private readonly List<ConditionTrack> _conditions;
    private readonly IncidentBook _incidents;
    private readonly ReviewBook _reviews;
    private readonly GapTrack _gaps = new();
    private readonly ExitTrack? _exit;
    private readonly BudgetBook _budgets;
    private readonly Dictionary<string, PlotTrack> _plots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepResult> _checks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly List<WatchCall> _calls = [];
    private readonly List<WatchWord> _words = [];

    public WatchFold(WatchSetup setup)
    {
        Setup = setup;
        _conditions = [.. setup.Conditions.Select(c => new ConditionTrack(c, setup.LongestBetween))];
        _incidents = new IncidentBook(setup.Runbook, setup.LongestBetween, setup.Incidents);
        _reviews = new ReviewBook(setup.Runbook, setup.T0, setup.EndsAt);
        _exit = setup.Watch.Exit is { } exit ? new ExitTrack(exit, setup.LongestBetween, setup.Watch.Interval) : null;
        _budgets = new BudgetBook(setup);
        Commander = setup.Commander;
        (NextSlot, NextAt) = (0, setup.T0);
    }

    public WatchSetup Setup { get; }

    /// <summary>The slot that is to be looked at next.</summary>
    public int NextSlot { get; private set; }

    /// <summary>Its time.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>The last look; null before the first.</summary>
    public WatchLook? LastLook { get; private set; }

    /// <summary>How many looks were made up for.</summary>
    public int FromHistory { get; private set; }

    public string? Commander { get; private set; }

    /// <summary>The word that ended it; null for none.</summary>
    public WatchWord? Stopped { get; private set; }

    public IReadOnlyList<ConditionTrack> Conditions => _conditions;

    public IncidentBook Incidents => _incidents;

    public ReviewBook Reviews => _reviews;

    public GapTrack Gaps => _gaps;

    public ExitTrack? Exit => _exit;

    public BudgetBook Budgets => _budgets;

    public IReadOnlyDictionary<string, StepResult> Checks => _checks;

    public IReadOnlyDictionary<string, PlotTrack> Plots => _plots;

    public IReadOnlyList<WatchCall> Calls => _calls;

    public IReadOnlyList<WatchWord> Words => _words;

    /// <summary>What it would come to if it ended now.</summary>
    public Decision SoFar { get; private set; }

    /// <summary>Calls that were come to and aren't on record yet, oldest first.</summary>
    public IReadOnlyList<WatchCall> Unrecorded => [.. _calls.Where(c => !_called.Contains(c.Key))];

    /// <summary>The time of a slot.</summary>
    public DateTimeOffset TimeOf(int slot) => NextAt + (slot - NextSlot) * Setup.Watch.Interval;

    /// <summary>The grid goes on from another time: the clock was set back.</summary>
    public void MoveTo(DateTimeOffset at) => NextAt = at;

    /// <summary>Takes a look; one whose slot was taken already is left out, so that none counts twice.</summary>
    /// <param name="look">The look.</param>
    /// <param name="calledAt">When it was recorded: nobody could be told before.</param>
    public void Take(WatchLook look, DateTimeOffset calledAt)
    {
        if (look.Slot != NextSlot)
            return;
        (LastLook, NextSlot, NextAt) = (look, look.Slot + 1, look.At + Setup.Watch.Interval);
        FromHistory += look.FromHistory ? 1 : 0;
        foreach (var track in _conditions)
        {
            var before = track.IsBreached;
            track.Take(look.Conditions.GetValueOrDefault(track.Condition.Id), look.At);
            if (track.IsBreached != before && track.Condition.Kind is ConditionKind.Threshold or ConditionKind.Trigger)
                Call(Turned(track, look));
        }
        foreach (var metric in look.Values.Keys.Union(_plots.Keys).ToList())
        {
            if (!_plots.TryGetValue(metric, out var plot))
                _plots[metric] = plot = new PlotTrack();
            plot.Take(look.At, look.Values.TryGetValue(metric, out var value) ? value : null);
        }
        Call(_budgets.Take(look));
        _gaps.Take(look.At, Untold(), Setup.Watch.Interval);
        var called = calledAt > look.At ? calledAt : look.At;
        foreach (var signal in WatchSignal.Of(this))
            Call(_incidents.Signal(signal.Source, signal.Severity, signal.Present, signal.Text, look.At, called, look.Slot));
        TakeExit(look);
        Decide(look.At);
    }

    /// <summary>
    /// Takes what somebody said, where the ledger has it: before the looks that were made up for later, so that what people were told of an
    /// incident (its name, first of all) stays so. What speaks of nothing that is there, or wasn't for its speaker to say, changes nothing.
    /// </summary>
    public void Hear(WatchWord word)
    {
        if (_words.Count < MostListed)
            _words.Add(word);
        // A word to close what isn't known to be gone is taken for one that it is mitigated.
        if (word.Kind == WatchWordKind.Resolve || WatchWords.Refusal(this, word) is null)
            Heard(word);
    }

    /// <summary>Takes an update to people as the words that it comes to.</summary>
    public void Hear(IncidentWord update)
    {
        foreach (var word in UpdateWords.Of(update, _incidents.Of(update.Incident)).ToList())
        {
            // What people were told of is there, whatever severity they were told.
            if (word.Kind != WatchWordKind.Open)
            {
                Hear(word);
                continue;
            }
            if (_words.Count < MostListed)
                _words.Add(word);
            Heard(word);
        }
        _incidents.Promise(update.Incident, update.NextUpdateAt);
    }

    /// <summary>Takes over an incident that people were told of before it began.</summary>
    public void Adopt(WatchIncident earlier) => Call([_incidents.Adopt(earlier)]);

    /// <summary>Takes the result of a check. What a person has confirmed isn't taken back because nobody was there to ask again.</summary>
    public void Take(StepResult check)
    {
        if (_checks.GetValueOrDefault(check.Id)?.Verdict != Verdict.Passed || check.Findings.All(f => f.Reason != ErrorId.NobodyToAsk))
            _checks[check.Id] = check;
    }

    /// <summary>Takes a call that is on record.</summary>
    public void TakeRecorded(WatchCall call)
    {
        _called.Add(call.Key);
        Listed(call);
        if (call.Kind == CallKind.DecisionChanged && Enum.TryParse<Decision>(call.Subject, out var decision))
            SoFar = decision;
    }

    /// <summary>The time goes on: the clocks that have run out are called.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (Setup.Replays)
            return;
        Call(_incidents.Overdue(now));
        Call(_reviews.Due(now));
        Decide(now);
    }

    private void Heard(WatchWord word)
    {
        switch (word.Kind)
        {
            case WatchWordKind.Review:
                _reviews.Hear(word, word.At);
                break;
            case WatchWordKind.Accept when word.Role is { } role:
                _exit?.Accept(role, word.By);
                break;
            case WatchWordKind.Commander:
                Commander = word.Value ?? word.By;
                break;
            case WatchWordKind.Stop:
                Stopped ??= word;
                break;
            case WatchWordKind.Confirm when word.Subject is { } id:
                _checks[id] = WatchChecks.Confirmed(id, word);
                break;
            default:
                Call(_incidents.Hear(word, word.At));
                break;
        }
    }

    private void TakeExit(WatchLook look)
    {
        if (_exit is null)
            return;
        var wasClean = _exit.IsClean;
        var targets = _conditions.Find(c => c.Condition.Kind == ConditionKind.Exit);
        _exit.Take(look.At, WatchDecision.BreakOf(this, targets, look.At), isKnown: Untold() is null);
        if (_exit.IsClean && !wasClean)
            Call([new WatchCall($"exit:{look.Slot}", CallKind.ExitReached, look.At, "exit", Verdict.Passed,
                $"clean for {Durations.Format(Setup.Watch.Exit!.Clean)}: hypercare may end")]);
    }

    private void Decide(DateTimeOffset now)
    {
        if (LastLook is null)
            return;
        var findings = WatchDecision.Findings(this, now, final: null);
        var decision = WatchDecision.Of(findings);
        if (decision == SoFar)
            return;
        SoFar = decision;
        var why = findings.FirstOrDefault(f => f.Required && f.Verdict == decision.ToVerdict())?.Text ?? "nothing speaks against it";
        Call([new WatchCall($"decision:{LastLook.Slot}:{decision}", CallKind.DecisionChanged, now, decision.ToString(), decision.ToVerdict(),
            $"the decision so far is {decision.Word()}: {why}")]);
    }

    /// <summary>Why the last look has a gap; null where it has none.</summary>
    private string? Untold() =>
        _conditions.FirstOrDefault(c => c.Condition.Counts && !c.IsTold) is { } blind ? $"{blind.Condition.Id}: {blind.Text}"
        : _budgets.Untold is { } slo ? $"slo:{slo}: its events could not be counted"
        // What decides nothing must be seen all the same by a watch that sees nothing else: a GO says that it looked.
        : _conditions.Count > 0 && _conditions.All(c => c.Holds is null) ? $"{_conditions[0].Condition.Id}: {_conditions[0].Text}"
        : null;

    private IEnumerable<WatchCall> Turned(ConditionTrack track, WatchLook look)
    {
        var name = track.Condition.Name;
        var action = Setup.Watch.Thresholds.FirstOrDefault(t => t.Name == name && track.Condition.Kind == ConditionKind.Threshold)?.Action
            ?? (track.Condition.Guard.Then == Consequence.Rollback ? "go back: releaseops rollback, Invoke-ReleaseRollback" : null);
        yield return track.IsBreached
            ? new WatchCall($"{track.Condition.Id}:breached:{look.Slot}", CallKind.Breached, look.At, name, Verdict.Failed,
                $"{track.Condition.Kind.ToString().ToLowerInvariant()} {name}: {track.Text}{(action is null ? "" : "; " + action)}")
            : new WatchCall($"{track.Condition.Id}:cleared:{look.Slot}", CallKind.Cleared, look.At, name, Verdict.Passed,
                $"{track.Condition.Kind.ToString().ToLowerInvariant()} {name} is clear again");
    }

    private void Call(IEnumerable<WatchCall> calls)
    {
        foreach (var call in calls)
            Listed(call);
    }

    private void Listed(WatchCall call)
    {
        if (!_known.Add(call.Key))
            return;
        _calls.Add(call);
        // What isn't on record yet must not be lost with what is.
        if (_calls.Count > MostListed && _calls.FindIndex(c => _called.Contains(c.Key)) is >= 0 and var oldest)
            _calls.RemoveAt(oldest);
    }
}
