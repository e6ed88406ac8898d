using System.Globalization;
using ReleaseOps.Reviews;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// How far the reading of a large log is, on standard error where that is a terminal: bytes, rate, time left. Nothing for logs below 100 MB.
/// </summary>
internal sealed class ReadingBar(TextWriter? to, TimeProvider clock) : IProgress<LogProgress>, IDisposable
{
    private const int Width = 24;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _drawing = new();
    private long _drawnAt;
    private int _drawn;

    /// <summary>One that fits where standard error goes.</summary>
    public static ReadingBar ForTerminal() =>
        new(Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" ? null : Console.Error, TimeProvider.System);

    public void Report(LogProgress value)
    {
        if (to is null || !value.IsOfLarge)
            return;
        lock (_drawing)
        {
            if (_drawnAt != 0 && clock.GetElapsedTime(_drawnAt) < Pause)
                return;
            _drawnAt = clock.GetTimestamp();
            var line = Line(value);
            to.Write("\r" + line.PadRight(_drawn));
            _drawn = line.Length;
        }
    }

    /// <summary>Takes it off the screen.</summary>
    public void Dispose()
    {
        lock (_drawing)
        {
            if (_drawn > 0)
                to!.Write("\r" + new string(' ', _drawn) + "\r");
            _drawn = 0;
        }
    }

    /// <summary>The line: a bar and the share where the size is known, bytes, rate, time left.</summary>
    internal static string Line(LogProgress progress)
    {
        var rate = progress.Rate;
        var read = string.Create(CultureInfo.InvariantCulture, $"{progress.Bytes / 1e6:0} MB");
        var speed = string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:0} MB/s");
        if (progress.Total is not { } total)
            return $"{read}, {speed}";
        var share = Math.Clamp((double)progress.Bytes / total, 0, 1);
        var left = TimeSpan.FromSeconds(Math.Ceiling((total - progress.Bytes) / Math.Max(rate, 1)));
        var done = (int)(share * Width);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', done)}{new string('.', Width - done)}] {100 * share:0} %  {read} of ")
            + string.Create(CultureInfo.InvariantCulture, $"{total / 1e6:0} MB, {speed}, {Durations.Format(left)} left");
    }
}
