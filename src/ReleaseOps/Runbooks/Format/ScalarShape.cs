using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A single value. What it looks like in YAML (no, 1.10, 12:30) says nothing: each shape reads its text.</summary>
/// <param name="expected">What it is: <c>a duration such as 30s or 1h30m</c>.</param>
internal abstract class ScalarShape<T>(string expected) : Shape<T>
{
    public override string Expected => expected;

    /// <summary>True where text in quotes will do; numbers, booleans and the like stand without them.</summary>
    protected virtual bool Quotable => true;

    public override bool TryRead(YamlNode node, Reading reading, out T value)
    {
        value = default!;
        if (node is not YamlScalar scalar || scalar.IsAbsent)
            return Misfit(node, reading, HintFor(node));
        if (!Quotable && !scalar.IsPlain)
            return Misfit(node, reading, "write it without quotes");
        return TryParse(scalar, reading, out value);
    }

    protected abstract bool TryParse(YamlScalar scalar, Reading reading, out T value);

    /// <summary>What to do about a node that isn't a single value; null for nothing special.</summary>
    protected virtual string? HintFor(YamlNode node) => null;

    protected static JsonObject AnyText() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}

/// <summary>Text for people, or a value that is told apart later.</summary>
internal sealed class TextShape(string expected, bool mayBeEmpty = false) : ScalarShape<string>(expected)
{
    public static readonly TextShape Any = new("text");
    public static readonly TextShape OrEmpty = new("text (an empty one in quotes)", mayBeEmpty: true);

    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        // A block's last line end belongs to the block, not to the text.
        value = scalar.IsBlock ? scalar.Text.TrimEnd('\n') : scalar.Text;
        return mayBeEmpty || !string.IsNullOrWhiteSpace(value) || Misfit(scalar, reading);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => AnyText();
}

/// <summary>A name, made of certain characters; it may give the name to a thing.</summary>
/// <param name="expected">What it is and what it may hold.</param>
/// <param name="pattern">The same as a regular expression, for the schema.</param>
/// <param name="fits">The same as code: a first regular expression costs more than all the rest of the reading.</param>
internal sealed class NameShape(string expected, string pattern, Func<string, bool> fits) : ScalarShape<string>(expected)
{
    /// <summary>The longest name: they become parts of file names and environment variables.</summary>
    public const int Longest = 100;

    public string Pattern => pattern;

    /// <summary>The kind of thing that gets the name; null where it names nothing of ours.</summary>
    public NameKind? Defines { get; init; }

    /// <summary>The kind of thing that has the name already; null where it is none of ours.</summary>
    public NameKind? Uses { get; init; }

    public bool Fits(string name) => name.Length is > 0 and <= Longest && fits(name);

    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        if (!Fits(value))
            return Misfit(scalar, reading);
        if (Defines is { } kind)
            reading.Names.Define(kind, value, scalar.At, reading);
        if (Uses is { } used)
            reading.Names.Refer(used, value, scalar.At);
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = pattern, ["maxLength"] = Longest };
}

/// <summary>The name of something else in the runbook, with its place.</summary>
internal sealed record Reference(string Name, Position At);

/// <summary>The name of something else in the runbook.</summary>
/// <param name="kind">What it names.</param>
/// <param name="expected">What it is: <c>the name of a gate</c>.</param>
internal sealed class ReferenceShape(NameKind kind, string expected) : ScalarShape<Reference>(expected)
{
    protected override bool TryParse(YamlScalar scalar, Reading reading, out Reference value)
    {
        value = new Reference(scalar.Text, scalar.At);
        reading.Names.Refer(kind, scalar.Text, scalar.At);
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape<T>(string expected, params IReadOnlyList<(string Word, T Value)> choices) : ScalarShape<T>(expected)
{
    protected override bool TryParse(YamlScalar scalar, Reading reading, out T value)
    {
        foreach (var (word, choice) in choices)
        {
            if (word == scalar.Text)
            {
                value = choice;
                return true;
            }
        }
        value = default!;
        return Misfit(scalar, reading, reading.HintFor(scalar.Text, choices.Select(c => c.Word)));
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. choices.Select(c => JsonValue.Create(c.Word))]) };
}

/// <summary>true or false, and nothing else that YAML ever took for one.</summary>
internal sealed class BooleanShape() : ScalarShape<bool>("true or false")
{
    public static readonly BooleanShape Any = new();

    protected override bool Quotable => false;

