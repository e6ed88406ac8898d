using System.Text;

namespace ReleaseOps.Expressions;

/// <summary>The standard functions by name, and those on strings; conversions and times stand in files of their own.</summary>
internal static class Functions
{
    /// <summary><c>f(a)</c>.</summary>
    public static readonly Dictionary<string, Function> OfOne = new(StringComparer.Ordinal)
    {
        ["size"] = Size,
        ["bool"] = Conversions.ToBool,
        ["bytes"] = Conversions.ToBytes,
        ["double"] = Conversions.ToDouble,
        ["duration"] = Conversions.ToDuration,
        ["dyn"] = (Frame _, Node _, in Value a, in Value _) => a,
        ["int"] = Conversions.ToInt,
        ["string"] = Conversions.ToText,
        ["timestamp"] = Conversions.ToTimestamp,
        ["type"] = (Frame _, Node _, in Value a, in Value _) => Value.Of(CelType.Of(a.Kind)),
        ["uint"] = Conversions.ToUint,
    };

    /// <summary><c>f(a, b)</c>.</summary>
    public static readonly Dictionary<string, Function> OfTwo = new(StringComparer.Ordinal) { ["matches"] = Matches };

    /// <summary><c>a.f()</c>.</summary>
    public static readonly Dictionary<string, Function> Members = new(StringComparer.Ordinal)
    {
        ["size"] = Size,
        ["getDate"] = TimeParts.Date,
        ["getDayOfMonth"] = TimeParts.DayOfMonth,
        ["getDayOfWeek"] = TimeParts.DayOfWeek,
        ["getDayOfYear"] = TimeParts.DayOfYear,
        ["getFullYear"] = TimeParts.FullYear,
        ["getHours"] = TimeParts.Hours,
        ["getMilliseconds"] = TimeParts.Milliseconds,
        ["getMinutes"] = TimeParts.Minutes,
        ["getMonth"] = TimeParts.Month,
        ["getSeconds"] = TimeParts.Seconds,
    };

    /// <summary><c>a.f(b)</c>.</summary>
    public static readonly Dictionary<string, Function> MembersOfOne = new(StringComparer.Ordinal)
    {
        ["contains"] = OfTexts("contains()", static (s, t) => s.Contains(t, StringComparison.Ordinal)),
        ["endsWith"] = OfTexts("endsWith()", static (s, t) => s.EndsWith(t, StringComparison.Ordinal)),
        ["startsWith"] = OfTexts("startsWith()", static (s, t) => s.StartsWith(t, StringComparison.Ordinal)),
        ["matches"] = Matches,
        ["getDate"] = TimeParts.Date,
        ["getDayOfMonth"] = TimeParts.DayOfMonth,
        ["getDayOfWeek"] = TimeParts.DayOfWeek,
        ["getDayOfYear"] = TimeParts.DayOfYear,
        ["getFullYear"] = TimeParts.FullYear,
        ["getHours"] = TimeParts.Hours,
        ["getMilliseconds"] = TimeParts.Milliseconds,
        ["getMinutes"] = TimeParts.Minutes,
        ["getMonth"] = TimeParts.Month,
        ["getSeconds"] = TimeParts.Seconds,
    };

    public static Value Match(Frame frame, Node at, in Value text, Pattern pattern)
    {
        if (text.Kind != Kind.String)
            return NoOverload(at, "matches()", text);
        if (pattern.Problem is { } problem)
            return at.Fail(problem);
        if (!frame.ChargeText(4L * text.AsString.Length))
            return Value.False;
        if (pattern.IsMatch(text.AsString) is { } matches)
            return Value.Of(matches);
        frame.Charge(Frame.Steps);
        return at.Fail("the regular expression took too long");
    }

    public static Value NoOverload(Node at, string function, in Value value) =>
        at.Fail($"{function} doesn't take a value of type {CelType.Of(value.Kind).Name}");

    private static Value Matches(Frame frame, Node at, in Value text, in Value pattern) =>
        pattern.Kind == Kind.String ? Match(frame, at, text, frame.PatternOf(pattern.AsString)) : NoOverload(at, "matches()", pattern);

    private static Function OfTexts(string function, Func<string, string, bool> ask) => (Frame frame, Node at, in Value a, in Value b) =>
    {
        if (a.Kind != Kind.String || b.Kind != Kind.String)
            return NoOverload(at, function, a.Kind != Kind.String ? a : b);
        frame.ChargeText((long)a.AsString.Length + b.AsString.Length);
        return Value.Of(ask(a.AsString, b.AsString));
    };

    private static Value Size(Frame frame, Node at, in Value a, in Value _)
    {
        switch (a.Kind)
        {
            case Kind.String:
                frame.ChargeText(a.AsString.Length);
                return Value.Of((long)CodePoints(a.AsString));
            case Kind.Bytes:
                return Value.Of((long)a.AsBytes.Length);
            case Kind.List:
                return Value.Of((long)a.AsList.Count);
            case Kind.Map:
                return Value.Of((long)a.AsMap.Count);
            default:
                return NoOverload(at, "size()", a);
        }
    }

    /// <summary>A pair of surrogates is one character; half of one counts as one too.</summary>
    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (plain < 0)
                return count + text.Length;
            count += plain + 1;
            Rune.DecodeFromUtf16(text[plain..], out _, out var used);
            text = text[(plain + used)..];
        }
        return count;
    }
}
