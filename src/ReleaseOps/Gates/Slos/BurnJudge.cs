using static System.FormattableString;

namespace ReleaseOps.Gates;

/// <summary>Judges one burn-rate alert over its two windows.</summary>
internal static class BurnJudge
{
    /// <summary>As many bad events are still one: <c>increase()</c> extrapolates, and makes 1.07 of one.</summary>
    private const decimal One = 1.5m;

    /// <summary>Judges one.</summary>
    /// <param name="rule">The alert.</param>
    /// <param name="budget">The share of events that may be bad.</param>
    /// <param name="over">Its long window.</param>
    /// <param name="lately">Its short window.</param>
    public static BurnLook Judge(BurnRule rule, decimal budget, SloSpan over, SloSpan lately)
    {
        var factor = (decimal)rule.Factor;
        decimal? longRate = over.IsTold ? over.Rate(budget) : null;
        decimal? shortRate = lately.IsTold ? lately.Rate(budget) : null;
        // A single bad event's own burn rate, 1 / total / budget, against the factor.
        var small = over.IsTold && factor * budget * over.Tally.Total <= 1;
        var both = longRate >= factor && shortRate >= factor;
        bool? fires = longRate is null || shortRate is null ? null
            : !both ? false
            : small && over.Tally.Bad < One ? null
            : true;
        var kind = rule.Page ? "a page" : "a ticket";
        var x = SloText.Number(factor) + "x";
        var end = fires is true ? $"{x} or faster in both, {kind}"
            : longRate is null || shortRate is null ? $"whether both burn at {x}, {kind}, can't be told"
            : fires is null ? $"one bad event of so few can't tell whether they burn at {x}, {kind}"
            : factor * budget > 1 ? $"not {x}, {kind}, which this objective can't come to: were every event bad, it would be {SloText.Number(1 / budget)}x"
            : $"not {x} or faster in both, {kind}";
        var sample = small && fires is not null ? "; the sample is small: one bad event would be that much" : "";
        return new BurnLook(rule, fires, $"{Words(over, longRate, factor)}, {Words(lately, shortRate, factor)}: {end}{sample}")
        {
            LongRate = (double?)longRate,
            ShortRate = (double?)shortRate,
            IsSmall = small,
        };
    }

    private static string Words(SloSpan span, decimal? rate, decimal factor)
    {
        var window = Durations.Format(span.Length);
        var parts = new List<string>();
        if (rate is not null)
            parts.Add(span.Tally.Total == 0 ? "no events" : Invariant($"{SloText.Number(span.Tally.Bad)} of {SloText.Number(span.Tally.Total)} events bad"));
        if (span.Covered < span.Length)
            parts.Add($"only {Durations.Format(span.Covered)} so far");
        if (span.Untold > TimeSpan.Zero)
            parts.Add($"{Durations.Format(span.Untold)} of it can't be told");
        if (span.Tally.Excluded > TimeSpan.Zero)
            parts.Add($"{Durations.Format(span.Tally.Excluded)} taken out");
        var what = rate is { } burns ? $"burns {SloText.Near(burns, factor)}x" : "can't be told";
        return $"{window} {what} ({string.Join(", ", parts)})";
    }
}
