using System.Collections;
using System.Text.Json;

namespace ReleaseOps.Expressions;

/// <summary>Where plain .NET values become values of an expression, and back.</summary>
internal static class Border
{
    public static Value FromPlain(object? plain) => plain switch
    {
        null => Value.Null,
        bool flag => Value.Of(flag),
        long number => Value.Of(number),
        double number => Value.Of(number),
        string text => Value.Of(text),
        JsonElement json => FromJson(json),
        int number => Value.Of((long)number),
        ulong number => Value.Of(number),
        uint number => Value.Of((ulong)number),
        float number => Value.Of((double)number),
        short number => Value.Of((long)number),
        sbyte number => Value.Of((long)number),
        ushort number => Value.Of((ulong)number),
        byte number => Value.Of((ulong)number),
        decimal number => Value.Of((double)number),
        byte[] bytes => Value.Of(bytes),
        ReadOnlyMemory<byte> bytes => Value.Of(bytes.ToArray()),
        TimeSpan span => CelDuration.From(span) is { } duration ? Value.Of(duration) : Refuse("a TimeSpan longer than 292 years"),
        CelDuration duration => Value.Of(duration),
        DateTimeOffset moment => Value.Of(CelTimestamp.From(moment)),
        CelTimestamp timestamp => Value.Of(timestamp),
        CelType type => Value.Of(type),
        CelList list => Value.Of(list),
        CelMap map => Value.Of(map),
        JsonDocument document => FromJson(document.RootElement),
        IReadOnlyDictionary<string, object?> map => Value.Of(new PlainMap(map)),
        IDictionary map => FromDictionary(map),
        IReadOnlyList<object?> list => Value.Of(new PlainList(list)),
        IList list => Value.Of(new PlainList(list)),
        _ => Refuse($"a value of the .NET type {plain.GetType().Name}"),
    };

    public static Value FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => Value.Null,
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Number => Value.Of(json.GetDouble()),
        JsonValueKind.String => FromJsonText(json),
        JsonValueKind.Array => Value.Of(new JsonList(json)),
        JsonValueKind.Object => Value.Of(new JsonMap(json)),
        _ => Refuse("a JSON value that isn't there"),
    };

    public static object? ToPlain(Value value) => value.Kind switch
    {
        Kind.Bool => value.AsBool,
        Kind.Int => value.AsInt,
        Kind.Uint => value.AsUint,
        Kind.Double => value.AsDouble,
        Kind.String => value.AsString,
        // A literal's bytes belong to the expression.
        Kind.Bytes => value.AsBytes.Clone(),
        Kind.List => value.AsList,
        Kind.Map => value.AsMap,
        Kind.Type => value.AsType,
        Kind.Duration => value.AsDuration,
        Kind.Timestamp => value.AsTimestamp,
        Kind.Error => value.AsError,
        _ => null,
    };

    private static Value FromJsonText(JsonElement json)
    {
        try
        {
            return Value.Of(json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Refuse("a JSON string with half a surrogate pair");
        }
    }

    private static Value FromDictionary(IDictionary map)
    {
        var keys = new List<Value>();
        var values = new List<Value>();
        foreach (DictionaryEntry entry in map)
        {
            keys.Add(FromPlain(entry.Key));
            values.Add(FromPlain(entry.Value));
        }
        return BuiltMap.TryBuild([.. keys], [.. values], out _) is { } built
            ? Value.Of(built)
            : Refuse("a map with keys that aren't int, uint, bool or string, or with one key twice");
    }

    private static Value Refuse(string what) =>
        Value.Of(CelError.At(ErrorId.ExpressionFailed, $"{what} can't be used in an expression", 1));
}
