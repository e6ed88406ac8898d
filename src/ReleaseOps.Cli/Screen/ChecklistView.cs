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
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly Lock _drawing = new();
    private readonly TextWriter? _to;
    private readonly bool _live;
    private readonly bool _colour;
    private readonly Dictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private readonly Timer? _timer;
    private int _total;
    private int _ended;
    private int _idWidth;
    private bool _drawn;
    private bool _paused;

    private ChecklistView(TextWriter? to, bool live, bool colour)
    {
        (_to, _live, _colour) = (to, live, colour);
        if (live)
            _timer = new Timer(_ => Locked(DrawRunning), null, Redraw, Redraw);
    }

    /// <summary>The view that fits where standard output goes; silent with <c>--json</c>, whose document must stand alone.</summary>
    public static ChecklistView For(bool json)
    {
        var terminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        var colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new ChecklistView(json ? null : Console.Out, terminal && !json, colour);
    }

    /// <summary>Takes the live line away while somebody is asked something.</summary>
    public IDisposable Pause()
    {
        Locked(() => _paused = true);
        return new Resumption(this);
    }

    public void Report(RunEvent happened) => Locked(() =>
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
                _to?.WriteLine(OneLine.Of(note.Text));
                break;
        }
    });

    public void Dispose()
    {
        _timer?.Dispose();
        Locked(() => _paused = true);
    }

    private void Begin(RunStarted started)
    {
        _total = started.Plan.Steps.Count;
        _idWidth = Math.Clamp(started.Plan.Steps.Select(s => s.Id.Length).DefaultIfEmpty(0).Max(), 5, 40);
        _to?.WriteLine($"{OneLine.Of(started.Plan.Runbook.Title)} — {started.Plan.Release}, run {started.Run}{(started.Resumed ? " (resumed)" : "")}");
        _to?.WriteLine();
        _to?.WriteLine($"{"CHECK".PadRight(_idWidth)}  STATUS  ELAPSED(s)  DETAIL");
    }

    private void WriteRow(StepFinished step)
    {
        var result = step.Result;
        var status = StatusWord.Of(result.Verdict).PadRight(7);
        var detail = OneLine.Of((step.Earlier ? "(before the interruption) " : "") + result.Detail);
        _to?.WriteLine($"{result.Id.PadRight(_idWidth)}  {Coloured(status, result.Verdict)} {Seconds(result.Elapsed),10}  {Cut(detail, _idWidth + 22)}");
    }

    private static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private void DrawRunning()
    {
        if (_paused || _running.Count == 0)
            return;
        var now = DateTimeOffset.UtcNow;
        var steps = string.Join(", ", _running.Select(r => $"{r.Key} {Durations.Format(TimeSpan.FromSeconds(Math.Floor((now - r.Value).TotalSeconds)))}"));
        Console.Out.Write(Cut($"{_ended} of {_total}, running: {steps}", 0));
        _drawn = true;
    }

    private void Locked(Action draw)
    {
        lock (_drawing)
        {
            if (_drawn)
                Console.Out.Write("\r\e[K");
            _drawn = false;
            draw();
        }
    }

    /// <summary>In a terminal a row is one line; elsewhere nothing is cut.</summary>
    private string Cut(string text, int used)
    {
        if (!_live)
            return text;
        var room = Math.Max(Console.WindowWidth - used - 1, 20);
        return text.Length <= room ? text : string.Concat(text.AsSpan(0, room - 1), "…");
    }

    private string Coloured(string text, Verdict verdict) => !_colour ? text : verdict switch
    {
        Verdict.Passed => $"\e[32m{text}\e[0m",
        Verdict.Failed => $"\e[1;31m{text}\e[0m",
        Verdict.Inconclusive => $"\e[33m{text}\e[0m",
        _ => $"\e[2m{text}\e[0m",
    };

    private sealed class Resumption(ChecklistView view) : IDisposable
    {
        public void Dispose() => view.Locked(() => view._paused = false);
    }
}
