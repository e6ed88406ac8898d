using System.Globalization;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// Follows a run on the screen: a table that grows a line as each step ends and, in a terminal, below it what is running now. Where
/// output is no terminal the same lines come plain, and nothing else.
/// </summary>
internal sealed class ChecklistView : IRunListener, IDisposable
{
    private readonly Dictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private int _total;
    private int _ended;
    private int _idWidth;

    public ChecklistView(bool json) => Screen = new LiveScreen(json, Running);

    public LiveScreen Screen { get; }

    public void Report(RunEvent happened) => Screen.Locked(() =>
    {
        switch (happened)
        {
            case RunStarted started:
                Begin(started);
                break;
            case StepStarted step:
                _running.TryAdd(step.Step.Id, DateTimeOffset.UtcNow);
                break;
            case StepFinished step:
                _running.Remove(step.Step.Id);
                _ended++;
                WriteRow(step);
                break;
            case RunNoted note:
                Screen.WriteLine(OneLine.Of(note.Text));
                break;
        }
    });

    public void Dispose() => Screen.Dispose();

    private void Begin(RunStarted started)
    {
        _total = started.Plan.Steps.Count;
        _idWidth = Math.Clamp(started.Plan.Steps.Select(s => s.Id.Length).DefaultIfEmpty(0).Max(), 5, 40);
        Screen.WriteLine($"{OneLine.Of(started.Plan.Runbook.Title)} — {started.Plan.Release}, run {started.Run}{(started.Resumed ? " (resumed)" : "")}");
        Screen.WriteLine();
        Screen.WriteLine($"{"CHECK".PadRight(_idWidth)}  STATUS  ELAPSED(s)  DETAIL");
    }

    private void WriteRow(StepFinished step)
    {
        var result = step.Result;
        var status = StatusWord.Of(result.Verdict).PadRight(7);
        var detail = OneLine.Of((step.Earlier ? "(before the interruption) " : "") + result.Detail);
        Screen.WriteLine(
            $"{result.Id.PadRight(_idWidth)}  {Screen.Coloured(status, result.Verdict)} {Seconds(result.Elapsed),10}  {Screen.Cut(detail, _idWidth + 22)}");
    }

    private static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private IEnumerable<string> Running()
    {
        if (_running.Count == 0)
            yield break;
        var now = DateTimeOffset.UtcNow;
        var steps = string.Join(", ", _running.Select(r => $"{r.Key} {Durations.Format(TimeSpan.FromSeconds(Math.Floor((now - r.Value).TotalSeconds)))}"));
        yield return Screen.Cut($"{_ended} of {_total}, running: {steps}");
    }
}
