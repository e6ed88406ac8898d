using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>A criterion as a person reads it aloud: <c>canary error rate &lt; 1.5 %</c>. One that isn't a plain comparison stays as written.</summary>
internal static partial class CriterionPhrase
{
    private const string Drift = "drift of ";

    public static string Of(GateCriterion criterion, IReadOnlyList<Metric> metrics) =>
        criterion.Expect is { } expect ? Of(expect.ToString(), metrics) : Words(criterion.Compare!.Metric) + " no worse than its control";

    public static string Of(string criterion, IReadOnlyList<Metric> metrics)
    {
        if (Comparison().Match(criterion) is not { Success: true } parts)
            return criterion;
        var (kind, name) = (parts.Groups["kind"].Value, parts.Groups["name"].Value);
        var unit = kind is "drift" or "change" ? "%" : metrics.FirstOrDefault(m => m.Name == name)?.Unit;
        // The unit stands behind the number; a name that ends in it would say it twice.
        var words = name.EndsWith("_pct", StringComparison.Ordinal) || name.EndsWith("_ms", StringComparison.Ordinal) ? name[..name.LastIndexOf('_')] : name;
        var number = double.Parse(parts.Groups["number"].Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        var sign = parts.Groups["sign"].Value switch { ">=" => "≥", "<=" => "≤", "==" => "=", var other => other };
        return $"{(kind.Length == 0 ? "" : kind + " of ")}{Words(words)} {sign} {number}{(unit is null ? "" : " " + unit)}";
    }

    /// <summary>
    /// The criteria of a gate in a row, those that don't decide left out; what all of them begin with is said once:
    /// <c>canary: error rate &lt; 1 %, drift of each &lt; 5 %</c>.
    /// </summary>
    public static string Of(Gate gate, IReadOnlyList<Metric> metrics)
    {
        var phrases = gate.Criteria.Where(c => !c.Shadow).Select(c => Of(c, metrics)).ToList();
        var first = phrases.Count > 1 ? phrases[0][..(phrases[0].IndexOf(' ', StringComparison.Ordinal) + 1)] : "";
        if (first.Length > 0 && phrases.TrueForAll(p => p.StartsWith(first, StringComparison.Ordinal) || p.StartsWith(Drift + first, StringComparison.Ordinal)))
            return first.TrimEnd() + ": " + Row(phrases.Select(p => p.StartsWith(Drift, StringComparison.Ordinal) ? Drift + p[(Drift.Length + first.Length)..] : p[first.Length..]));
        return Row(phrases);
    }

    private static string Row(IEnumerable<string> phrases)
    {
        var all = phrases.ToList();
        var measured = all.Where(p => Limit(p).Length == 0).Select(Name).ToHashSet(StringComparer.Ordinal);
        return string.Join(", ", all.GroupBy(Limit, StringComparer.Ordinal).SelectMany(g =>
            g.Key.Length == 0 ? [.. g]
            : new[] { Drift + (measured.SetEquals(g.Select(Name)) ? "each" : string.Join(" and ", g.Select(Name))) + g.Key }));
    }

    /// <summary>What a phrase is about: the words before the sign, without "drift of".</summary>
    private static string Name(string phrase)
    {
        var about = phrase.StartsWith(Drift, StringComparison.Ordinal) ? phrase[Drift.Length..] : phrase;
        var sign = about.IndexOfAny(['<', '>', '≤', '≥', '=']);
        return sign < 0 ? about : about[..sign].TrimEnd();
    }

    /// <summary>What drifts have in common when one limit holds for all of them; empty for anything else.</summary>
    private static string Limit(string phrase) =>
        phrase.StartsWith(Drift, StringComparison.Ordinal) && phrase.LastIndexOf(" < ", StringComparison.Ordinal) is > 0 and var at ? phrase[at..] : "";

    private static string Words(string name) => name.Replace('_', ' ');

    [GeneratedRegex(@"^((?<kind>drift|change|control|baseline)\.)?(?<name>[A-Za-z_]\w*) (?<sign><=|>=|==|<|>) (?<number>-?[0-9]+(\.[0-9]+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();
}
