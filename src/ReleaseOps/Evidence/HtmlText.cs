using System.Globalization;
using System.Text;

namespace ReleaseOps.Evidence;

/// <summary>The one way in which text gets into a page: as a bounded line in which everything can be seen, with HTML's own characters escaped.</summary>
internal static class HtmlText
{
    /// <summary>The text for an element's content or a quoted attribute.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The longest text, in UTF-16 units.</param>
    public static string Of(string? text, int longest = OneLine.Longest)
    {
        var safe = new StringBuilder();
        foreach (var c in OneLine.Of(text, longest))
            _ = HtmlEntity.Of(c) is { } entity ? safe.Append(entity) : safe.Append(c);
        return safe.ToString();
    }

    /// <summary>A time, UTC, to the minute, with the seconds where there are any.</summary>
    public static string Time(DateTimeOffset time) =>
        $"<time datetime=\"{InvariantText.Time(time)}\">{Clock(time)}</time>";

    /// <summary>A cell's content.</summary>
    public static string Cell(ReportCell cell) => string.Join(' ', cell.Parts.Select(part => part switch
    {
        { Time: { } time } => Time(time),
        { Verdict: { } verdict } => $"<b class=\"mark {ClassOf(verdict)}\">{Of(part.Text)}</b>",
        _ => Of(part.Text),
    }));

    /// <summary>The class that colours what weighs so; the word beside it says the same.</summary>
    public static string ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "go",
        Verdict.Failed => "nogo",
        Verdict.Inconclusive => "hold",
        _ => "plain",
    };

    /// <summary>A table with its heading, in a box of its own that scrolls where the page is too narrow for it.</summary>
    public static void Table(StringBuilder page, ReportTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Of(table.Title)}</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Of(table.Title)}\"><table>\n<thead><tr>");
        foreach (var column in table.Columns)
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Of(column)}</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            foreach (var (cell, place) in row.Select((cell, place) => (cell, place)))
                page.Append(place == 0 ? $"<th scope=\"row\"{Size(cell)}>{Cell(cell)}</th>" : $"<td{Size(cell)}>{Cell(cell)}</td>");
            page.Append("</tr>\n");
        }
        page.Append("</tbody>\n</table></div>\n</section>\n");
    }

    // Short cells stay on one line; longer ones get the room that they can be read in.
    private static string Size(ReportCell cell) => cell.Parts.Sum(p => p.Time is null ? p.Text.Length + 1 : 0) switch
    {
        > 60 => " class=\"long\"",
        > 20 => " class=\"text\"",
        // Two moments stand one below the other, each on its own line.
        _ when cell.Parts.Count(p => p.Time is not null) > 1 => " class=\"times\"",
        _ => "",
    };

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString(
        time.UtcTicks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
