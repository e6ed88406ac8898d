using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>
/// A criterion as a person reads it aloud: <c>canary error rate &lt; 1.5 %</c>. One that isn't a plain comparison stays as it is written.
/// </summary>
internal sealed partial record CriterionPhrase(string Kind, string Name, string Limit)
{
    /// <summary>The criterion in words.</summary>
    public static string Of(string criterion, IReadOnlyList<Metric> metrics) => Read(criterion, metrics)?.ToString() ?? criterion;

    /// <summary>The parts of a plain comparison; null for anything else.</summary>
    public static CriterionPhrase? Read(string criterion, IReadOnlyList<Metric> metrics)
    {
        if (Comparison().Match(criterion) is not { Success: true } parts)
            return null;
        var (kind, name) = (parts.Groups["kind"].Value, parts.Groups["name"].Value);
        var unit = kind is "drift" or "change" ? "%" : metrics.FirstOrDefault(m => m.Name == name)?.Unit;
        var number = double.Parse(parts.Groups["number"].Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        var sign = parts.Groups["sign"].Value switch { ">=" => "≥", "<=" => "≤", "==" => "=", var other => other };
        return new CriterionPhrase(kind, Words(name), $"{sign} {number}{(unit is null ? "" : " " + unit)}");
    }

    /// <summary>drift of error rate &lt; 5 %</summary>
    public override string ToString() => $"{(Kind.Length == 0 ? "" : Kind + " of ")}{Name} {Limit}";

    // The unit stands behind the number; a name that ends in it would say it twice.
    private static string Words(string name)
    {
        var unit = name.EndsWith("_pct", StringComparison.Ordinal) ? 4 : name.EndsWith("_ms", StringComparison.Ordinal) ? 3 : 0;
        return name[..^unit].Replace('_', ' ');
    }

    [GeneratedRegex(
        @"^((?<kind>drift|change|control|baseline)\.)?(?<name>[A-Za-z_]\w*) (?<sign><=|>=|==|<|>) (?<number>-?[0-9]+(\.[0-9]+)?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();
}
