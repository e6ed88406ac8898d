using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Where in a line a value stands: <c>run_id</c>, <c>stage</c>, <c>event</c>, <c>payload</c>, or names below the payload.</summary>
/// <param name="Field">The field: <c>payload</c>.</param>
/// <param name="Below">The names below it: <c>order, id</c>.</param>
internal sealed record EventPath(string Field, IReadOnlyList<string> Below)
{
    private static readonly string[] Fields = ["run_id", "stage", "event", "payload"];

    /// <summary>The name as JSON writes it, where that is one right below the payload and needs no escape; null for any other path.</summary>
    internal byte[]? Quoted { get; } = Field == "payload" && Below.Count == 1 ? FlatObject.Quoted(Below[0]) : null;

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path, with points between its names.</param>
    /// <exception cref="ReleaseOpsException">BadValue: it begins with no field of a line.</exception>
    internal static EventPath Read(string text)
    {
        var names = text.Split('.');
        if (!Fields.Contains(names[0], StringComparer.Ordinal) || (names.Length > 1 && names[0] != "payload"))
            throw new ReleaseOpsException(ErrorId.BadValue, $"'{text}' is no field of an event",
                "write run_id, stage, event, payload, or payload. and names: payload.order_id", text);
        return new EventPath(names[0], names[1..]);
    }

    /// <summary>The value below a payload; null where it isn't there. Of a name that stands twice the last one counts.</summary>
    /// <param name="payload">The payload.</param>
    internal JsonElement? In(JsonElement payload)
    {
        foreach (var name in Below)
        {
            if (payload.ValueKind != JsonValueKind.Object || Find(payload, name) is not { } value)
                return null;
            payload = value;
        }
        return payload;
    }

    private static JsonElement? Find(JsonElement parent, string name)
    {
        try
        {
            return parent.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Some other name is half a surrogate pair.
            var wanted = Encoding.UTF8.GetBytes(name);
            JsonElement? last = null;
            foreach (var property in parent.EnumerateObject())
                if (JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(property)).AsSpan().SequenceEqual(wanted))
                    last = property.Value;
            return last;
        }
    }
}
