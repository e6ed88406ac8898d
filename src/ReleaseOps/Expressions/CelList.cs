using System.Collections;
using System.Text.Json;

namespace ReleaseOps.Expressions;

/// <summary>A list of an expression; over plain values it is filled when it is first read.</summary>
internal abstract class CelList : IReadOnlyList<object?>
{
    private Value[]? _items;

    /// <summary>Its items, read once.</summary>
    public Value[] Items => _items ??= Load();

    public virtual int Count => Items.Length;

    /// <summary>How deep the expression itself nested it; 0 for a list from outside.</summary>
    public virtual int Depth => 0;

    public object? this[int index] => Border.ToPlain(Items[index]);

    public IEnumerator<object?> GetEnumerator() => Items.Select(Border.ToPlain).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected abstract Value[] Load();
}

/// <summary>A list that an expression built.</summary>
internal sealed class BuiltList(Value[] items) : CelList
{
    public override int Depth { get; } = 1 + Deepest(items);

    protected override Value[] Load() => items;

    internal static int Deepest(Value[] items)
    {
        var deepest = 0;
        foreach (ref readonly var item in items.AsSpan())
            deepest = item.Kind is Kind.List or Kind.Map ? Math.Max(deepest, item.Depth) : deepest;
        return deepest;
    }
}

/// <summary>A JSON array.</summary>
internal sealed class JsonList(JsonElement array) : CelList
{
    public override int Count { get; } = array.GetArrayLength();

    protected override Value[] Load()
    {
        var items = new Value[Count];
        var next = 0;
        foreach (var item in array.EnumerateArray())
            items[next++] = Border.FromJson(item);
        return items;
    }
}

/// <summary>An array or list of plain values.</summary>
internal sealed class PlainList(IEnumerable items) : CelList
{
    protected override Value[] Load()
    {
        var values = new List<Value>((items as ICollection)?.Count ?? 4);
        foreach (var item in items)
            values.Add(Border.FromPlain(item));
        return [.. values];
    }
}