    protected override bool TryParse(YamlScalar scalar, Reading reading, out bool value)
    {
        value = scalar.Text == "true";
        return value || scalar.Text == "false" || Misfit(scalar, reading);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}

/// <summary>A whole number in a range, both ends included.</summary>
internal sealed class IntegerShape(int from, int to)
    : ScalarShape<int>(string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}"))
{
    protected override bool Quotable => false;

    protected override bool TryParse(YamlScalar scalar, Reading reading, out int value) =>
        // 0123 is eighty-three to some readers of YAML: it isn't taken at all.
        (int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && (scalar.Text[0] != '0' || scalar.Text.Length == 1) && value >= from && value <= to)
        || Misfit(scalar, reading);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "integer", ["minimum"] = from, ["maximum"] = to };
}

/// <summary>A decimal number in a range, both ends included unless told otherwise.</summary>
internal sealed class NumberShape(int from, int to)
    : ScalarShape<double>(string.Create(CultureInfo.InvariantCulture, $"a number from {from} to {to}"))
{
    /// <summary>True where neither end will do.</summary>
    public bool WithoutEnds { get; init; }

    public override string Expected => WithoutEnds
        ? string.Create(CultureInfo.InvariantCulture, $"a number between {from} and {to}, neither of them")
        : base.Expected;

    protected override bool Quotable => false;

    protected override bool TryParse(YamlScalar scalar, Reading reading, out double value) =>
        (double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && char.IsAsciiDigit(scalar.Text[0]) && value >= from && value <= to && !(WithoutEnds && (value == from || value == to)))
        || Misfit(scalar, reading);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "number", [WithoutEnds ? "exclusiveMinimum" : "minimum"] = from, [WithoutEnds ? "exclusiveMaximum" : "maximum"] = to };
}

/// <summary>A duration longer than nothing.</summary>
internal sealed class DurationShape() : ScalarShape<TimeSpan>("a duration such as 30s, 10m, 1h30m or 7d")
{
    public static readonly DurationShape Any = new();

    /// <summary>What <see cref="Durations.TryParse"/> takes, without 0.</summary>
    internal const string Pattern = @"^(?=.*[1-9])(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$";

    protected override bool TryParse(YamlScalar scalar, Reading reading, out TimeSpan value)
    {
        if (Durations.TryParse(scalar.Text, out value) && value > TimeSpan.Zero)
            return true;
        reading.Error(scalar.At, ErrorId.BadDuration, $"expected {Expected}, found '{Reading.Show(scalar.Text)}'",
            "a number and its unit (ms, s, m, h, d), the largest unit first, at most 366d");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Pattern };
}

/// <summary>A time against T-0.</summary>
internal sealed class TimeOffsetShape() : ScalarShape<TimeOffset>("a time against T-0, such as T-60m, T+0 or T+24h")
{
    public static readonly TimeOffsetShape Any = new();

    protected override bool TryParse(YamlScalar scalar, Reading reading, out TimeOffset value)
    {
        if (TimeOffset.TryParse(scalar.Text, out value))
            return true;
        reading.Error(scalar.At, ErrorId.BadDuration, $"expected {Expected}, found '{Reading.Show(scalar.Text)}'");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = @"^T[+-](0|(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$", ["minLength"] = 3 };
}

/// <summary>A number of bytes: plain, or with KiB or MiB.</summary>
internal sealed class ByteSizeShape() : ScalarShape<long>("a size from 1 byte to 64MiB, such as 4MiB or 65536")
{
    public static readonly ByteSizeShape Any = new();

    private const long Largest = 64L << 20;

    protected override bool TryParse(YamlScalar scalar, Reading reading, out long value)
    {
        var (digits, unit) = scalar.Text switch
        {
            [.. var number, 'K', 'i', 'B'] => (number, 1L << 10),
            [.. var number, 'M', 'i', 'B'] => (number, 1L << 20),
            var number => (number, 1L),
        };
        var fits = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is > 0 and <= Largest;
        value *= unit;
        return (fits && value <= Largest) || Misfit(scalar, reading);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Largest },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[1-9][0-9]*(KiB|MiB)$" }),
    };
}

/// <summary>A regular expression that runs without backtracking.</summary>
internal sealed class PatternShape() : ScalarShape<string>("a regular expression")
{
    public static readonly PatternShape Any = new();

    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        if (WholePattern.TryCreate(value, out _, out var why))
            return true;
        reading.Error(scalar.At, ErrorId.BadPattern, why,
            "look-arounds, back references and atomic groups can't be used: patterns run without backtracking");
        return false;
    }

    // The schema's "format: regex" is ECMAScript's dialect, which isn't ours.
    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}
