using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Files;

/// <summary>One line of a SHA256SUMS file.</summary>
/// <param name="Digest">SHA-256, in lower-case hex.</param>
/// <param name="Name">The file's name, relative to the folder of the sums file.</param>
internal sealed record Checksum(string Digest, string Name);

/// <summary>
/// Reads a SHA256SUMS file as coreutils' <c>sha256sum -c</c> does: <c>HASH  name</c>, <c>HASH *name</c>, BSD's <c>SHA256 (name) =
/// HASH</c>, a leading backslash before names with escapes, comments after #, CRLF. Stricter in one thing: a line that isn't any of these
/// is an error.
/// </summary>
internal static class ChecksumList
{
    private const int Hex = 64;
    private const string Bsd = "SHA256 (";

    /// <summary>Reads all lines.</summary>
    /// <exception cref="CouldNotTellException">BadDocument, with the line.</exception>
    internal static IReadOnlyList<Checksum> Read(string text)
    {
        var sums = new List<Checksum>();
        var number = 0;
        foreach (var written in text.Split('\n'))
        {
            number++;
            var line = written.EndsWith('\r') ? written[..^1] : written;
            if (line.Length == 0 || line[0] == '#')
                continue;
            sums.Add(ReadLine(line) ?? throw new CouldNotTellException(ErrorId.BadDocument,
                Invariant($"line {number} is not a checksum: expected 64 hex digits, two spaces and a name")));
        }
        return sums.Count > 0 ? sums : throw new CouldNotTellException(ErrorId.BadDocument, "there is no checksum in it");
    }

    private static Checksum? ReadLine(string line)
    {
        var escaped = line[0] == '\\';
        var rest = escaped ? line[1..] : line;
        var (digest, name) = rest.StartsWith(Bsd, StringComparison.Ordinal) ? SplitBsd(rest) : SplitGnu(rest);
        if (digest is null || name is null || digest.Length != Hex || !digest.All(char.IsAsciiHexDigit))
            return null;
        name = escaped ? Unescape(name) : name;
        return string.IsNullOrEmpty(name) || name.Contains('\0', StringComparison.Ordinal)
            ? null
            : new Checksum(digest.ToLowerInvariant(), name);
    }

    private static (string?, string?) SplitGnu(string line) =>
        line.Length > Hex + 2 && line[Hex] == ' ' && line[Hex + 1] is ' ' or '*' ? (line[..Hex], line[(Hex + 2)..]) : (null, null);

    private static (string?, string?) SplitBsd(string line)
    {
        // The name may hold ") = " itself; the hash can't.
        var end = line.LastIndexOf(") = ", StringComparison.Ordinal);
        return end < Bsd.Length ? (null, null) : (line[(end + 4)..], line[Bsd.Length..end]);
    }

    private static string? Unescape(string name)
    {
        var plain = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '\\')
            {
                plain.Append(name[i]);
                continue;
            }
            i++;
            char? meant = i < name.Length ? name[i] switch { '\\' => '\\', 'n' => '\n', 'r' => '\r', _ => null } : null;
            if (meant is not { } character)
                return null;
            plain.Append(character);
        }
        return plain.ToString();
    }
}
