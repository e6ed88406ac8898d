using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Says where an objective stands.</summary>
internal static class SloText
{
    private const int MostReasons = 3;

    /// <summary>A number to five digits, whole where it is, or is large.</summary>
    public static string Number(decimal value) =>
        decimal.Round(value) == value || Math.Abs(value) >= 10_000 ? value.ToString("0", CultureInfo.InvariantCulture) : Rounded(value, "G5");

    /// <summary>The same, with more digits where five would move it to its limit or across: 14.399999 must not read as 14.4.</summary>
    public static string Near(decimal value, decimal limit)
    {
        var rounded = decimal.Parse(Rounded(value, "G5"), CultureInfo.InvariantCulture);
        return value.CompareTo(limit) == rounded.CompareTo(limit) ? Number(value) : Rounded(value, "G15");
    }

    /// <summary>The whole in a sentence.</summary>
    /// <param name="slo">The objective.</param>
    /// <param name="standing">Where it stands, without a text.</param>
    /// <param name="counted">What was counted of its window.</param>
    /// <param name="restUntold">Whether what came before the first step can't be told.</param>
    /// <param name="reasons">Why time was taken out.</param>
    public static string Of(Slo slo, SloStanding standing, SloSpan counted, bool restUntold, IEnumerable<string> reasons)
    {
        var (objective, window) = ((decimal)slo.Objective, Durations.Format(slo.Window));
        var tally = counted.Tally;
        var parts = new List<string>
        {
            standing.Attained is null ? $"nothing was counted (objective {slo.Objective.ToString(CultureInfo.InvariantCulture)} %)"
                : $"{Near(100 * (tally.Total - tally.Bad) / tally.Total, objective)} % of {Number(tally.Total)} events were good "
                    + $"(objective {slo.Objective.ToString(CultureInfo.InvariantCulture)} % over {window})",
            standing.BudgetLeft is { } left ? $"{Near((decimal)left, 0)} % of the error budget is left"
                : "what is left of the error budget can't be told",
        };
        if (restUntold)
            parts.Add("what came before the first step can't be told, and isn't in these numbers");
        if (counted.Covered < counted.Length)
            parts.Add($"only {Durations.Format(counted.Covered)} of {window} so far");
        if (counted.Untold > TimeSpan.Zero)
            parts.Add($"{Durations.Format(counted.Untold)} can't be told");
        if (tally.Excluded > TimeSpan.Zero)
            parts.Add($"{Durations.Format(tally.Excluded)} taken out ({Reasons(reasons)})");
        if (standing.Burns.Any(b => b.IsSmall))
            parts.Add("the sample is small for " + string.Join(", ", standing.Burns.Where(b => b.IsSmall).Select(b => Durations.Format(b.Rule.Long))));
        var firing = standing.Burns.Where(b => b.Fires is true).Select(b => b.Text);
        return string.Join("; ", parts.Concat(firing));
    }

    private static string Reasons(IEnumerable<string> reasons)
    {
        var known = reasons.Distinct(StringComparer.Ordinal).Take(MostReasons + 1).Select(CelText.Visible).ToList();
        return string.Join(", ", known.Take(MostReasons)) + (known.Count > MostReasons ? ", ..." : "");
    }

    private static string Rounded(decimal value, string digits) =>
        decimal.Parse(value.ToString(digits, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
            .ToString("0.############################", CultureInfo.InvariantCulture);
}
