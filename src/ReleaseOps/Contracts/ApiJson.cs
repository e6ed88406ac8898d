using System.Text.Json;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>JSON -> the nodes of one file.</summary>
internal static class ApiJson
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = ApiTree.MaxDepth + 1 };

    /// <param name="utf8">Valid UTF-8 without a byte order mark.</param>
    /// <param name="tree">Takes what is read.</param>
    /// <exception cref="ReleaseOpsException">BadDocument, with line and column.</exception>
    public static void Read(ReadOnlySpan<byte> utf8, ApiTree tree)
    {
        var reader = new Utf8JsonReader(utf8, Strict);
        var place = new Utf8Place(utf8);
        try
        {
            while (reader.Read())
            {
                place.MoveTo((int)reader.TokenStartIndex);
                Take(ref reader, place.Line, place.Column, tree);
            }
        }
        catch (JsonException e)
        {
            // The reader counts both from 0, columns in bytes.
            throw tree.Bad((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "not valid JSON: " + Why(e.Message));
        }
        catch (InvalidOperationException)
        {
            throw tree.Bad(place.Line, place.Column, "not valid JSON: a text has half of a surrogate pair in it");
        }
    }

    private static void Take(ref Utf8JsonReader reader, int line, int column, ApiTree tree)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                tree.Start(ApiNodeKind.Map, line, column);
                break;
            case JsonTokenType.StartArray:
                tree.Start(ApiNodeKind.List, line, column);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                tree.End();
                break;
            case JsonTokenType.PropertyName:
                tree.Key(Text(ref reader, tree), line, column);
                break;
            case JsonTokenType.String:
                tree.Scalar(ApiNodeKind.Text, Text(ref reader, tree), line, column);
                break;
            default:
                tree.Scalar(Kind(reader.TokenType), tree.Intern(reader.ValueSpan), line, column);
                break;
        }
    }

    private static ApiNodeKind Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.Number => ApiNodeKind.Number,
        JsonTokenType.Null => ApiNodeKind.Null,
        _ => ApiNodeKind.Boolean,
    };

    private static string Text(ref Utf8JsonReader reader, ApiTree tree) =>
        reader.ValueIsEscaped ? tree.Intern(reader.GetString()) : tree.Intern(reader.ValueSpan);

    // "'x' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 1.": the place stands before it already.
    private static string Why(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Invariant($"{Runbooks.Format.Reading.Show(end < 0 ? message : message[..end]).TrimEnd('.')}");
    }
}
