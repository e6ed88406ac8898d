namespace ReleaseOps.Reviews.Logs;

/// <summary>What kind of JSON a field holds.</summary>
internal enum JsonKind : byte
{
    /// <summary>The field isn't there.</summary>
    None,
    /// <summary>A string.</summary>
    Text,
    /// <summary>A number.</summary>
    Number,
    /// <summary>An object.</summary>
    Object,
    /// <summary>An array.</summary>
    Array,
    /// <summary>true or false.</summary>
    Bool,
    /// <summary>null.</summary>
    Null,
}

/// <summary>Where a field's value stands in the bytes of a block. A text without its quotes, anything else with all that belongs to it.</summary>
internal record struct LogField
{
    /// <summary>Index of its first byte.</summary>
    public int Start;

    /// <summary>Its length in bytes.</summary>
    public int Length;

    /// <summary>What it is.</summary>
    public JsonKind Kind;

    /// <summary>True for a text with a backslash in it: its bytes aren't the text yet.</summary>
    public bool Escaped;

    /// <summary>Its bytes.</summary>
    /// <param name="block">The bytes that it stands in.</param>
    public readonly ReadOnlySpan<byte> In(ReadOnlySpan<byte> block) => block.Slice(Start, Length);
}

/// <summary>The fields of a line that are looked at; of a name that stands twice the last one counts.</summary>
internal record struct LogLine
{
    /// <summary>When it was.</summary>
    public LogField Ts;

    /// <summary>Of which run.</summary>
    public LogField RunId;

    /// <summary>Which stage of it.</summary>
    public LogField Stage;

    /// <summary>What happened.</summary>
    public LogField Event;

    /// <summary>Whatever else there is to say.</summary>
    public LogField Payload;

    /// <summary>True where the line was too long for its payload to be kept.</summary>
    public bool PayloadLost;

    /// <summary>What is known of how it is written.</summary>
    public LineForm Form;
}

/// <summary>How an object of a line is written, as far as that saves looking at it again.</summary>
[Flags]
internal enum LineForm : byte
{
    /// <summary>In any way.</summary>
    Any = 0,
    /// <summary>An object is its only payload, and after it comes nothing but the end of the line's own object.</summary>
    EndsWithPayload = 1,
    /// <summary>Its payload is an object without escapes and without objects in it (<see cref="FlatObject"/>).</summary>
    FlatPayload = 2,
}

/// <summary>What a line is.</summary>
internal enum LineKind : byte
{
    /// <summary>A JSON object.</summary>
    Object,
    /// <summary>Nothing but white space.</summary>
    Blank,
    /// <summary>Anything else.</summary>
    Malformed,
}
