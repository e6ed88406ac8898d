using System.Security.Cryptography;
using System.Text;

namespace ReleaseOps.Evidence;

/// <summary>The SHA-256 of every file of a folder, as <c>sha256sum -c</c> reads it.</summary>
internal static class ChecksumFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "SHA256SUMS";

    /// <summary>The list: forward slashes, ordinal order, line feeds. Links aren't followed, and the list itself isn't in it.</summary>
    /// <param name="folder">Full path of the folder.</param>
    public static string Of(string folder)
    {
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };
        var names = Directory.EnumerateFiles(folder, "*", everything)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(name => name is not Name and not $".{Name}.tmp")
            .Order(StringComparer.Ordinal);
        var list = new StringBuilder();
        foreach (var name in names)
            list.Append(Line(Hash(Path.Join(folder, name)), name));
        return list.ToString();
    }

    /// <summary>A line as coreutils writes it: one with a backslash in front has escapes in its name.</summary>
    internal static string Line(string hash, string name)
    {
        var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);
        return $"{(escaped == name ? "" : "\\")}{hash}  {escaped}\n";
    }

    private static string Hash(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
