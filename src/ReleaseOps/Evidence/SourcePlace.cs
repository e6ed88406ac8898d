using System.Text.RegularExpressions;

namespace ReleaseOps.Evidence;

/// <summary>
/// Where a criterion stands, or what broke a rule, in parts: what <see cref="Finding.Source"/> says as <c>file:line:column</c>,
/// <c>file:line</c> or <c>file</c>. A file of a git revision is that of the sources that are checked out.
/// </summary>
/// <param name="File">The file; inside the checked-out sources relative to them, with forward slashes.</param>
/// <param name="Line">Its line, from 1; null for the whole file.</param>
/// <param name="Column">Its column, from 1; null for the whole line.</param>
internal sealed partial record SourcePlace(string File, string? Line, string? Column)
{
    /// <summary>Takes a source apart; null for none, and for one of another form.</summary>
    /// <param name="source">The place; only with a line and a column may the file have colons of its own (C:\...).</param>
    /// <param name="root">Folder of the checked-out sources; null where nobody said.</param>
    /// <param name="folder">Full path of the folder that relative files start from; null where that is the sources' own.</param>
    public static SourcePlace? Of(string? source, string? root, string? folder = null)
    {
        if (string.IsNullOrEmpty(source) || Form().Match(source) is not { Success: true } parts)
            return null;
        return new SourcePlace(Inside(parts.Groups["file"].Value, root, folder), Part("line"), Part("column"));

        string? Part(string name) => parts.Groups[name] is { Success: true } part ? part.Value : null;
    }

    private static string Inside(string file, string? root, string? folder)
    {
        if (file.Contains('\0', StringComparison.Ordinal))
            return file;
        // main:api.yaml. A colon at 1 is a drive's; one before // is a URL's.
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

    [GeneratedRegex(
        @"\A(?:[0-9a-f]{40}:|[0-9a-f]{64}:)?(?:(?<file>.+):(?<line>[0-9]{1,9}):(?<column>[0-9]{1,9})|(?<file>[^:]+)(?::(?<line>[0-9]{1,9}))?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Form();
}
