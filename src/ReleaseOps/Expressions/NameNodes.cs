namespace ReleaseOps.Expressions;

/// <summary>A value written out.</summary>
internal sealed class LiteralNode(Span span, Value value) : Node(span)
{
    public Value Value => value;

    public override Value Evaluate(Frame frame) => value;
}

/// <summary>A name from outside, possibly with points in it; the first of its candidates that has a value.</summary>
/// <param name="span">Where it stands.</param>
/// <param name="candidates">The names under which it may be known, the one that goes first first; each with its place in the frame.</param>
internal sealed class VariableNode(Span span, (string Name, int Slot)[] candidates) : Node(span)
{
    /// <summary>The name as written.</summary>
    public string Name => candidates[^1].Name;

    public bool TryRead(Frame frame, out Value value)
    {
        foreach (var (name, slot) in candidates)
        {
            if (frame.TryRead(name, slot, out value))
                return true;
        }
        value = default;
        return false;
    }

    public override Value Evaluate(Frame frame)
    {
        if (TryRead(frame, out var value))
            return value;
        var meant = Name switch
        {
            "True" => "; write true",
            "False" => "; write false",
            "None" or "nil" or "NULL" => "; write null",
            _ => "",
        };
        return Fail($"there is no value named '{Name}'{meant}");
    }
}

/// <summary>The variable of a macro around.</summary>
internal sealed class LocalNode(Span span, int slot) : Node(span)
{
    public override Value Evaluate(Frame frame) => frame.Locals[slot];
}

/// <summary><c>operand.field</c>. Where all of it is names, a value that is known under the whole name goes before the field.</summary>
internal sealed class SelectNode(Span span, Node operand, string name, VariableNode? qualified) : Node(span, operand)
{
    public Node Operand => operand;

    public string Field => name;

    public override Value Evaluate(Frame frame)
    {
        if (qualified is not null && qualified.TryRead(frame, out var named))
            return named;
        var from = operand.Evaluate(frame);
        if (from.Kind == Kind.Map)
            return from.AsMap.TryFind(Value.Of(name), out var value) ? value : Fail($"there is no field '{name}'");
        return from.IsError ? from : Fail($"a field can be taken from a map, not from a value of type {TypeOf(from)}");
    }
}

/// <summary><c>has(operand.field)</c>.</summary>
internal sealed class HasNode(Span span, SelectNode select) : Node(span, select)
{
    public override Value Evaluate(Frame frame)
    {
        var from = select.Operand.Evaluate(frame);
        if (from.Kind == Kind.Map)
            return Value.Of(from.AsMap.TryFind(Value.Of(select.Field), out _));
        return from.IsError ? from : Fail($"has() looks for a field of a map, not of a value of type {TypeOf(from)}");
    }
}

/// <summary><c>operand[key]</c>.</summary>
internal sealed class IndexNode(Span span, Node operand, Node key) : Node(span, operand, key)
{
    public override Value Evaluate(Frame frame)
    {
        var from = operand.Evaluate(frame);
        if (from.IsError)
            return from;
        var at = key.Evaluate(frame);
        if (at.IsError)
            return at;
        if (from.Kind == Kind.List)
            return Item(from.AsList, at);
        if (from.Kind != Kind.Map)
            return Fail($"[ ] takes an item of a list or a map, not of a value of type {TypeOf(from)}");
        if (at.Kind == Kind.String)
            frame.ChargeText(at.AsString.Length);
        return from.AsMap.TryFind(at, out var value) ? value : Fail($"there is no key {CelText.Write(at, 40)}");
    }

    private Value Item(CelList list, in Value at)
    {
        if (!at.IsNumber)
            return Fail($"a list is indexed with a number, not with a value of type {TypeOf(at)}");
        if (at.Kind == Kind.Double && at.AsDouble != Math.Floor(at.AsDouble))
            return Fail($"a list is indexed with a whole number, not with {CelText.Write(at, 40)}");
        if (Comparison.CompareNumbers(at, Value.Of(0L)) is not (0 or 1) || Comparison.CompareNumbers(at, Value.Of((long)list.Count)) != -1)
            return Fail($"there is no item {CelText.Write(at, 40)} in a list of {list.Count}");
        return list.Items[at.Kind == Kind.Double ? (int)at.AsDouble : (int)at.AsInt];
    }
}
