namespace ReleaseOps.Evidence;

/// <summary>Where a criterion stands, in parts: what <see cref="Finding.Source"/> says as <c>file:line:column</c>.</summary>
/// <param name="File">The file; inside the checked-out sources relative to them, with forward slashes.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal sealed record SourcePlace(string File, string Line, string Column)
{
    /// <summary>Takes a source apart; null for none, and for one of another form.</summary>
    /// <param name="source">file:line:column; the file may have colons of its own (C:\...).</param>
    /// <param name="root">Folder of the checked-out sources; null where nobody said.</param>
    public static SourcePlace? Of(string? source, string? root)
    {
        var column = source?.LastIndexOf(':') ?? -1;
        if (source is null || column <= 0)
            return null;
        var line = source.LastIndexOf(':', column - 1);
        if (line <= 0 || !IsNumber(source.AsSpan(line + 1, column - line - 1)) || !IsNumber(source.AsSpan(column + 1)))
            return null;
        return new SourcePlace(Inside(source[..line], root), source[(line + 1)..column], source[(column + 1)..]);
    }

    private static string Inside(string file, string? root)
    {
        if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(file) || file.Contains('\0', StringComparison.Ordinal))
            return file;
        var relative = Path.GetRelativePath(root, file);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? file : relative.Replace('\\', '/');
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and < 10 && !text.ContainsAnyExceptInRange('0', '9');
}
