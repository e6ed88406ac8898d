namespace ReleaseOps.Expressions;

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ListNode(Span span, Node[] items) : Node(span, items)
{
    public override Value Evaluate(Frame frame)
    {
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(frame);
            if (values[i].IsError)
                return values[i];
        }
        frame.ChargeMemory(Memory.List(values.Length));
        return Memory.Built(this, values);
    }
}

/// <summary><c>{a: b, c: d}</c>.</summary>
internal sealed class MapNode(Span span, Node[] keys, Node[] values) : Node(span, [.. keys, .. values])
{
    public override Value Evaluate(Frame frame)
    {
        var keyValues = new Value[keys.Length];
        var held = new Value[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keyValues[i] = keys[i].Evaluate(frame);
            if (keyValues[i].IsError)
                return keyValues[i];
            held[i] = values[i].Evaluate(frame);
            if (held[i].IsError)
                return held[i];
        }
        frame.ChargeMemory(Memory.Map(keys.Length));
        if (BuiltMap.TryBuild(keyValues, held, out var bad) is not { } map)
        {
            return keyValues[bad].Kind is Kind.Int or Kind.Uint or Kind.Bool or Kind.String
                ? keys[bad].Fail($"the key {CelText.Write(keyValues[bad], 40)} stands there twice")
                : keys[bad].Fail($"a key is an int, uint, bool or string, not a value of type {TypeOf(keyValues[bad])}");
        }
        return map.Depth > Memory.MaxDepth ? Memory.TooDeep(this) : Value.Of(map);
    }
}

/// <summary>What built values take, and how deep they may be nested.</summary>
internal static class Memory
{
    /// <summary>How deep an expression may nest the lists and maps that it builds, so that whoever walks over its value is safe.</summary>
    public const int MaxDepth = 128;

    /// <summary>Bytes of a list of so many items.</summary>
    public static long List(long items) => 64 + (items * 24);

    /// <summary>Bytes of a map of so many entries.</summary>
    public static long Map(long entries) => 200 + (entries * 90);

    public static Value Built(Node at, Value[] items)
    {
        var list = new BuiltList(items);
        return list.Depth > MaxDepth ? TooDeep(at) : Value.Of(list);
    }

    public static Value TooDeep(Node at) => at.Fail($"lists and maps are nested deeper than {MaxDepth}");
}
