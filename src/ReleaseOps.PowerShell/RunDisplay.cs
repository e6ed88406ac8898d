using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>
/// Shows a run as it happens: progress for who watches, an information line for each finished step (<c>-InformationAction Continue</c>
/// shows them), the rest as verbose lines. Nothing of it reaches the output stream.
/// </summary>
internal sealed class RunDisplay(Cmdlet cmdlet, PipelineQueue queue, string activity, TimeProvider clock) : IRunListener
{
    /// <summary>The tag of the information lines.</summary>
    public const string Tag = "ReleaseOps";

    private const int ActivityId = 0x5e1ea5e;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<string> _running = [];
    private readonly RolloutProgress _rollout = new(clock);
    private readonly WatchProgress _watch = new(clock);
    private int _total;
    private int _done;
    private bool _changed;
    private long _shownAt;
    private string _lastLook = "";

    public void Report(RunEvent happened) => queue.Post(() => Take(happened));

    /// <summary>Writes the progress, where it has changed and the last one is at least 200 ms old.</summary>
    public void Refresh()
    {
        _changed |= _rollout.Left is not null || _watch.Left is not null;
        if (!_changed || (_shownAt != 0 && clock.GetElapsedTime(_shownAt) < Pause))
            return;
        _changed = false;
        _shownAt = clock.GetTimestamp();
        cmdlet.WriteProgress(
            _rollout.Status is { Length: > 0 } stage ? Progress(stage, _rollout.Percent, _rollout.Left, _rollout.Facts)
            : _watch.Status is { Length: > 0 } watch ? Progress(watch, _watch.Percent, _watch.Left, _watch.Facts)
            : new ProgressRecord(ActivityId, activity, $"{_done} of {_total} steps")
            {
                PercentComplete = _total == 0 ? 0 : 100 * _done / _total,
                CurrentOperation = string.Join(", ", _running),
            });
    }

    /// <summary>Takes the progress off the screen.</summary>
    public void End()
    {
        if (_shownAt != 0)
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "done") { RecordType = ProgressRecordType.Completed });
    }

    private ProgressRecord Progress(string status, int percent, TimeSpan? left, IEnumerable<ProgressLine> facts) => new(ActivityId, activity, status)
    {
        PercentComplete = percent,
        // The record counts in an int, and shows nothing for -1.
        SecondsRemaining = (int?)left?.TotalSeconds ?? -1,
        CurrentOperation = string.Join("; ", facts.Select(f => f.Text).Concat(_running)),
    };

    private void Take(RunEvent happened)
    {
        _changed = true;
        var line = _rollout.Take(happened) ?? _watch.Take(happened);
        switch (happened)
        {
            case RunStarted started:
                _total = started.Plan.Steps.Count;
                cmdlet.WriteVerbose($"{(started.Resumed ? "Resuming" : "Starting")} run {started.Run}; its evidence goes to {started.Folder}.");
                break;
            case StepStarted { Try: 1 } step:
                _running.Add(step.Step.Id);
                cmdlet.WriteVerbose($"{step.Step.Id}: {step.Step.Does}");
                break;
            case StepStarted again:
                cmdlet.WriteVerbose($"{again.Step.Id}: try {again.Try} of {again.Step.Tries}");
                break;
            case StepFinished finished:
                _done++;
                _running.Remove(finished.Step.Id);
                Show(finished);
                break;
            case StageLooked when _rollout.Look != _lastLook:
                cmdlet.WriteVerbose(_lastLook = _rollout.Look);
                break;
            case not null when line is not null:
                cmdlet.WriteInformation((line.Verdict is { } verdict ? $"{verdict,-12} " : "") + line.Text, [Tag]);
                break;
        }
    }

    private void Show(StepFinished finished)
    {
        var result = finished.Result;
        var earlier = finished.Earlier ? " (before the interruption)" : "";
        cmdlet.WriteInformation(
            $"{result.Verdict,-12} {Durations.Format(result.Elapsed),8}  {result.Id}{earlier}: {OneLine.Of(result.Detail)}", [Tag]);
        foreach (var finding in result.Findings)
            cmdlet.WriteVerbose($"{result.Id}: {finding.Verdict}: {OneLine.Of(finding.Text)}");
        foreach (var note in result.Notes)
            cmdlet.WriteVerbose($"{result.Id}: {OneLine.Of(note)}");
    }
}
