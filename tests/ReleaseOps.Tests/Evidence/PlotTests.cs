using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

public class PlotTests
{
    private static readonly DateTimeOffset T0 = WatchSample.T0;

    [Fact]
    public void A_curve_is_broken_wherever_a_value_could_not_be_told()
    {
        var values = ArbMap.Default.GeneratorFor<int>().Select(n => n % 3 == 0 ? (double?)null : n);
        Prop.ForAll(values.ListOf().ToArbitrary(), list =>
        {
            var points = list.Select((v, i) => new PlotPoint(T0.AddMinutes(i), v, v is null ? null : v + i % 2)).ToList();
            var (bands, lines) = PlotCurve.Of(points, new TimeAxis(T0, T0.AddMinutes(Math.Max(points.Count, 1))), new ValueAxis(-1000, 1000));
            var drawn = Subpaths(bands + lines).OrderBy(s => s.From).ToList();
            Assert.Equal(Runs(points).Select(r => X(r.First)), drawn.Select(s => s.From));
            foreach (var (run, path) in Runs(points).Zip(drawn))
                Assert.Equal(run.First == run.Last ? Math.Max(X(run.First) + 2, run.Last + 1 < points.Count ? X(run.Last + 1) : 0) : X(run.Last), path.To);

            int X(int place) => (int)Math.Round(place * (double)PlotCurve.Width / points.Count);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_a_gap(double value) => Assert.Null(PlotCurve.Told(new PlotPoint(T0, value, value)));

    [Fact]
    public void A_level_line_takes_two_points_however_many_looks_it_stands_for()
    {
        var points = Enumerable.Range(0, 720).Select(i => new PlotPoint(T0.AddMinutes(i), 5, 5)).ToList();
        Assert.Equal(("", "M0 300l1438 0"), PlotCurve.Of(points, new TimeAxis(T0, T0.AddMinutes(720)), new ValueAxis(0, 10)));
    }

    [Fact]
    public void A_value_axis_holds_all_values_and_has_a_few_round_ticks_in_order()
    {
        Prop.ForAll<NormalFloat[], NormalFloat[]>((values, limits) =>
        {
            var all = values.Select(v => v.Get).ToList();
            var axis = ValueAxis.Of(all, limits.Select(l => l.Get));
            Assert.True(axis.Low < axis.High && double.IsFinite(axis.High - axis.Low));
            Assert.All(all, v => Assert.InRange(axis.Share(v), 0, 1));
            var ticks = axis.Ticks().ToList();
            Assert.InRange(ticks.Count, 2, 9);
            Assert.All(ticks, t => Assert.InRange(axis.Share(t.Value), 0, 1));
            Assert.Equal(ticks.Count, ticks.Select(t => t.Label).Distinct().Count());
            Assert.All(ticks, t => Assert.InRange(t.Label.Length, 1, 14));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, 1, "0|0.2|0.4|0.6|0.8|1.0")]
    [InlineData(99.4, 100, "99.4|99.6|99.8|100.0")]
    [InlineData(0, 22_000, "0|5k|10k|15k|20k")]
    [InlineData(-20, 100, "-20|0|20|40|60|80|100")]
    public void Ticks_are_labelled_like_this(double low, double high, string labels) =>
        Assert.Equal(labels, string.Join('|', ValueAxis.Of([low, high], []).Ticks().Select(t => t.Label)));

    [Fact]
    public void The_nearest_limit_is_in_the_plot_and_one_far_away_is_not()
    {
        var axis = ValueAxis.Of([0.1, 0.2], [0.5, 5]);
        Assert.InRange(axis.Share(0.5), 0, 1);
        Assert.True(axis.Share(5) > 1);
    }

    [Fact]
    public void A_time_axis_has_ticks_for_a_wide_page_and_fewer_for_a_narrow_one()
    {
        Prop.ForAll(Gen.Choose(1, 366 * 24 * 3600).ToArbitrary(), Gen.Choose(0, 86_400).ToArbitrary(), (seconds, shift) =>
        {
            var axis = new TimeAxis(T0.AddSeconds(shift), T0.AddSeconds(shift + seconds));
            var ticks = axis.Ticks().ToList();
            Assert.InRange(ticks.Count, 0, 10);
            Assert.InRange(ticks.Count(t => t.Narrow), 0, 5);
            Assert.Equal(ticks.Select(t => t.Percent).Order(), ticks.Select(t => t.Percent));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Labels_stand_apart_and_inside_however_close_their_limits_are()
    {
        Prop.ForAll(Gen.Choose(18, 168).ListOf().ToArbitrary(), wanted =>
        {
            var places = PlotFigure.Apart([.. wanted.Order()]);
            Assert.All(places.Zip(places.Skip(1)), p => Assert.InRange(p.Second - p.First, 14, 200));
            Assert.All(places, p => Assert.InRange(p, 18, 168));
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<(int First, int Last)> Runs(List<PlotPoint> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Low is null)
                continue;
            var first = i;
            while (i + 1 < points.Count && points[i + 1].Low is not null)
                i++;
            yield return (first, i);
        }
    }

    /// <summary>From where to where each part of a path reaches.</summary>
    private static IEnumerable<(int From, int To)> Subpaths(string path)
    {
        foreach (var part in path.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = Regex.Matches(part, "-?[0-9]+").Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)).ToList();
            var (x, from, to) = (numbers[0], numbers[0], numbers[0]);
            for (var i = 2; i < numbers.Count; i += 2)
            {
                x += numbers[i];
                (from, to) = (Math.Min(from, x), Math.Max(to, x));
            }
            yield return (from, to);
        }
    }
}
