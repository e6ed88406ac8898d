using System.Globalization;

namespace ReleaseOps.Evidence;

/// <summary>The time axis that all plots of a page share, so that what lies above one another happened at the same time.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, after the beginning.</param>
internal sealed record TimeAxis(DateTimeOffset From, DateTimeOffset To)
{
    private const int MostWide = 9;
    private const int MostNarrow = 4;

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 10, 30, 60, 120, 300, 600, 900, 1800 }.Select(s => TimeSpan.FromSeconds(s)),
        .. new[] { 1, 2, 3, 6, 12, 24, 48, 7 * 24, 28 * 24, 84 * 24 }.Select(h => TimeSpan.FromHours(h)),
    ];

    /// <summary>How far along a time is, in percent, inside the plot.</summary>
    public double Percent(DateTimeOffset at) => Math.Clamp(100 * ((at - From) / (To - From)), 0, 100);

    /// <summary>The ticks, and whether there is room for each where the page is narrow.</summary>
    public IEnumerable<(double Percent, string Label, bool Narrow)> Ticks()
    {
        var wide = Step(MostWide, TimeSpan.FromTicks(1));
        var narrow = Step(MostNarrow, wide);
        var first = (From.UtcTicks + wide.Ticks - 1) / wide.Ticks;
        for (var tick = first; tick * wide.Ticks <= To.UtcTicks; tick++)
        {
            var at = new DateTime(tick * wide.Ticks, DateTimeKind.Utc);
            var form = at.TimeOfDay == TimeSpan.Zero ? "d MMM" : wide < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm";
            yield return (Percent(new DateTimeOffset(at)), at.ToString(form, CultureInfo.InvariantCulture), at.Ticks % narrow.Ticks == 0);
        }
    }

    private TimeSpan Step(int most, TimeSpan multipleOf) =>
        Steps.Where(s => s.Ticks % multipleOf.Ticks == 0).FirstOrDefault(s => (To - From) / s <= most, Steps[^1]);
}

/// <summary>The value axis of one plot.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end, above the lower.</param>
internal sealed record ValueAxis(double Low, double High)
{
    // Beyond this, differences of two values aren't finite.
    private const double Bound = 1e300;

    /// <summary>
    /// An axis with room for all values, for the limit that is nearest to them, and for further limits as long as none of them more than doubles
    /// it: a limit far away would press the values into a line.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="limits">The limits.</param>
    public static ValueAxis Of(IReadOnlyCollection<double> values, IEnumerable<double> limits)
    {
        var near = limits.Select(Bounded).ToList();
        if (values.Count == 0 && near.Count == 0)
            return new ValueAxis(0, 1);
        var (low, high) = values.Count > 0 ? (Bounded(values.Min()), Bounded(values.Max())) : (near.Min(), near.Max());
        var isFirst = true;
        foreach (var limit in near.OrderBy(l => Math.Max(low - l, l - high)).ToList())
        {
            var (widerLow, widerHigh) = (Math.Min(low, limit), Math.Max(high, limit));
            if (!isFirst && widerHigh - widerLow > 2 * (high - low))
                break;
            (low, high, isFirst) = (widerLow, widerHigh, false);
        }
        if (low > 0 && low < 0.6 * high)
            low = 0;
        if (low >= high)
            (low, high) = (low - Math.Max(Math.Abs(low) * 0.1, 0.5), high + Math.Max(Math.Abs(high) * 0.1, 0.5));
        var margin = (high - low) * 0.06;
        return new ValueAxis(low is 0 ? 0 : low - margin, high + margin);
    }

    /// <summary>How far up a value is: 0 to 1 inside the axis.</summary>
    public double Share(double value) => (Bounded(value) - Low) / (High - Low);

    /// <summary>Round values along it, three to six of them.</summary>
    public IEnumerable<(double Value, string Label)> Ticks()
    {
        var rough = (High - Low) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        var first = Math.Ceiling(Low / step);
        // Counted: where the values are far larger than their difference, adding a step needn't change a number.
        for (var i = 0; i <= 10 && (first + i) * step <= High; i++)
            yield return ((first + i) * step, Label((first + i) * step, step));
    }

    private string Label(double value, double step)
    {
        if (Math.Abs(value) < step / 2)
            return "0";
        var size = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (size is >= 1e15 or < 1e-5)
            return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var (unit, sign) = size switch { >= 1e12 => (1e12, "T"), >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1, "") };
        var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step / unit) + 1e-9), 0, 9);
        return Math.Round((decimal)(value / unit), decimals).ToString("F" + decimals, CultureInfo.InvariantCulture) + sign;
    }

    private static double Bounded(double value) => Math.Clamp(value, -Bound, Bound);
}
