namespace ReleaseOps.Gates;

/// <summary>
/// One of the multi-window, multi-burn-rate alerts of Google's SRE workbook (https://sre.google/workbook/alerting-on-slos/, "6: Multiwindow,
/// Multi-Burn-Rate Alerts").
/// </summary>
/// <param name="Factor">How many times faster than evenly the budget burns.</param>
/// <param name="Long">The long window.</param>
/// <param name="Short">The short window, a twelfth of it, which ends the alert soon after the burning ends.</param>
/// <param name="Page">True where it is worth waking somebody; false for a ticket.</param>
public sealed record BurnRule(double Factor, TimeSpan Long, TimeSpan Short, bool Page)
{
    /// <summary>The share of a budget that an alert is about: the first, second and fourth from table 5-8, the third from its example.</summary>
    private static readonly (decimal Share, TimeSpan Long, bool Page)[] Workbook =
    [
        (0.02m, TimeSpan.FromHours(1), true),
        (0.05m, TimeSpan.FromHours(6), true),
        (0.10m, TimeSpan.FromDays(1), false),
        (0.10m, TimeSpan.FromDays(3), false),
    ];

    /// <summary>
    /// The alerts for a budget, fastest first; those of which the long window is no longer than the budget's. Over 30 days they are the
    /// workbook's: 14.4x over 1h and 5m and 6x over 6h and 30m are pages, 3x over 1d and 2h and 1x over 3d and 6h tickets. Over any other time
    /// each stands for the same share of the budget, share * window / long, as in Sloth (https://github.com/slok/sloth, internal/alert): of 7 days,
    /// 2 % in 1h is 3.36x. None is less than 1x, because a budget that burns evenly lasts.
    /// </summary>
    /// <param name="window">The time that the budget is for.</param>
    public static IReadOnlyList<BurnRule> For(TimeSpan window) =>
    [
        .. Workbook.Where(w => w.Long <= window)
            .Select(w => new BurnRule((double)Math.Max(1, w.Share * window.Ticks / w.Long.Ticks), w.Long, w.Long / 12, w.Page)),
    ];
}
