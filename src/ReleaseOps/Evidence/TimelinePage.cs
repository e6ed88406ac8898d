using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>The lines of a timeline: a page of A4, landscape, at a size that can be read.</summary>
/// <param name="to">Where to.</param>
/// <param name="clock">T-0; null for times against it only.</param>
internal sealed class TimelinePage(TextWriter to, ReleaseClock? clock)
{
    /// <summary>Characters in a line.</summary>
    public const int Width = 140;

    /// <summary>What stands between two labels on a line.</summary>
    public const string Beside = "  |  ";

    private DateTime? _day;
    private string? _open;

    public void Plain(string text) => to.WriteLine(OneLine.Of(text));

    /// <summary>What the columns are.</summary>
    public void Columns()
    {
        if (clock is not null)
            Put($"{"UTC",-17}{(clock.Zone is null ? "" : "local   ")}", "T-0", "lasts", "what — who");
    }

    /// <summary>A line that something is due at; the day stands in it where it isn't that of the line before.</summary>
    public void Head(TimeOffset? due, TimeSpan? lasts, string text)
    {
        var time = clock is null ? "" : new string(' ', clock.Zone is null ? 17 : 25);
        if (clock?.At(due) is { } utc)
        {
            var day = _day == utc.Date ? "" : utc.ToString("ddd d MMM", CultureInfo.InvariantCulture);
            _day = utc.Date;
            time = $"{day,-10} {utc.ToString("HH:mm", CultureInfo.InvariantCulture)} {(clock.Zone is null ? "" : clock.Local(utc) + " ")}";
        }
        Put(time, due?.ToString() ?? "", lasts is { } span && span > TimeSpan.Zero ? Durations.Format(span) : "", OneLine.Of(text));
    }

    /// <summary>
    /// What belongs to the last head: items behind a label. It shares the line of what stands before it where there is room.
    /// </summary>
    /// <param name="label">The label.</param>
    /// <param name="items">The items; empty ones are left out.</param>
    /// <param name="between">What stands between two.</param>
    /// <param name="whole">True for what must be read to its end, in as many lines as it takes; else what has no room is counted.</param>
    /// <param name="behind">What should share the line with it, label and all; it makes room for that as long as two items stay.</param>
    public void Line(string label, IEnumerable<string> items, string between, bool whole = false, string behind = "")
    {
        var all = items.Select(i => OneLine.Of(i)).Where(i => i.Length > 0).ToList();
        if (all.Count == 0)
            return;
        var text = string.Join(between, all);
        if (_open is not null && _open.Length + Beside.Length + label.Length + 1 + text.Length <= Width)
        {
            _open += $"{Beside}{label} {text}";
            return;
        }
        Flush();
        var margin = $"{"",-11}{label,-9}";
        var lines = whole ? Wrapped(text, Width - margin.Length) : [Counted(all, between, Width - margin.Length, behind)];
        foreach (var line in lines.SkipLast(1))
        {
            to.WriteLine(margin + line);
            margin = new string(' ', margin.Length);
        }
        _open = margin + lines[^1];
    }

    /// <summary>Writes what is still open.</summary>
    public void Flush()
    {
        if (_open is not null)
            to.WriteLine(_open);
        _open = null;
    }

    private void Put(string time, string due, string lasts, string text)
    {
        Flush();
        to.WriteLine(Cut($"{time}{due,-7}{lasts,-6}{text}", Width));
    }

    /// <summary>As many items as there is room for, and how many more there are.</summary>
    private static string Counted(List<string> all, string between, int room, string behind)
    {
        string First(int shown) => string.Join(between, all.Take(shown)) + (shown < all.Count ? $"{between}+{all.Count - shown} more" : "");
        var counts = Enumerable.Range(1, all.Count).Reverse().ToList();
        var beside = counts.Find(n => n >= Math.Min(2, all.Count) && First(n).Length + behind.Length <= room);
        var shown = beside > 0 ? beside : counts.Find(n => First(n).Length <= room);
        return Cut(First(Math.Max(shown, 1)), room);
    }

    private static List<string> Wrapped(string text, int room)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > room)
                lines.Add("");
            lines[^1] += (lines[^1].Length == 0 ? "" : " ") + word;
        }
        return lines;
    }

    private static string Cut(string line, int room) => line.Length <= room ? line.TrimEnd() : line[..(room - 1)].TrimEnd() + "…";
}
