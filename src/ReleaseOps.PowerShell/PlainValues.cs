using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace ReleaseOps.PowerShell;

/// <summary>PowerShell's values as criteria take them, and criteria's values as PowerShell likes them.</summary>
internal static class PlainValues
{
    // What a JSON document may have, too.
    private const int MostDepth = 64;

    /// <summary>The members of a hashtable or the properties of an object, as the variables of a criterion.</summary>
    public static IReadOnlyDictionary<string, object?> Variables(object source) => Members(source, 0);

    /// <summary>A criterion's value: lists become arrays, maps ordered dictionaries.</summary>
    public static object? ToPowerShell(object? value) => value switch
    {
        JsonElement json => FromJson(json),
        string => value,
        IReadOnlyDictionary<object, object?> map => ToOrdered(map.Select(m => (m.Key, ToPowerShell(m.Value)))),
        IReadOnlyList<object?> list => list.Select(ToPowerShell).ToArray(),
        _ => value,
    };

    private static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => ToOrdered(json.EnumerateObject().Select(m => ((object)m.Name, FromJson(m.Value)))),
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static OrderedDictionary ToOrdered(IEnumerable<(object Key, object? Value)> members)
    {
        var ordered = new OrderedDictionary();
        foreach (var (key, value) in members)
            ordered[key] = value;
        return ordered;
    }

    private static Dictionary<string, object?> Members(object source, int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (Unwrapped(source) is IDictionary map)
            foreach (DictionaryEntry entry in map)
                members[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = Plain(entry.Value, depth + 1);
        else
            foreach (var property in PSObject.AsPSObject(source).Properties.Where(p => p.IsGettable))
                members[property.Name] = Plain(property.Value, depth + 1);
        return members;
    }

    private static object? Plain(object? value, int depth)
    {
        if (depth > MostDepth)
            throw new ReleaseOpsException(
                ErrorId.BadValue, $"The variables are nested deeper than {MostDepth}.", "Pick the part that the criterion needs.");
        return Unwrapped(value!) switch
        {
            null => null,
            bool or long or ulong or double or string or byte[] or TimeSpan or DateTimeOffset or JsonElement => Unwrapped(value!),
            int or short or sbyte or byte or ushort or uint => Convert.ToInt64(Unwrapped(value!), CultureInfo.InvariantCulture),
            float or decimal => Convert.ToDouble(Unwrapped(value!), CultureInfo.InvariantCulture),
            char or Enum or Uri or Guid or Version => Unwrapped(value!)!.ToString(),
            DateTime { Kind: DateTimeKind.Local } local => new DateTimeOffset(local).ToUniversalTime(),
            DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            IDictionary => Members(value!, depth),
            IEnumerable list => list.Cast<object?>().Select(v => Plain(v, depth + 1)).ToList(),
            _ => Members(value!, depth),
        };
    }

    private static object? Unwrapped(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
