using System.Text.Json;
using System.Text.Unicode;

namespace ReleaseOps.Contracts.Validation;

/// <summary>The body of an answer, read as strictly as JSON is written (RFC 8259): UTF-8, no key twice, no half of a surrogate pair.</summary>
internal static class AnswerBody
{
    // As deep as a body is read for criteria.
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a body; null, and why, where it isn't JSON.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="why">As the end of a sentence: <c>isn't UTF-8</c>.</param>
    public static JsonElement? Read(ReadOnlySpan<byte> bytes, out string why)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        why = bytes.Length == 0 ? "is empty" : "isn't UTF-8";
        if (bytes.Length == 0 || !Utf8.IsValid(bytes))
            return null;
        try
        {
            var body = JsonElement.Parse(bytes, Strict);
            ReadTexts(body);
            return body;
        }
        catch (JsonException e)
        {
            why = e.LineNumber is { } line && e.BytePositionInLine is { } column
                ? FormattableString.Invariant($"isn't JSON that is read ({line + 1}:{column + 1}; it may be {MaxDepth} deep)")
                : "has a key twice";
        }
        catch (InvalidOperationException)
        {
            why = "has half of a surrogate pair in a text";
        }
        return null;
    }

    // Only the reading of a text shows that it has half of a pair.
    private static void ReadTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }
                break;
        }
    }
}
