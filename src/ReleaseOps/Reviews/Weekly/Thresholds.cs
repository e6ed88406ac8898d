using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>
/// What could be asked from now on. A target that was missed is never lowered for it; one that was kept with much room may become stricter: a
/// quarter more than the worst day used, and never less than half of what is allowed now. Pure.
/// </summary>
internal static class Thresholds
{
    // Kayenta's tolerance: what a difference may be without being one.
    private const double Room = 1.25;

    /// <summary>One for availability, one for the error rate, and one for each stage whose latency is measured.</summary>
    public static IReadOnlyList<ThresholdProposal> Of(WeeklyInput input)
    {
        var review = input.Runbook.Review!;
        var available = input.Days.Select(d => d.AvailabilityRate).OfType<double>().ToList();
        var errors = input.Days.Select(d => d.ErrorRate).OfType<double>().ToList();
        return
        [
            Rate("min_availability_rate", review.MinAvailabilityRate, available, 1 - review.MinAvailabilityRate, v => 1 - v,
                a => Stricter(1 - a, Math.Floor, t => t > review.MinAvailabilityRate), input.Days.Count),
            Rate("max_error_rate", review.MaxErrorRate, errors, review.MaxErrorRate, v => v,
                a => Stricter(a, Math.Ceiling, t => t < review.MaxErrorRate), input.Days.Count),
            .. review.Latency.Select(span => Latency(span, input)),
        ];
    }

    private static ThresholdProposal Rate(
        string name, double current, List<double> values, double allowed, Func<double, double> used, Func<double, double?> target, int days)
    {
        if (values.Count == 0)
            return new ThresholdProposal(name, current, values) { Reason = "no day could be measured" };
        var worst = values.Max(used);
        var missed = values.Count(v => used(v) > allowed + 1e-12);
        var about = Small(values.Count);
        if (missed > 0)
            return new ThresholdProposal(name, current, values)
            { Reason = Invariant($"missed on {missed} of {values.Count} days; a target isn't changed for being missed, find out why first. {about}") };
        var share = allowed > 0 ? worst / allowed : 1;
        if (values.Count < days || share > 0.5)
            return new ThresholdProposal(name, current, values)
            { Reason = Invariant($"kept on {values.Count} of {days} days; the worst one used {100 * share:0.#} % of what is allowed. {about}") };
        return new ThresholdProposal(name, current, values)
        {
            Proposed = target(Math.Max(worst * Room, allowed / 2)),
            Reason = Invariant($"kept on all {values.Count} days, and the worst one used only {100 * share:0.#} % of what is allowed. {about}"),
        };
    }

    private static ThresholdProposal Latency(StageSpan span, WeeklyInput input)
    {
        var values = input.Days.Select(d => d.P95.TryGetValue(span.Stage, out var p95) ? p95 : (double?)null).OfType<double>().ToList();
        var (name, current) = ($"max_p95_seconds:{span.Stage}", span.MaxP95?.TotalSeconds);
        if (values.Count == 0)
            return new ThresholdProposal(name, current, values) { Reason = "no day could be measured" };
        if (current is { } limit)
            return Rate(name, limit, values, limit, v => v, a => Digits(a) is var target && target < limit ? target : null, input.Days.Count);
        return new ThresholdProposal(name, null, values)
        {
            Proposed = Digits(values.Max() * Room),
            Reason = $"there is none yet; this is the largest p95 of these days, and a quarter more. {Small(values.Count)}",
        };
    }

    // Of n days and one more, each is as likely to be the worst.
    private static string Small(int days) =>
        Invariant($"Small sample: {days} {(days == 1 ? "day" : "days")}; by chance alone the next day is worse than all of them with 1 in {days + 1}.");

    /// <summary>
    /// Rounded to what is easier to keep: to a tenth of a percent, or else to as many digits as make it stricter than what is asked now. Null
    /// where not even a millionth does.
    /// </summary>
    private static double? Stricter(double share, Func<decimal, decimal> round, Func<double, bool> isStricter)
    {
        for (var unit = 1000m; unit <= 1_000_000; unit *= 10)
        {
            if ((double)(round((decimal)share * unit) / unit) is var target && isStricter(target))
                return target;
        }
        return null;
    }

    /// <summary>Rounded up to two digits.</summary>
    private static double Digits(double seconds)
    {
        if (!(seconds > 0) || seconds > 1e12)
            return seconds;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(seconds)) - 1);
        return Math.Round(Math.Ceiling(Math.Round(seconds / unit, 9)) * unit, 9);
    }
}
