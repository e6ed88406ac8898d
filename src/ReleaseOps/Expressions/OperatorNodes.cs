namespace ReleaseOps.Expressions;

/// <summary>
/// <c>a &amp;&amp; b &amp;&amp; c</c> or <c>a || b || c</c>: an operand that decides does so whatever errors the others have.
/// </summary>
internal sealed class LogicNode(Span span, bool isAnd, Node[] operands) : Node(span, operands)
{
    public bool IsAnd => isAnd;

    public IReadOnlyList<Node> Operands => operands;

    public override Value Evaluate(Frame frame)
    {
        var error = default(Value);
        var failed = false;
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(frame);
            if (isAnd ? value.IsFalse : value.IsTrue)
                return value;
            if (value.Kind == Kind.Bool || failed)
                continue;
            failed = true;
            frame.Charge(Frame.AbsorbedError);
            error = value.IsError ? value : operand.Fail($"'{(isAnd ? "&&" : "||")}' takes bools, not a value of type {TypeOf(value)}");
        }
        return failed ? error : Value.Of(isAnd);
    }
}

/// <summary><c>!a</c>; an even number of them leaves the bool as it is.</summary>
internal sealed class NotNode(Span span, Node operand, bool inverts) : Node(span, operand)
{
    public Node Operand => operand;

    public bool Inverts => inverts;

    public override Value Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        if (value.Kind == Kind.Bool)
            return Value.Of(value.AsBool != inverts);
        return value.IsError ? value : Fail($"'!' takes a bool, not a value of type {TypeOf(value)}");
    }
}

/// <summary><c>-a</c>; an even number of them leaves the number as it is.</summary>
internal sealed class NegateNode(Span span, Node operand, bool inverts) : Node(span, operand)
{
    public override Value Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        return value.Kind switch
        {
            Kind.Int when value.AsInt == long.MinValue => Fail("the result is outside the range of int"),
            Kind.Int => inverts ? Value.Of(-value.AsInt) : value,
            Kind.Double => inverts ? Value.Of(-value.AsDouble) : value,
            Kind.Error => value,
            _ => Fail($"'-' takes an int or a double, not a value of type {TypeOf(value)}"),
        };
    }
}

/// <summary><c>condition ? yes : no</c>; only one of the two is evaluated.</summary>
internal sealed class ConditionalNode(Span span, Node condition, Node yes, Node no) : Node(span, condition, yes, no)
{
    public Node Condition => condition;

    public Node Yes => yes;

    public Node No => no;

    public override Value Evaluate(Frame frame)
    {
        var value = condition.Evaluate(frame);
        if (value.Kind == Kind.Bool)
            return value.AsBool ? yes.Evaluate(frame) : no.Evaluate(frame);
        return value.IsError ? value : Fail($"what stands before '?' must be a bool, not a value of type {TypeOf(value)}");
    }
}

/// <summary>The six comparisons.</summary>
internal enum Relation
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary><c>a == b</c>, <c>a &lt; b</c> and the like.</summary>
internal sealed class CompareNode(Span span, Relation relation, Node left, Node right) : Node(span, left, right)
{
    public Node Left => left;

    public Node Right => right;

    public Relation Relation => relation;

    public string Symbol => relation switch
    {
        Relation.Equal => "==",
        Relation.NotEqual => "!=",
        Relation.Less => "<",
        Relation.LessOrEqual => "<=",
        Relation.Greater => ">",
        _ => ">=",
    };

    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame);
        if (b.IsError)
            return b;
        var value = relation <= Relation.NotEqual ? Equality(frame, a, b) : Order(frame, a, b);
        if (frame.SawNaN)
            frame.NaNAt ??= this;
        return value;
    }

    private Value Equality(Frame frame, in Value a, in Value b)
    {
        var equal = Comparison.Equal(frame, a, b);
        return equal.IsError || relation == Relation.Equal ? equal : Value.Of(!equal.AsBool);
    }

    private Value Order(Frame frame, in Value a, in Value b)
    {
        if (Comparison.Order(frame, a, b) is not { } order)
            return Fail($"'{Symbol}' can't order a value of type {TypeOf(a)} and one of type {TypeOf(b)}");
        if (order == Comparison.Unordered)
            return Value.False;
        return Value.Of(relation switch
        {
            Relation.Less => order < 0,
            Relation.LessOrEqual => order <= 0,
            Relation.Greater => order > 0,
            _ => order >= 0,
        });
    }
}

/// <summary><c>item in list</c>, <c>key in map</c>.</summary>
internal sealed class InNode(Span span, Node item, Node among) : Node(span, item, among)
{
    public Node Item => item;

    public Node Among => among;

    public override Value Evaluate(Frame frame)
    {
        var wanted = item.Evaluate(frame);
        if (wanted.IsError)
            return wanted;
        var from = among.Evaluate(frame);
        if (from.Kind == Kind.List)
            return Find(frame, wanted, from.AsList);
        if (from.Kind != Kind.Map)
            return from.IsError ? from : Fail($"'in' looks in a list or among the keys of a map, not in a value of type {TypeOf(from)}");
        if (wanted.Kind == Kind.String)
            frame.ChargeText(wanted.AsString.Length);
        if (wanted.IsNaN)
            frame.Watch(Comparison.Unordered);
        return Value.Of(from.AsMap.TryFind(wanted, out _));
    }

    private static Value Find(Frame frame, in Value wanted, CelList list)
    {
        var error = Value.False;
        foreach (ref readonly var held in list.Items.AsSpan())
        {
            if (!frame.Charge(1))
                return Value.False;
            var equal = Comparison.Equal(frame, held, wanted);
            if (equal.IsTrue)
                return equal;
            if (equal.IsError && !error.IsError)
                error = equal;
        }
        return error;
    }
}
