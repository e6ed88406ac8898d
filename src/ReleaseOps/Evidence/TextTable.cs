namespace ReleaseOps.Evidence;

/// <summary>A table in plain text: each column as wide as its widest cell.</summary>
internal static class TextTable
{
    /// <summary>Writes it.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="titles">The columns' titles.</param>
    /// <param name="rows">The cells, a row each; text from outside is allowed.</param>
    public static void Write(TextWriter to, string[] titles, IEnumerable<string[]> rows)
    {
        var all = rows.Select(r => r.Select(cell => OneLine.Of(cell)).ToArray()).Prepend(titles).ToList();
        var widths = titles.Select((_, column) => all.Max(r => r[column].Length)).ToArray();
        foreach (var row in all)
            to.WriteLine(string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
