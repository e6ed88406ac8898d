namespace ReleaseOps.Evidence;

/// <summary>
/// Where something stands, in parts: what <see cref="Finding.Source"/> says as <c>file:line:column</c> or <c>file:line</c>.
/// </summary>
/// <param name="File">The file; inside the checked-out sources relative to them, with forward slashes.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1; null where only the line is known.</param>
internal sealed record SourcePlace(string File, string Line, string? Column)
{
    /// <summary>Takes a source apart; null for none, and for one of another form.</summary>
    /// <param name="source">
    /// file:line:column or file:line; the file may have colons of its own (C:\...), and may be one of a git revision
    /// (<c>main:api.yaml</c>), which is then left out.
    /// </param>
    /// <param name="root">Folder of the checked-out sources; null where nobody said.</param>
    /// <param name="folder">Full path of the folder that relative files start from; null where that is the sources' own.</param>
    public static SourcePlace? Of(string? source, string? root, string? folder = null)
    {
        if (Cut(source) is not var (rest, last))
            return null;
        if (Cut(rest) is var (file, line))
            return new SourcePlace(Inside(file, root, folder), line, last);
        // Another colon than a drive's would be a line that is none.
        return rest.LastIndexOf(':') is -1 or 1 ? new SourcePlace(Inside(rest, root, folder), last, null) : null;
    }

    private static (string Before, string Number)? Cut(string? text)
    {
        var colon = text?.LastIndexOf(':') ?? -1;
        return colon > 0 && IsNumber(text.AsSpan(colon + 1)) ? (text![..colon], text[(colon + 1)..]) : null;
    }

    private static string Inside(string file, string? root, string? folder)
    {
        if (file.Contains('\0', StringComparison.Ordinal))
            return file;
        // A colon at 1 is a drive's; one before // is a URL's.
        var colon = Path.IsPathRooted(file) ? -1 : file.LastIndexOf(':');
        if (colon > 1)
            return file.Contains("://", StringComparison.Ordinal) ? file : file[(colon + 1)..];
        if (folder is not null)
            file = Path.GetFullPath(file, folder);
        if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(file))
            return file;
        var relative = Path.GetRelativePath(root, file);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? file : relative.Replace('\\', '/');
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and < 10 && !text.ContainsAnyExceptInRange('0', '9');
}
