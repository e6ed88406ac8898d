using System.Globalization;

namespace ReleaseOps.Evidence;

/// <summary>A table of a report, whatever it is written as. Its title and columns are our own words.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The columns' titles.</param>
/// <param name="Rows">The rows, a cell a column.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>A table with a row an item.</summary>
    public static ReportTable Of<T>(string title, string[] columns, IEnumerable<T> items, Func<T, ReportCell[]> row) =>
        new(title, columns, [.. items.Select(row)]);
}

/// <summary>A cell: its parts one after another, a space between.</summary>
/// <param name="Parts">The parts; none for an empty cell.</param>
internal sealed record ReportCell(IReadOnlyList<CellPart> Parts)
{
    /// <summary>Nothing.</summary>
    public static readonly ReportCell Empty = new([]);

    /// <summary>Text from outside, which the writer has to guard.</summary>
    public static ReportCell Said(string? text) => string.IsNullOrEmpty(text) ? Empty : new([new CellPart(text, IsOurs: false)]);

    /// <summary>Our own words and numbers: letters, digits and plain punctuation.</summary>
    public static ReportCell Own(string text) => text.Length == 0 ? Empty : new([new CellPart(text, IsOurs: true)]);

    /// <summary>A count.</summary>
    public static ReportCell Count(int count) => Own(count.ToString(CultureInfo.InvariantCulture));

    /// <summary>A word of ours that says how something weighs.</summary>
    public static ReportCell Mark(Verdict verdict, string word) => new([new CellPart(word, IsOurs: true) { Verdict = verdict }]);

    /// <summary>A time; empty for none.</summary>
    public static ReportCell At(DateTimeOffset? at) => at is { } time ? new([new CellPart("", IsOurs: true) { Time = time }]) : Empty;

    /// <summary>Both, one after the other.</summary>
    public static ReportCell operator +(ReportCell first, ReportCell second) => new([.. first.Parts, .. second.Parts]);
}

/// <summary>A part of a cell.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsOurs">True for our own words.</param>
internal sealed record CellPart(string Text, bool IsOurs)
{
    /// <summary>How it weighs, where it says so.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The time that it is, instead of a text.</summary>
    public DateTimeOffset? Time { get; init; }
}
