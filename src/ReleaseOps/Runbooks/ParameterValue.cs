using System.Globalization;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>Why a text isn't a value of a parameter.</summary>
/// <param name="Id">ParameterType, ParameterPattern or BadPattern.</param>
/// <param name="Message">The end of "the value ...": <c>isn't a whole number</c>.</param>
internal sealed record ParameterMisfit(ErrorId Id, string Message);

/// <summary>Reads a parameter's value from text.</summary>
internal static class ParameterValue
{
    /// <summary>The longest value of a parameter: it becomes an argument and an environment variable.</summary>
    public const int Longest = 10_000;

    /// <summary>Reads a value; false with the reason where the text isn't one.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">The text.</param>
    /// <param name="value">A string, long, double, bool or TimeSpan.</param>
    /// <param name="misfit">The reason.</param>
    public static bool TryRead(Parameter parameter, string text, out object value, out ParameterMisfit? misfit)
    {
        value = "";
        misfit = TypeMisfit(parameter.Type, text, ref value) ?? PatternMisfit(parameter.Pattern, text)
            ?? ChoiceMisfit(parameter.Choices, text);
        return misfit is null;
    }

    private static ParameterMisfit? TypeMisfit(ParameterType type, string text, ref object value)
    {
        switch (type)
        {
            case ParameterType.Text when text.Length <= Longest && !text.AsSpan().ContainsAny("\r\n\0"):
                value = text;
                return null;
            case ParameterType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var integer):
                value = integer;
                return null;
            case ParameterType.Number when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                value = number;
                return null;
            case ParameterType.Boolean when text is "true" or "false":
                value = text == "true";
                return null;
            case ParameterType.Duration when Durations.TryParse(text, out var duration):
                value = duration;
                return null;
            default:
                return new ParameterMisfit(ErrorId.ParameterType, "isn't " + Expected(type));
        }
    }

    private static string Expected(ParameterType type) => type switch
    {
        ParameterType.Integer => "a whole number",
        ParameterType.Number => "a number",
        ParameterType.Boolean => "true or false",
        ParameterType.Duration => "a duration such as 30s, 10m or 24h",
        _ => $"a text of one line, at most {Longest} characters",
    };

    private static ParameterMisfit? PatternMisfit(string? pattern, string text)
    {
        if (pattern is null)
            return null;
        if (!WholePattern.TryCreate(pattern, out var whole, out var why))
            return new ParameterMisfit(ErrorId.BadPattern, "can't be checked: " + why);
        return whole.Matches(text)
            ? null
            : new ParameterMisfit(ErrorId.ParameterPattern, $"doesn't match the pattern {Reading.Show(pattern)}");
    }

    private static ParameterMisfit? ChoiceMisfit(IReadOnlyList<string> choices, string text) =>
        choices.Count == 0 || choices.Contains(text, StringComparer.Ordinal)
            ? null
            : new ParameterMisfit(ErrorId.ParameterPattern, "isn't one of: " + string.Join(", ", choices.Select(Reading.Show)));
}
