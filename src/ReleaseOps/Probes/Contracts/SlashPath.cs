namespace ReleaseOps.Probes.Contracts;

/// <summary>Paths with slashes, as references and git write them.</summary>
internal static class SlashPath
{
    /// <summary>A path relative to the folder of a file, <c>.</c> and <c>..</c> worked out; null where it leads out of the top.</summary>
    /// <param name="from">The file, from the top, without a slash before it.</param>
    /// <param name="path">The path.</param>
    public static string? Join(string from, string path)
    {
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    /// <summary>A reference as a path; null where it is something else: a URL, or a path from the root.</summary>
    public static string? Of(string reference)
    {
        var path = Uri.UnescapeDataString(reference);
        var isUrl = path.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && path.AsSpan(0, colon).IndexOf('/') < 0;
        return isUrl || path is ['/' or '\\', ..] || path.Contains('\0', StringComparison.Ordinal) ? null : path;
    }
}
