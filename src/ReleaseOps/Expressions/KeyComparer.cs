namespace ReleaseOps.Expressions;

/// <summary>
/// Equality of map keys: numbers by their place on the number line (1, 1u and 1.0 are one key), bools and strings by value.
/// </summary>
internal sealed class KeyComparer : IEqualityComparer<Value>
{
    public static readonly KeyComparer Instance = new();

    public bool Equals(Value x, Value y)
    {
        if (x.IsNumber && y.IsNumber)
            return Comparison.CompareNumbers(x, y) == 0;
        return x.Kind == y.Kind && x.Kind switch
        {
            Kind.Bool => x.AsBool == y.AsBool,
            Kind.String => string.Equals(x.AsString, y.AsString, StringComparison.Ordinal),
            _ => false,
        };
    }

    public int GetHashCode(Value key) => key.Kind switch
    {
        Kind.Bool => key.AsBool ? 1 : 2,
        Kind.String => key.AsString.GetHashCode(StringComparison.Ordinal),
        // Equal numbers convert to the same double.
        Kind.Int => ((double)key.AsInt).GetHashCode(),
        Kind.Uint => ((double)key.AsUint).GetHashCode(),
        Kind.Double => (key.AsDouble + 0.0).GetHashCode(),
        _ => 0,
    };
}
