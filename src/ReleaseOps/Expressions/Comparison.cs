namespace ReleaseOps.Expressions;

/// <summary>Order and equality of values.</summary>
internal static class Comparison
{
    /// <summary>What <see cref="CompareNumbers"/> gives where a NaN is involved: neither less, nor equal, nor greater.</summary>
    public const int Unordered = 2;

    /// <summary>How deep two values may be nested to be compared; deeper (a list that holds itself) is an error.</summary>
    private const int MaxDepth = 128;

    /// <summary>
    /// The order of two numbers of any types on one number line: -1, 0, 1 or <see cref="Unordered"/>. With a double, the other one is
    /// taken as a double too, so beyond 2^53 neighbours are equal, as CEL's conformance tests have it.
    /// </summary>
    public static int CompareNumbers(in Value a, in Value b) => (a.Kind, b.Kind) switch
    {
        (Kind.Int, Kind.Int) => a.AsInt.CompareTo(b.AsInt),
        (Kind.Double, _) or (_, Kind.Double) => CompareDoubles(ToDouble(a), ToDouble(b)),
        (Kind.Uint, Kind.Uint) => a.AsUint.CompareTo(b.AsUint),
        (Kind.Int, Kind.Uint) => a.AsInt < 0 ? -1 : ((ulong)a.AsInt).CompareTo(b.AsUint),
        _ => b.AsInt < 0 ? 1 : a.AsUint.CompareTo((ulong)b.AsInt),
    };

    private static double ToDouble(in Value number) => number.Kind switch
    {
        Kind.Double => number.AsDouble,
        Kind.Int => number.AsInt,
        _ => number.AsUint,
    };

    /// <summary>The order of two values of one ordered type; null where there is none between them.</summary>
    public static int? Order(Frame frame, in Value a, in Value b)
    {
        if (a.IsNumber && b.IsNumber)
            return frame.Watch(CompareNumbers(a, b));
        if (a.Kind != b.Kind)
            return null;
        switch (a.Kind)
        {
            case Kind.String:
                frame.ChargeText(Math.Min(a.AsString.Length, b.AsString.Length));
                return CompareText(a.AsString, b.AsString);
            case Kind.Bytes:
                frame.ChargeText(Math.Min(a.AsBytes.Length, b.AsBytes.Length));
                return a.AsBytes.AsSpan().SequenceCompareTo(b.AsBytes);
            case Kind.Bool:
                return a.AsBool.CompareTo(b.AsBool);
            case Kind.Duration:
                return a.AsDuration.CompareTo(b.AsDuration);
            case Kind.Timestamp:
                return a.AsTimestamp.CompareTo(b.AsTimestamp);
            default:
                return null;
        }
    }

    /// <summary>Whether two values are equal: a bool, or an error that one of them holds.</summary>
    public static Value Equal(Frame frame, in Value a, in Value b, int depth = 0)
    {
        if (a.IsNumber && b.IsNumber)
            return Value.Of(frame.Watch(CompareNumbers(a, b)) == 0);
        if (a.IsError || b.IsError)
            return a.IsError ? a : b;
        if (a.IsNaN || b.IsNaN)
            frame.Watch(Unordered);
        if (a.Kind != b.Kind)
            return Value.False;
        switch (a.Kind)
        {
            case Kind.String:
                frame.ChargeText(a.AsString.Length);
                return Value.Of(string.Equals(a.AsString, b.AsString, StringComparison.Ordinal));
            case Kind.Bytes:
                frame.ChargeText(a.AsBytes.Length);
                return Value.Of(a.AsBytes.AsSpan().SequenceEqual(b.AsBytes));
            case Kind.List:
                return EqualLists(frame, a.AsList, b.AsList, depth + 1);
            case Kind.Map:
                return EqualMaps(frame, a.AsMap, b.AsMap, depth + 1);
            case Kind.Type:
                return Value.Of(a.AsType == b.AsType);
            case Kind.Null:
                return Value.True;
            default:
                return Value.Of(Order(frame, a, b) == 0);
        }
    }

    private static Value EqualLists(Frame frame, CelList a, CelList b, int depth)
    {
        if (a.Count != b.Count)
            return Value.False;
        if (depth > MaxDepth)
            return TooDeep();
        for (var i = 0; i < a.Count; i++)
        {
            if (!frame.Charge(4))
                return Value.False;
            var equal = Equal(frame, a.Items[i], b.Items[i], depth);
            if (!equal.IsTrue)
                return equal;
        }
        return Value.True;
    }

    private static Value EqualMaps(Frame frame, CelMap a, CelMap b, int depth)
    {
        if (a.Count != b.Count)
            return Value.False;
        if (depth > MaxDepth)
            return TooDeep();
        foreach (var key in a.KeyValues)
        {
            if (!frame.Charge(8) || !a.TryFind(key, out var mine) || !b.TryFind(key, out var other))
                return Value.False;
            var equal = Equal(frame, mine, other, depth);
            if (!equal.IsTrue)
                return equal;
        }
        return Value.True;
    }

    private static Value TooDeep() =>
        Value.Of(new CelError(ErrorId.ExpressionFailed, $"the values compared are nested deeper than {MaxDepth}", 1));

    /// <summary>By code point, which differs from UTF-16 order where a character beyond U+FFFF meets one from U+E000 to U+FFFF.</summary>
    private static int CompareText(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length.CompareTo(b.Length);
        return Rank(a[same]).CompareTo(Rank(b[same]));

        static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
    }

    private static int CompareDoubles(double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : Unordered;
}
