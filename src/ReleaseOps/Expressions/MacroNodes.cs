namespace ReleaseOps.Expressions;

/// <summary>A macro over the items of a list or the keys of a map.</summary>
/// <param name="span">Where it stands.</param>
/// <param name="name">Its name.</param>
/// <param name="range">The list or map.</param>
/// <param name="slot">Where its variable stands in the frame.</param>
/// <param name="bodies">What is evaluated for each item.</param>
internal abstract class MacroNode(Span span, string name, Node range, int slot, params Node[] bodies) : Node(span, [range, .. bodies])
{
    // A round costs its nodes, and one for going round.
    private readonly int _round = 1 + bodies.Sum(body => body.Weight);

    public string Name => name;

    public Node Range => range;

    public override Value Evaluate(Frame frame)
    {
        var over = range.Evaluate(frame);
        return over.Kind switch
        {
            Kind.List => Over(frame, over.AsList.Items),
            Kind.Map => Over(frame, over.AsMap.KeyValues),
            Kind.Error => over,
            _ => Fail($"{name}() goes over a list or the keys of a map, not over a value of type {TypeOf(over)}"),
        };
    }

    protected abstract Value Over(Frame frame, Value[] items);

    /// <summary>Starts a round; false when the evaluation has become too costly.</summary>
    protected bool Next(Frame frame, in Value item)
    {
        frame.Locals[slot] = item;
        return frame.Charge(_round);
    }

    protected Value NotBool(Node body, in Value value) =>
        value.IsError ? value : body.Fail($"what {name}() asks of each item must be a bool, not a value of type {TypeOf(value)}");
}

/// <summary><c>list.all(x, p)</c> and <c>list.exists(x, p)</c>: like <c>&amp;&amp;</c> and <c>||</c> over the items.</summary>
internal sealed class QuantifierNode(Span span, bool isAll, Node range, int slot, Node predicate)
    : MacroNode(span, isAll ? "all" : "exists", range, slot, predicate)
{
    public bool IsAll => isAll;

    public Node Predicate => predicate;

    /// <summary>Place of the item that decided in the last round that ran; -1 where none did.</summary>
    public int Decisive(Frame frame, Value[] items)
    {
        for (var i = 0; i < items.Length && Next(frame, items[i]); i++)
        {
            var value = predicate.Evaluate(frame);
            if (isAll ? value.IsFalse : value.IsTrue)
                return i;
        }
        return -1;
    }

    protected override Value Over(Frame frame, Value[] items)
    {
        var result = Value.Of(isAll);
        foreach (ref readonly var item in items.AsSpan())
        {
            if (!Next(frame, item))
                return Value.False;
            var value = predicate.Evaluate(frame);
            if (isAll ? value.IsFalse : value.IsTrue)
                return value;
            if (value.Kind == Kind.Bool)
                continue;
            frame.Charge(Frame.AbsorbedError);
            if (!result.IsError)
                result = NotBool(predicate, value);
        }
        return result;
    }
}

/// <summary><c>list.exists_one(x, p)</c>: true where p holds for exactly one; an error in any is an error.</summary>
internal sealed class ExistsOneNode(Span span, Node range, int slot, Node predicate) : MacroNode(span, "exists_one", range, slot, predicate)
{
    protected override Value Over(Frame frame, Value[] items)
    {
        var count = 0;
        foreach (ref readonly var item in items.AsSpan())
        {
            if (!Next(frame, item))
                return Value.False;
            var value = predicate.Evaluate(frame);
            if (value.Kind != Kind.Bool)
                return NotBool(predicate, value);
            count += value.AsBool ? 1 : 0;
        }
        return Value.Of(count == 1);
    }
}

/// <summary>
/// <c>list.map(x, f)</c>, <c>list.map(x, p, f)</c> and <c>list.filter(x, p)</c>: a new list; an error in any is an error.
/// </summary>
internal sealed class ListMacroNode(Span span, string name, Node range, int slot, Node? predicate, Node? transform)
    : MacroNode(span, name, range, slot, predicate is null ? [transform!] : transform is null ? [predicate] : [predicate, transform])
{
    protected override Value Over(Frame frame, Value[] items)
    {
        var built = new List<Value>();
        foreach (ref readonly var item in items.AsSpan())
        {
            if (!Next(frame, item))
                return Value.False;
            if (predicate is not null)
            {
                var wanted = predicate.Evaluate(frame);
                if (wanted.Kind != Kind.Bool)
                    return NotBool(predicate, wanted);
                if (!wanted.AsBool)
                    continue;
            }
            var value = transform is null ? item : transform.Evaluate(frame);
            if (value.IsError)
                return value;
            built.Add(value);
            frame.Charge(Memory.List(1) / 8);
        }
        return Memory.Built(this, [.. built]);
    }
}
