using System.Text.Json;
using static System.FormattableString;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>Reads files of JSON, and of JSON a line, up to a bound.</summary>
/// <param name="problems">Takes what couldn't be read: file, line, what is wrong.</param>
internal sealed class WeekRows(List<string> problems)
{
    private const int MostRows = 100_000;
    private const long MostBytes = 64 << 20;

    /// <summary>One document; null where it can't be read.</summary>
    public JsonElement? Whole(string path, string shown) => Bytes(path, shown) is { } bytes ? Parsed(bytes, shown) : null;

    /// <summary>One document a line, each with its line's number; null where the file can't be read. What is no JSON is left out, and named.</summary>
    public List<(JsonElement Row, int Line)>? Rows(string path, string shown)
    {
        if (Bytes(path, shown) is not { } bytes)
            return null;
        var (rows, line) = (new List<(JsonElement, int)>(), 0);
        foreach (var range in bytes.Span.Split((byte)'\n'))
        {
            line++;
            var row = bytes[range];
            if (row.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            if (rows.Count == MostRows)
            {
                problems.Add(Invariant($"{shown}:{line}: more than {MostRows} lines; the rest isn't read"));
                break;
            }
            if (Parsed(row, Invariant($"{shown}:{line}")) is { } parsed)
                rows.Add((parsed, line));
        }
        return rows;
    }

    private JsonElement? Parsed(ReadOnlyMemory<byte> json, string shown)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            problems.Add($"{shown}: no JSON");
            return null;
        }
    }

    private ReadOnlyMemory<byte>? Bytes(string path, string shown)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MostBytes)
            {
                problems.Add(Invariant($"{shown}: larger than {MostBytes} bytes, the most that is read"));
                return null;
            }
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(e is FileNotFoundException or DirectoryNotFoundException ? $"{shown}: not there" : $"{shown}: can't be read");
            return null;
        }
    }
}
