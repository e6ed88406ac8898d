using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates.Slos;

/// <summary>A tracker against sums made anew, over every step that there ever was, of each window.</summary>
public sealed class SloTrackerProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A step as it comes in: so many steps after the last one (0 and less are late ones).</summary>
    private sealed record Coming(int After, double? Bad, double? Total);

    private sealed record Case(double Days, int StepMinutes, Coming[] Steps, Exclusion[] Excluded);

    private static Gen<double?> Count(int most) => Gen.Frequency<double?>(
        (12, Gen.Choose(0, most).Select(n => (double?)n / 4)), (4, Gen.Constant<double?>(0)),
        (1, Gen.Elements<double?>(null, -1, double.NaN, double.PositiveInfinity)));

    private static readonly Gen<Case> Cases =
        from days in Gen.Elements(0.25, 1, 3, 4, 7)
        from step in Gen.Elements(1, 5)
        from steps in (
            from after in Gen.Frequency((40, Gen.Constant(1)), (2, Gen.Choose(-3, 0)), (2, Gen.Choose(2, 30)), (1, Gen.Choose(30, 1500)))
            from bad in Count(40)
            from total in Count(400)
            select new Coming(after, bad, total)).ArrayOf(300)
        from excluded in (
            from begin in Gen.Choose(0, 4000)
            from length in Gen.Choose(-10, 300)
            select new Exclusion(Start.AddMinutes(begin), Start.AddMinutes(begin + length), "why")).ArrayOf(3)
        select new Case(days, step, steps, excluded);

    [Fact]
    public void It_comes_to_what_sums_over_all_steps_come_to() => Prop.ForAll(Cases.ToArbitrary(), Check).QuickCheckThrowOnFailure();

    private static bool Check(Case given)
    {
        var step = TimeSpan.FromMinutes(given.StepMinutes);
        var slo = new Slo("s", 99, new Template("t", default)) { Window = TimeSpan.FromDays(given.Days), Step = step };
        var tracker = new SloTracker(slo, given.Excluded, null);
        var taken = new List<SloCount>();
        var (last, first) = (Start, Start);
        foreach (var coming in given.Steps)
        {
            var count = new SloCount(last + (coming.After * step), coming.Bad, coming.Total);
            tracker.Take(count);
            if (taken.Count > 0 && coming.After < 1)
                continue;
            var begin = count.End - step;
            // After a gap that is longer than the window, it is as if everything had begun then, with a window that can't be told.
            first = taken.Count == 0 ? begin : begin - last > slo.Window ? begin - slo.Window : first;
            taken.Add(count);
            last = count.End;
            // Sums made anew cost what a tracker is there to save; and a standing that is asked for seldom must come to the same.
            if (taken.Count % 7 == 0 || coming.After > 30)
                Compare(slo, given.Excluded, taken, first, tracker.Standing);
        }
        return true;
    }

    private static void Compare(Slo slo, Exclusion[] excluded, List<SloCount> taken, DateTimeOffset first, SloStanding standing)
    {
        var at = taken[^1].End;
        // A budget of more than three days is counted from the last full hour, of those since the beginning, at or before its window.
        var from = at - slo.Window;
        if (slo.Window > TimeSpan.FromDays(3) && from > first)
            from = first + TimeSpan.FromHours(Math.Floor((from - first).TotalHours));
        var (bad, total, told, takenOut, covered) = Sum(slo, excluded, taken, first, from);
        Assert.Equal((bad, total, covered - told - takenOut, takenOut), (standing.Bad, standing.Total, standing.Untold, standing.Excluded));
        Assert.Equal(total == 0 || told * 2 < covered - takenOut, standing.BudgetLeft is null);
        if (standing.BudgetLeft is { } left)
            Assert.Equal(100 - (bad / total * 10_000), left, 1e-6);
        foreach (var burn in standing.Burns)
        {
            var (over, lately) = (Rate(burn.Rule.Long), Rate(burn.Rule.Short));
            Same(over.Rate, burn.LongRate);
            Same(lately.Rate, burn.ShortRate);
            var small = over.Rate is not null && over.Total * burn.Rule.Factor * 0.01 <= 1 + 1e-12;
            Assert.Equal(small, burn.IsSmall);
            // Away from the border, where doubles and decimals may differ.
            if (Math.Abs((over.Rate ?? 0) - burn.Rule.Factor) < 1e-9 || Math.Abs((lately.Rate ?? 0) - burn.Rule.Factor) < 1e-9)
                continue;
            bool? fires = over.Rate is null || lately.Rate is null ? null
                : over.Rate < burn.Rule.Factor || lately.Rate < burn.Rule.Factor ? false
                : small && over.Bad < 1.5 ? null : true;
            Assert.Equal(fires, burn.Fires);
        }

        (double? Rate, double Bad, double Total) Rate(TimeSpan window)
        {
            var sum = Sum(slo, excluded, taken, first, at - window);
            var known = sum.Told > TimeSpan.Zero && sum.Told * 2 >= sum.Covered - sum.Excluded;
            return (!known ? null : sum.Total == 0 ? 0 : sum.Bad / sum.Total / 0.01, sum.Bad, sum.Total);
        }
    }

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, 1e-9);
    }

    /// <summary>Slot by slot, whether a step came for it or not.</summary>
    private static (double Bad, double Total, TimeSpan Told, TimeSpan Excluded, TimeSpan Covered) Sum(
        Slo slo, Exclusion[] excluded, List<SloCount> taken, DateTimeOffset first, DateTimeOffset from)
    {
        var (bad, total, told, takenOut) = (0.0, 0.0, TimeSpan.Zero, TimeSpan.Zero);
        var at = taken[^1].End;
        from = from < first ? first : from;
        var next = taken.Count;
        for (var end = at; end > from; end -= slo.Step)
        {
            while (next > 0 && taken[next - 1].End >= end)
                next--;
            var count = next < taken.Count && taken[next].End == end ? taken[next] : null;
            if (excluded.Any(e => e.From < e.To && e.From < end && e.To > end - slo.Step))
                takenOut += slo.Step;
            else if (count is { Bad: >= 0 and < 1e15, Total: >= 0 and < 1e15 })
            {
                told += slo.Step;
                bad += count.Bad.Value;
                total += Math.Max(count.Bad.Value, count.Total.Value);
            }
        }
        return (bad, total, told, takenOut, at - from);
    }
}
