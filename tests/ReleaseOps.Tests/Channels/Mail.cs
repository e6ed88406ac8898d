using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseOps.Tests.Channels;

/// <summary>A mail as a mail program reads it: RFC 5322's headers, RFC 2047's words, and a quoted-printable body.</summary>
internal sealed partial record Mail(IReadOnlyDictionary<string, string> Headers, string Subject, string Body)
{
    internal static Mail Parse(string raw)
    {
        var lines = raw.ReplaceLineEndings("\n");
        var end = lines.IndexOf("\n\n", StringComparison.Ordinal);
        var unfolded = Fold().Replace(lines[..end], " ");
        var headers = unfolded.Split('\n').Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        Assert.Equal("quoted-printable", headers["Content-Transfer-Encoding"]);
        Assert.Contains("text/plain; charset=utf-8", headers["Content-Type"]);
        return new Mail(headers, Decoded(headers["Subject"]), Bytes(lines[(end + 2)..].Replace("=\n", ""), '='));
    }

    private static string Decoded(string header) => Word().Replace(Between().Replace(header, "$1$2"), word => word.Groups[1].Value is "B" or "b"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
        : Bytes(word.Groups[2].Value.Replace('_', ' '), '='));

    private static string Bytes(string text, char escape)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == escape)
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }
        return Encoding.UTF8.GetString([.. bytes]).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"(=\?[^?]+\?[BQbq]\?[^?]*\?=)\s+(=\?)")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?([BQbq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
