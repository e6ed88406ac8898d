using System.Net.Http.Headers;
using System.Text.Json;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>The body as criteria see it: JSON where it is JSON, text otherwise.</summary>
internal static class JsonBody
{
    /// <summary>
    /// The value of <c>body</c>. It is JSON where the content type says so, or, without a word from there, where an object or array parses.
    /// </summary>
    /// <param name="text">The body, masked.</param>
    /// <param name="type">The content type; null for none.</param>
    /// <param name="value">The value: a JsonElement or the text.</param>
    /// <param name="note">Why there is no value: said to be JSON, but isn't.</param>
    internal static bool TryRead(string text, MediaTypeHeaderValue? type, out object? value, out string? note)
    {
        note = null;
        value = text;
        var saysJson = IsJson(type?.MediaType);
        if (text.Length == 0 || !(saysJson || text.AsSpan().TrimStart() is ['{' or '[', ..]))
            return true;
        try
        {
            value = StrictJson.Parse(text);
            return true;
        }
        catch (JsonException e)
        {
            if (!saysJson)
                return true;
            note = "body is not valid JSON" + StrictJson.Place(e);
            value = null;
            return false;
        }
    }

    private static bool IsJson(string? type) => type is not null
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}

/// <summary>JSON read without leniency: bounded depth, and no key twice (which of the two would count?).</summary>
internal static class StrictJson
{
    /// <summary>The deepest nesting that is read.</summary>
    internal const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Parses a document.</summary>
    /// <exception cref="JsonException">It isn't JSON, is nested too deep, or has a key twice.</exception>
    internal static JsonElement Parse(string text) => JsonElement.Parse(text, Options);

    /// <summary>Where and why it isn't valid, without quoting the text itself.</summary>
    internal static string Place(JsonException e) => e.LineNumber is { } line && e.BytePositionInLine is { } column
        ? Invariant($" at {line + 1}:{column + 1}")
        : "; a key stands there twice";
}
