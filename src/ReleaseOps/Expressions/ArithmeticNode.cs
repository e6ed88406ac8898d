namespace ReleaseOps.Expressions;

/// <summary><c>a + b</c>, <c>a - b</c>, <c>a * b</c>, <c>a / b</c>, <c>a % b</c>: two values of one type; no silent overflow.</summary>
internal sealed class ArithmeticNode(Span span, char symbol, Node left, Node right) : Node(span, left, right)
{
    public override Value Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        if (a.IsError)
            return a;
        var b = right.Evaluate(frame);
        if (b.IsError)
            return b;
        return (a.Kind, b.Kind) switch
        {
            (Kind.Int, Kind.Int) => OfInts(a.AsInt, b.AsInt),
            (Kind.Double, Kind.Double) when symbol != '%' => OfDoubles(a.AsDouble, b.AsDouble),
            (Kind.Uint, Kind.Uint) => OfUints(a.AsUint, b.AsUint),
            (Kind.String or Kind.Bytes or Kind.List, _) when a.Kind == b.Kind && symbol == '+' => Joined(frame, a, b),
            (Kind.Duration or Kind.Timestamp, Kind.Duration or Kind.Timestamp) when symbol is '+' or '-' => OfTimes(a, b),
            _ => NoOverload(a, b),
        };
    }

    private Value NoOverload(in Value a, in Value b)
    {
        var hint = a.IsNumber && b.IsNumber && symbol != '%'
            ? "; convert one with int(), uint() or double()"
            : a.IsNumber && b.IsNumber ? "; '%' takes two ints or two uints" : "";
        return Fail($"'{symbol}' can't join a value of type {TypeOf(a)} and one of type {TypeOf(b)}{hint}");
    }

    private Value OfInts(long a, long b)
    {
        if (symbol is '/' or '%')
        {
            if (b == 0)
                return ByZero();
            if (b == -1)
                return symbol == '%' ? Value.Of(0L) : a == long.MinValue ? Overflow("int") : Value.Of(-a);
            return Value.Of(symbol == '/' ? a / b : a % b);
        }
        var result = symbol switch { '+' => (Int128)a + b, '-' => (Int128)a - b, _ => (Int128)a * b };
        return result < long.MinValue || result > long.MaxValue ? Overflow("int") : Value.Of((long)result);
    }

    private Value OfUints(ulong a, ulong b)
    {
        if (symbol is '/' or '%')
            return b == 0 ? ByZero() : Value.Of(symbol == '/' ? a / b : a % b);
        if (symbol == '-')
            return a < b ? Overflow("uint") : Value.Of(a - b);
        var result = symbol == '+' ? (UInt128)a + b : (UInt128)a * b;
        return result > ulong.MaxValue ? Overflow("uint") : Value.Of((ulong)result);
    }

    private Value OfDoubles(double a, double b) =>
        Value.Of(symbol switch { '+' => a + b, '-' => a - b, '*' => a * b, _ => a / b });

    private Value OfTimes(in Value a, in Value b)
    {
        var sign = symbol == '+' ? 1 : -1;
        switch (a.Kind, b.Kind)
        {
            case (Kind.Duration, Kind.Duration):
                return Length((Int128)a.AsDuration.Nanoseconds + (sign * (Int128)b.AsDuration.Nanoseconds));
            case (Kind.Timestamp, Kind.Duration):
                return Moment(a.AsTimestamp.Total + (sign * (Int128)b.AsDuration.Nanoseconds));
            case (Kind.Duration, Kind.Timestamp) when symbol == '+':
                return Moment(a.AsDuration.Nanoseconds + b.AsTimestamp.Total);
            case (Kind.Timestamp, Kind.Timestamp) when symbol == '-':
                return Length(a.AsTimestamp.Total - b.AsTimestamp.Total);
            default:
                return NoOverload(a, b);
        }
    }

    private Value Length(Int128 nanoseconds) =>
        CelDuration.Checked(nanoseconds) is { } duration ? Value.Of(duration) : Overflow("a duration (292 years)");

    private Value Moment(Int128 nanoseconds) =>
        CelTimestamp.Checked(nanoseconds) is { } timestamp ? Value.Of(timestamp) : Overflow("a timestamp (the years 1 to 9999)");

    private Value Joined(Frame frame, in Value a, in Value b)
    {
        if (a.Kind == Kind.String)
        {
            return frame.ChargeMemory(((long)a.AsString.Length + b.AsString.Length) * 2)
                ? Value.Of(string.Concat(a.AsString, b.AsString))
                : Value.Of("");
        }
        if (a.Kind == Kind.Bytes)
        {
            return frame.ChargeMemory((long)a.AsBytes.Length + b.AsBytes.Length)
                ? Value.Of((byte[])[.. a.AsBytes, .. b.AsBytes])
                : Value.Of(Array.Empty<byte>());
        }
        return frame.ChargeMemory(Memory.List((long)a.AsList.Count + b.AsList.Count))
            ? Memory.Built(this, [.. a.AsList.Items, .. b.AsList.Items])
            : a;
    }

    private Value ByZero() => Fail(symbol == '/' ? "division by zero" : "remainder of a division by zero");

    private Value Overflow(string type) => Fail($"the result is outside the range of {type}");
}
