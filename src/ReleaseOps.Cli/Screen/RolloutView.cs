using System.Globalization;
using ReleaseOps.Evidence;
using ReleaseOps.Gates;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// Follows a rollout on the screen: a line for what is done and decided and, in a terminal, below it the stage that it is in, what is left of
/// its watch, each criterion's latest value and the triggers that hold. Where output is no terminal a look is one plain line, and only when
/// it saw something else than the look before.
/// </summary>
internal sealed class RolloutView : IRunListener, IDisposable
{
    private readonly Dictionary<string, Finding> _criteria = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TriggerLook> _triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private string _stage = "";
    private string _state = "";
    private DateTimeOffset? _ends;
    private string _lastLine = "";

    public RolloutView(bool json) => Screen = new LiveScreen(json, Now);

    public LiveScreen Screen { get; }

    public void Report(RunEvent happened) => Screen.Locked(() => Take(happened));

    public void Dispose() => Screen.Dispose();

    private void Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                Say($"{started.Plan.Runbook.Title} — {started.Plan.Release}, run {started.Run}{(started.Resumed ? " (resumed)" : "")}");
                break;
            case StageStarted stage:
                (_stage, _state, _ends) = ($"stage {stage.Index} of {stage.Count}: {stage.Stage}, {Percent(stage.Weight)}", "", null);
                _criteria.Clear();
                Say(_stage);
                break;
            case StepStarted step:
                _running.TryAdd(step.Step.Id, DateTimeOffset.UtcNow);
                break;
            case StepFinished step:
                _running.Remove(step.Step.Id);
                Say(step.Result.Verdict, $"{step.Result.Id}: {(step.Earlier ? "(before the interruption) " : "")}{step.Result.Detail}");
                break;
            case StageLooked look:
                Take(look);
                break;
            case TriggerFired fired:
                Say(fired.Look.Trigger.Then == Runbooks.Consequence.Page ? Verdict.Inconclusive : Verdict.Failed,
                    $"trigger {fired.Look.Trigger.Name} -> {fired.Look.Trigger.Then.ToString().ToLowerInvariant()}: {fired.Look.Finding.Text}");
                break;
            case RolloutHeld held:
                (_state, _ends) = ("holding", held.Until);
                Say(Verdict.Inconclusive, $"holds until {held.Until.UtcDateTime:HH:mm:ss}Z for a word (releaseops rollout promote, abort): {held.Reason}");
                break;
            case SignalTaken { Signal: var signal }:
                Say($"{signal.By} says {signal.Kind.ToString().ToLowerInvariant()}{(signal.Reason is null ? "" : ": " + signal.Reason)}");
                break;
            case StageDecided { Result: var stage }:
                _state = "decided";
                Say($"{stage.Stage} -> {StatusWord.Of(stage.Decision)}: {stage.Reason}");
                break;
            case RollbackStarted back:
                (_stage, _state, _ends) = ("the way back", "", back.Within is { } within ? DateTimeOffset.UtcNow + within : null);
                _criteria.Clear();
                _triggers.Clear();
                Say($"the way back{(back.Within is { } limit ? $", within {Durations.Format(limit)}" : "")}: {back.Reason}");
                break;
            case RollbackFinished { Result: var back }:
                Say(back.Verdict, $"the way back took {back.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
                    + (back.Within is { } within2 ? $" of {Durations.Format(within2)}" : ""));
                break;
            case RunNoted note:
                Say(note.Text);
                break;
        }
    }

    private void Take(StageLooked look)
    {
        _state = look.State;
        _ends = look.Left is { } left && look.State is not "paused" ? DateTimeOffset.UtcNow + left : null;
        foreach (var criterion in look.Criteria)
            _criteria[criterion.Subject] = criterion;
        foreach (var trigger in look.Triggers)
            _triggers[trigger.Trigger.Name] = trigger;
        if (Screen.IsLive)
            return;
        var line = OneLine.Of(string.Join("; ", Facts().Select(f => $"{StatusWord.Of(f.Verdict)} {f.Text}").Prepend($"{look.Stage} {look.State}")));
        if (line != _lastLine)
            Screen.WriteLine(_lastLine = line);
    }

    /// <summary>The lines that are drawn anew.</summary>
    private IEnumerable<string> Now()
    {
        var now = DateTimeOffset.UtcNow;
        if (_stage.Length > 0 && _state != "decided")
            yield return Screen.Cut(OneLine.Of(_stage + (_state.Length > 0 ? ", " + _state : "")
                + (_ends is { } ends && ends > now ? $", {Durations.Format(Whole(ends - now))} left" : "")));
        foreach (var (verdict, text) in Facts())
            yield return "  " + Screen.Coloured(StatusWord.Of(verdict).PadRight(5), verdict) + Screen.Cut(OneLine.Of(text), 7);
        if (_running.Count > 0)
            yield return Screen.Cut("  running: " + string.Join(", ", _running.Select(r => $"{r.Key} {Durations.Format(Whole(now - r.Value))}")));
    }

    /// <summary>Each criterion with its latest value, and the triggers that hold or can't be told.</summary>
    private IEnumerable<(Verdict Verdict, string Text)> Facts() =>
        _criteria.Values.Select(c => (c.Verdict, $"{c.Text}{(c.Required ? "" : " (optional)")}"))
            .Concat(_triggers.Values.Where(t => t.State.InARow > 0 || t.Finding.Verdict != Verdict.Passed)
                .Select(t => (t.Fires ? Verdict.Failed : Verdict.Inconclusive, $"trigger {t.Trigger.Name}: {t.Finding.Text}")));

    private void Say(string text) => Screen.WriteLine(Screen.Cut(OneLine.Of(text)));

    private void Say(Verdict verdict, string text) =>
        Screen.WriteLine("  " + Screen.Coloured(StatusWord.Of(verdict).PadRight(5), verdict) + Screen.Cut(OneLine.Of(text), 7));

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    private static string Percent(double weight) => weight.ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
