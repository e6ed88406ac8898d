using System.Globalization;
using System.Text.Json;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>What JSON that others wrote says; what isn't there, or is something else, is not said.</summary>
internal static class ForeignJson
{
    /// <summary>A member of an object; null for none.</summary>
    public static JsonElement? Member(JsonElement? map, string name) =>
        map is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text; empty for none.</summary>
    public static string Text(JsonElement? map, string name) => Member(map, name) is { ValueKind: JsonValueKind.String } text ? TextOf(text) : "";

    /// <summary>A finite number; null for none.</summary>
    public static double? Number(JsonElement? map, string name) =>
        Member(map, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value
            : null;

    /// <summary>The numbers of an object; null where it is none.</summary>
    public static Dictionary<string, double>? Numbers(JsonElement? map)
    {
        if (map is not { ValueKind: JsonValueKind.Object } there)
            return null;
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in there.EnumerateObject().Select(NameOf))
        {
            if (Number(there, name) is { } value)
                numbers[name] = value;
        }
        return numbers;
    }

    /// <summary>The numbers of a list of objects, by their names.</summary>
    public static Dictionary<string, double> Named(JsonElement? list, string name, string number)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var item in list is { ValueKind: JsonValueKind.Array } there ? there.EnumerateArray().ToList() : [])
        {
            if (Text(item, name) is { Length: > 0 } of && Number(item, number) is { } value)
                numbers[of] = value;
        }
        return numbers;
    }

    /// <summary>The text of a string; empty for half a surrogate pair as an escape, which is JSON and no text.</summary>
    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>The name of a member; empty where it is no text.</summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A day; null for none.</summary>
    public static DateOnly? Day(JsonElement? map, string name) =>
        DateOnly.TryParseExact(Text(map, name), ArtifactReader.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
