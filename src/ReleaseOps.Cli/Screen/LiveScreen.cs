using System.Globalization;
using ReleaseOps.Evidence;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// Where a run is shown: lines that stay and, in a terminal, below them lines that are drawn anew as things change. Silent with
/// <c>--json</c>, whose document must stand alone.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly Lock _drawing = new();
    private readonly TextWriter? _to;
    private readonly bool _colour;
    private readonly Func<IEnumerable<string>> _live;
    private readonly Timer? _timer;
    private int _drawn;
    private bool _paused;

    /// <summary>A screen that fits where standard output goes.</summary>
    /// <param name="json">True where nothing may be shown.</param>
    /// <param name="live">The lines that are drawn anew; none for nothing. Called under the screen's lock.</param>
    public LiveScreen(bool json, Func<IEnumerable<string>> live)
    {
        var terminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        (_to, _live, IsLive) = (json ? null : Console.Out, live, terminal && !json);
        _colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        if (IsLive)
            _timer = new Timer(_ => Locked(Draw), null, Redraw, Redraw);
    }

    /// <summary>True in a terminal, where the live lines are drawn.</summary>
    public bool IsLive { get; }

    /// <summary>Writes a line that stays; only inside <see cref="Locked"/>.</summary>
    public void WriteLine(string line = "") => _to?.WriteLine(line);

    /// <summary>Does something with the live lines out of the way, and nothing else being drawn.</summary>
    public void Locked(Action draw)
    {
        lock (_drawing)
        {
            if (_drawn > 0)
                Console.Out.Write(_drawn == 1 ? "\r\e[K" : string.Create(CultureInfo.InvariantCulture, $"\r\e[{_drawn - 1}A\e[J"));
            _drawn = 0;
            draw();
        }
    }

    /// <summary>Takes the live lines away while somebody is asked something.</summary>
    public IDisposable Pause()
    {
        Locked(() => _paused = true);
        return new Resumption(this);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Locked(() => _paused = true);
    }

    /// <summary>In a terminal a row is one line; elsewhere nothing is cut.</summary>
    /// <param name="text">The row, or its last column.</param>
    /// <param name="used">How many columns stand before it.</param>
    public string Cut(string text, int used = 0)
    {
        if (!IsLive)
            return text;
        var room = Math.Max(Console.WindowWidth - used - 1, 20);
        return text.Length <= room ? text : string.Concat(text.AsSpan(0, room - 1), "…");
    }

    /// <summary>A line of a run's progress: its word in its colour, then its text.</summary>
    public string Shown(ProgressLine line, bool indent = false) => line.Verdict is { } verdict
        ? $"{(indent ? "  " : "")}{Coloured(line.Word!.PadRight(5), line.Word == "RISE" ? Verdict.Inconclusive : verdict)}{Cut(line.Text, 7)}"
        : Cut(line.Text);

    public string Coloured(string text, Verdict verdict) => !_colour ? text : verdict switch
    {
        Verdict.Passed => $"\e[32m{text}\e[0m",
        Verdict.Failed => $"\e[1;31m{text}\e[0m",
        Verdict.Inconclusive => $"\e[33m{text}\e[0m",
        _ => $"\e[2m{text}\e[0m",
    };

    private void Draw()
    {
        if (_paused)
            return;
        // What has scrolled off the top can't be drawn anew.
        var lines = _live().Take(Math.Max(Console.WindowHeight - 1, 1)).ToList();
        Console.Out.Write(string.Join('\n', lines));
        _drawn = lines.Count;
    }

    private sealed class Resumption(LiveScreen screen) : IDisposable
    {
        public void Dispose() => screen.Locked(() => screen._paused = false);
    }
}
