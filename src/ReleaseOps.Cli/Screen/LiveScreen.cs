using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseOps.Evidence;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// Where a run is shown: lines that stay and, in a terminal, below them lines that are drawn anew as things change. Silent with
/// <c>--json</c>, whose document must stand alone.
/// </summary>
internal sealed partial class LiveScreen : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly Lock _drawing = new();
    private readonly TextWriter? _to;
    private readonly bool _colour;
    private readonly Func<IEnumerable<string>> _live;
    private readonly Timer? _timer;
    private List<string> _drawn = [];
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
            if (_drawn.Count > 0)
                Console.Out.Write(Rows(_drawn, Console.WindowWidth) - 1 is > 0 and var up ? string.Create(CultureInfo.InvariantCulture, $"\r\e[{up}A\e[J") : "\r\e[J");
            _drawn = [];
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

    /// <summary>How many rows lines take in a terminal: one that was made narrower since they were drawn has broken them.</summary>
    /// <param name="lines">The lines; colours take no room.</param>
    /// <param name="width">The terminal's width in columns.</param>
    internal static int Rows(IEnumerable<string> lines, int width) =>
        lines.Sum(line => Math.Max(1, (Colours().Replace(line, "").Length + width - 1) / Math.Max(width, 1)));

    /// <summary>A line of a run's progress: its word in its colour, then its text. One that is drawn anew is cut; one that stays is whole.</summary>
    /// <param name="line">The line.</param>
    /// <param name="indent">True where it stands below what it belongs to.</param>
    /// <param name="live">True where it is drawn anew.</param>
    public string Shown(ProgressLine line, bool indent = false, bool live = false) => (line.Verdict is { } verdict
        ? $"{(indent ? "  " : "")}{Coloured(line.Word!.PadRight(5), line.Word == "RISE" ? Verdict.Inconclusive : verdict)}"
        : "") + (live ? Cut(line.Text, 7) : line.Text);

    [GeneratedRegex(@"\e\[[\d;]*m")]
    private static partial Regex Colours();

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
        _drawn = lines;
    }

    private sealed class Resumption(LiveScreen screen) : IDisposable
    {
        public void Dispose() => screen.Locked(() => screen._paused = false);
    }
}
