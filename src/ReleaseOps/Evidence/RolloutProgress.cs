using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>Where a rollout is, for whoever watches it: what is worth a line that stays, and what is so at this moment.</summary>
/// <param name="clock">The clock.</param>
public sealed class RolloutProgress(TimeProvider clock)
{
    private readonly Dictionary<string, Finding> _criteria = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TriggerLook> _triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private string _stage = "";
    private string _state = "";
    private DateTimeOffset? _ends;

    /// <summary>How many stages are behind it, in percent of all.</summary>
    public int Percent { get; private set; }

    /// <summary>The stage, its weight, what it is doing and how long that still takes; empty before the first.</summary>
    public string Status => _stage.Length == 0 ? "" : _stage + (_state.Length > 0 ? ", " + _state : "")
        + (Left is { } left ? $", {Durations.Format(Whole(left))} left" : "");

    /// <summary>How much is left of the watch, the hold or the way back; null where nothing limits it.</summary>
    public TimeSpan? Left => _ends - clock.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : null;

    /// <summary>Each criterion with its latest value, and the triggers that hold or can't be told.</summary>
    public IReadOnlyList<ProgressLine> Facts =>
    [
        .. _criteria.Values.Select(c => new ProgressLine(c.Verdict, OneLine.Of($"{c.Text}{(c.Required ? "" : " (optional)")}"))),
        .. _triggers.Values.Where(t => t.State.InARow > 0 || t.Finding.Verdict != Verdict.Passed)
            .Select(t => new ProgressLine(t.Finding.Verdict, OneLine.Of($"trigger {t.Trigger.Name}: {t.Finding.Text}"))
            {
                Word = t.Finding.Verdict == Verdict.Passed ? "RISE" : StatusWord.Of(t.Finding.Verdict),
            }),
    ];

    /// <summary>The steps that run, each with how long it has; empty for none.</summary>
    public string Running => OneLine.Of(string.Join(", ", _running.Select(r => $"{r.Key} {Durations.Format(Whole(clock.GetUtcNow() - r.Value))}")));

    /// <summary>The last look in one line, for where nothing can be drawn anew.</summary>
    public string Look => OneLine.Of(string.Join("; ",
        Facts.Select(f => $"{f.Word} {f.Text}").Prepend(_stage + (_state.Length > 0 ? ", " + _state : ""))));

    /// <summary>Takes what happened.</summary>
    /// <param name="happened">What happened.</param>
    /// <returns>The line that it is worth; null for none.</returns>
    public ProgressLine? Take(RunEvent happened)
    {
        Remember(happened);
        return LineOf(happened) is { } line ? line with { Text = OneLine.Of(line.Text) } : null;
    }

    private void Remember(RunEvent happened)
    {
        switch (happened)
        {
            case StageStarted stage:
                _criteria.Clear();
                (_stage, _state, _ends) = ($"stage {stage.Index} of {stage.Count}: {stage.Stage}, {Share(stage.Weight)}", "", null);
                Percent = 100 * (stage.Index - 1) / stage.Count;
                break;
            case StepStarted step:
                _running.TryAdd(step.Step.Id, clock.GetUtcNow());
                break;
            case StepFinished step:
                _running.Remove(step.Step.Id);
                break;
            case StageLooked look:
                _state = look.State;
                _ends = look.Left is { } left && look.State != "paused" ? clock.GetUtcNow() + left : null;
                foreach (var criterion in look.Criteria)
                    _criteria[criterion.Subject] = criterion;
                foreach (var trigger in look.Triggers)
                    _triggers[trigger.Trigger.Name] = trigger;
                break;
            case RolloutHeld held:
                (_state, _ends) = ("holding", held.Until);
                break;
            case StageDecided:
                (_state, _ends) = ("decided", null);
                break;
            case RollbackStarted back:
                _criteria.Clear();
                _triggers.Clear();
                _running.Clear();
                (_stage, _state, _ends) = ("the way back", "", back.Within is { } within ? clock.GetUtcNow() + within : null);
                break;
        }
    }

    private ProgressLine? LineOf(RunEvent happened) => happened switch
    {
        RunStarted run => new(null, $"{run.Plan.Runbook.Title} — {run.Plan.Release}, run {run.Run}{(run.Resumed ? " (resumed)" : "")}"),
        StageStarted => new(null, _stage),
        StepFinished step => new(step.Result.Verdict, $"{step.Result.Id}: {(step.Earlier ? "(before the interruption) " : "")}{step.Result.Detail}"),
        TriggerFired { Look: var look } => new(look.Trigger.Then == Consequence.Page ? Verdict.Inconclusive : Verdict.Failed,
            $"trigger {look.Trigger.Name} -> {look.Trigger.Then.ToString().ToLowerInvariant()}: {look.Finding.Text}"),
        RolloutHeld held => new(Verdict.Inconclusive, $"holds until {held.Until.UtcDateTime:HH:mm:ss}Z for a word to promote or to abort: {held.Reason}"),
        SignalTaken { Signal: var said } => new(null, $"{said.By} says {said.Kind.ToString().ToLowerInvariant()}{(said.Reason is null ? "" : ": " + said.Reason)}"),
        StageDecided { Result: var stage } => new(null, $"{stage.Stage} -> {StatusWord.Of(stage.Decision)}: {stage.Reason}"),
        RollbackStarted back => new(null, $"the way back{(back.Within is { } limit ? $", within {Durations.Format(limit)}" : "")}: {back.Reason}"),
        RollbackFinished { Result: var back } => new(back.Verdict,
            $"the way back took {Durations.Took(back.Elapsed)}{(back.Within is { } limit ? $" of {Durations.Format(limit)}" : "")}"),
        RunNoted note => new(null, note.Text),
        _ => null,
    };

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    private static string Share(double weight) => weight.ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
