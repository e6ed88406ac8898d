namespace ReleaseOps.Expressions;

/// <summary>What a value is. The zero value is an error, so that a value nobody set is never true.</summary>
internal enum Kind : byte
{
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Type,
    Duration,
    Timestamp,
}

/// <summary>
/// A value during evaluation: unboxed, so that numbers and bools cost no allocation. An error is a value too: <c>&amp;&amp;</c>, <c>||</c>,
/// <c>all</c> and <c>exists</c> may absorb it.
/// </summary>
internal readonly struct Value
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanoseconds;

    private Value(Kind kind, object? reference, long bits, int nanoseconds = 0)
    {
        Kind = kind;
        _reference = reference;
        _bits = bits;
        _nanoseconds = nanoseconds;
    }

    public Kind Kind { get; }

    public bool IsError => Kind == Kind.Error;

    public bool IsTrue => Kind == Kind.Bool && _bits != 0;

    public bool IsFalse => Kind == Kind.Bool && _bits == 0;

    public bool IsNumber => Kind is Kind.Int or Kind.Uint or Kind.Double;

    public bool IsNaN => Kind == Kind.Double && double.IsNaN(AsDouble);

    public bool AsBool => _bits != 0;

    public long AsInt => _bits;

    public ulong AsUint => (ulong)_bits;

    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    public string AsString => (string)_reference!;

    public byte[] AsBytes => (byte[])_reference!;

    public CelList AsList => (CelList)_reference!;

    public CelMap AsMap => (CelMap)_reference!;

    public CelType AsType => (CelType)_reference!;

    public CelError AsError => (CelError?)_reference ?? CelError.Unset;

    public CelDuration AsDuration => new(_bits);

    public CelTimestamp AsTimestamp => new(_bits, _nanoseconds);

    public static readonly Value Null = new(Kind.Null, null, 0);

    public static readonly Value True = new(Kind.Bool, null, 1);

    public static readonly Value False = new(Kind.Bool, null, 0);

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new(Kind.Int, null, value);

    public static Value Of(ulong value) => new(Kind.Uint, null, (long)value);

    public static Value Of(double value) => new(Kind.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static Value Of(string value) => new(Kind.String, value, 0);

    public static Value Of(byte[] value) => new(Kind.Bytes, value, 0);

    public static Value Of(CelList value) => new(Kind.List, value, 0);

    public static Value Of(CelMap value) => new(Kind.Map, value, 0);

    public static Value Of(CelType value) => new(Kind.Type, value, 0);

    public static Value Of(CelDuration value) => new(Kind.Duration, null, value.Nanoseconds);

    public static Value Of(CelTimestamp value) => new(Kind.Timestamp, null, value.Seconds, value.Nanoseconds);

    public static Value Of(CelError error) => new(Kind.Error, error, 0);

    /// <summary>How deep lists and maps that the expression itself built are nested; 0 for anything else.</summary>
    public int Depth => _reference switch
    {
        CelList list => list.Depth,
        CelMap map => map.Depth,
        _ => 0,
    };
}
