using System.Text.Json;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Channels;

/// <summary>Reads what a service answers: any of it may be missing, or something else.</summary>
internal static class ServiceJson
{
    /// <summary>The document; nothing where it isn't JSON.</summary>
    internal static JsonElement Parse(string body)
    {
        try
        {
            return StrictJson.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>What stands under these names, one in the other; nothing where one is missing.</summary>
    internal static JsonElement At(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            element = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) ? inner : default;
        return element;
    }

    /// <summary>The text; null where it is none.</summary>
    internal static string? Text(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>The items of a list; the element alone where it is an object; none otherwise.</summary>
    internal static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Object => [element],
        _ => [],
    };
}
