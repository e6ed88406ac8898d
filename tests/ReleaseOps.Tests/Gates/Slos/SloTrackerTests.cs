using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates.Slos;

public sealed class SloTrackerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private static Slo Slo(double objective = 99.9, TimeSpan? window = null) =>
        new("checkout", objective, new Template("requests_total", default)) { Window = window ?? TimeSpan.FromDays(30) };

    /// <summary>Steps of five minutes one after the other; each number of steps with so many bad events of so many.</summary>
    private static SloTracker Track(Slo slo, params (int Steps, double? Bad, double? Total)[] parts) => Track(slo, [], null, parts);

    private static SloTracker Track(Slo slo, IReadOnlyList<Exclusion> excluded, SloPast? past, params (int Steps, double? Bad, double? Total)[] parts)
    {
        var tracker = new SloTracker(slo, excluded, past);
        foreach (var count in Counts(Start, parts))
            tracker.Take(count);
        return tracker;
    }

    private static List<SloCount> Counts(DateTimeOffset start, params (int Steps, double? Bad, double? Total)[] parts) =>
        [.. parts.SelectMany(p => Enumerable.Repeat(p, p.Steps)).Select((p, i) => new SloCount(start + ((i + 1) * Step), p.Bad, p.Total))];

    [Fact]
    public void The_alerts_over_thirty_days_are_those_of_the_workbook() => Assert.Equal(
        [
            new BurnRule(14.4, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), Page: true),
            new BurnRule(6, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), Page: true),
            new BurnRule(3, TimeSpan.FromDays(1), TimeSpan.FromHours(2), Page: false),
            new BurnRule(1, TimeSpan.FromDays(3), TimeSpan.FromHours(6), Page: false),
        ], BurnRule.For(TimeSpan.FromDays(30)));

    [Theory]
    [InlineData(90, "43.2 18 9 3")]
    [InlineData(28, "13.44 5.6 2.8 1")]
    [InlineData(7, "3.36 1.4 1 1")]
    [InlineData(3, "1.44 1 1 1")]
    [InlineData(2, "1 1 1")]
    [InlineData(0.25, "1 1")]
    [InlineData(0.04, "")]
    public void Over_other_windows_they_stand_for_the_same_share_of_the_budget_and_for_no_less_than_even_burning(double days, string factors) =>
        Assert.Equal(factors, string.Join(' ', BurnRule.For(TimeSpan.FromDays(days)).Select(r => r.Factor.ToString(CultureInfo.InvariantCulture))));

    [Theory]
    // 1.44 % of errors are 14.4 times 0.1 %: on the border, which is the worse side's.
    [InlineData(99.9, 14.4, 1000, true, 14.4)]
    [InlineData(99.9, 14.3999, 1000, false, 14.3999)]
    [InlineData(99.9, 20, 1000, true, 20)]
    [InlineData(99, 144, 1000, true, 14.4)]
    [InlineData(99.95, 7.2, 1000, true, 14.4)]
    [InlineData(99.99, 1.44, 1000, true, 14.4)]
    [InlineData(99.5, 71, 1000, false, 14.2)]
    public void An_hour_at_the_factor_is_a_page(double objective, double bad, double total, bool fires, double rate)
    {
        var burn = Track(Slo(objective), (12, bad, total)).Standing.Burns[0];
        Assert.Equal((fires, rate, rate, false), (burn.Fires, burn.LongRate, burn.ShortRate, burn.IsSmall));
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(1, 72)]
    [InlineData(2, 288)]
    [InlineData(3, 864)]
    public void Each_alert_fires_where_both_its_windows_burn_at_its_factor(int alert, int steps)
    {
        var slo = Slo();
        var rule = BurnRule.For(slo.Window)[alert];
        var bad = rule.Factor;
        Assert.True(Track(slo, (864, 0, 1000), (steps, bad, 1000)).Standing.Burns[alert].Fires);
        // The short window is below it: the burning has ended.
        Assert.False(Track(slo, (864, 0, 1000), (steps, bad * 2, 1000), ((int)(rule.Short / Step), 0, 1000)).Standing.Burns[alert].Fires);
        // The long one is: it has only just begun.
        Assert.False(Track(slo, (864, 0, 1000), (steps - 1, bad, 1000)).Standing.Burns[alert].Fires);
    }

    [Fact]
    public void An_alert_says_its_arithmetic()
    {
        var standing = Track(Slo(), (864, 0, 1000), (12, 20, 1000)).Standing;
        Assert.Equal(
            "1h burns 20x (240 of 12000 events bad), 5m burns 20x (20 of 1000 events bad): 14.4x or faster in both, a page", standing.Burns[0].Text);
        Assert.Equal(
            "6h burns 3.3333x (240 of 72000 events bad), 30m burns 20x (120 of 6000 events bad): not 6x or faster in both, a page", standing.Burns[1].Text);
        Assert.EndsWith("; " + standing.Burns[0].Text, standing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_just_short_of_the_factor_does_not_read_as_if_it_were_there() =>
        Assert.StartsWith("1h burns 14.399999x (", Track(Slo(), (12, 143.99999, 10_000)).Standing.Burns[0].Text, StringComparison.Ordinal);

    [Fact]
    public void An_objective_that_an_alert_can_not_come_to_is_called_so()
    {
        var burn = Track(Slo(90), (12, 1000, 1000)).Standing.Burns[0];
        Assert.Equal((false, 10.0), (burn.Fires, burn.LongRate));
        Assert.EndsWith(": not 14.4x, a page, which this objective can't come to: were every event bad, it would be 10x", burn.Text, StringComparison.Ordinal);
    }

    [Theory]
    // Half of the hour can be told, all of the last five minutes.
    [InlineData(6, true, "1h burns 20x (120 of 6000 events bad, 30m of it can't be told), 5m burns 20x (20 of 1000 events bad): ")]
    [InlineData(7, null, "1h can't be told (35m of it can't be told), 5m burns 20x (20 of 1000 events bad): whether both burn at 14.4x, a page, can't be told")]
    public void A_window_is_told_from_half_of_its_time_on(int untold, bool? fires, string says)
    {
        var burn = Track(Slo(), (20, 0, 1000), (untold, null, null), (12 - untold, 20, 1000)).Standing.Burns[0];
        Assert.Equal(fires, burn.Fires);
        Assert.Equal(fires is null, burn.LongRate is null);
        Assert.StartsWith(says, burn.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1000.0)]
    [InlineData(0.0, null)]
    [InlineData(-1.0, 1000.0)]
    [InlineData(0.0, -1.0)]
    [InlineData(double.NaN, 1000.0)]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(0.0, 1e17)]
    public void A_count_that_is_none_can_not_be_told_and_is_no_all_clear(double? bad, double? total)
    {
        // The last five minutes can't be told: they may have been bad enough for a page.
        var standing = Track(Slo(), (24, 0, 1000), (1, bad, total)).Standing;
        Assert.Null(standing.Burns[0].Fires);
        Assert.Equal((0.0, null), (standing.Burns[0].LongRate, standing.Burns[0].ShortRate));
        Assert.Equal((Step, 24_000.0, 100.0), (standing.Untold, standing.Total, standing.BudgetLeft));
        Assert.Contains("5m can't be told", standing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_bad_events_than_events_are_all_of_them()
    {
        var standing = Track(Slo(), (12, 100.2, 100)).Standing;
        Assert.Equal((0.0, 1000.0, true), (standing.Attained, standing.Burns[0].LongRate, standing.Burns[0].Fires));
    }

    [Fact]
    public void A_time_without_events_burns_nothing()
    {
        var burn = Track(Slo(), (12, 0, 0)).Standing.Burns[0];
        Assert.Equal((false, 0.0, 0.0, true), (burn.Fires, burn.LongRate, burn.ShortRate, burn.IsSmall));
        Assert.StartsWith(
            "1h burns 0x (no events), 5m burns 0x (no events): not 14.4x or faster in both, a page; the sample is small", burn.Text, StringComparison.Ordinal);
        var standing = Track(Slo(), (12, 0, 0)).Standing;
        Assert.Equal((null, null, TimeSpan.Zero), (standing.Attained, standing.BudgetLeft, standing.Untold));
        Assert.StartsWith("nothing was counted (objective 99.9 %); what is left of the error budget can't be told; ", standing.Text, StringComparison.Ordinal);
    }

    [Theory]
    // 99.9 %, 14.4x: one bad event of 69.4 or fewer is as much.
    [InlineData(69, 1, null, true)]
    [InlineData(69, 1.2, null, true)]
    [InlineData(69, 2, true, true)]
    [InlineData(69, 0, false, true)]
    [InlineData(70, 1, false, false)]
    [InlineData(70, 2, true, false)]
    public void A_single_bad_event_of_few_wakes_nobody_and_is_no_pass(double total, double bad, bool? fires, bool small)
    {
        var burn = Track(Slo(), (11, 0, 0), (1, bad, total)).Standing.Burns[0];
        Assert.Equal((fires, small), (burn.Fires, burn.IsSmall));
        Assert.Equal(small && fires is not null, burn.Text.EndsWith("; the sample is small: one bad event would be that much", StringComparison.Ordinal));
        Assert.Equal(fires is null, burn.Text.Contains("one bad event of so few can't tell", StringComparison.Ordinal));
    }

    [Fact]
    public void The_workbooks_ten_requests_an_hour_are_a_thousand_times_too_fast_and_no_page()
    {
        var standing = Track(Slo(), (11, 0, 0), (1, 1, 10)).Standing;
        Assert.Equal((100.0, null), (standing.Burns[0].LongRate, standing.Burns[0].Fires));
        Assert.Contains("the sample is small for 1h, 6h, 1d, 3d", standing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_window_with_one_bad_event_does_not_excuse_a_long_one_that_burns() =>
        Assert.True(Track(Slo(), (11, 2, 60), (1, 1, 60)).Standing.Burns[0].Fires);

    [Fact]
    public void A_window_that_is_not_full_yet_counts_what_is_there_and_says_so()
    {
        var standing = Track(Slo(), (3, 20, 1000)).Standing;
        Assert.True(standing.Burns[0].Fires);
        Assert.StartsWith(
            "1h burns 20x (60 of 3000 events bad, only 15m so far), 5m burns 20x (20 of 1000 events bad):", standing.Burns[0].Text, StringComparison.Ordinal);
        Assert.Contains("only 15m of 30d so far", standing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_overlaps_an_excluded_time_is_taken_out_whole()
    {
        var database = new Exclusion(Start.AddMinutes(11), Start.AddMinutes(24), "database upgrade");
        // 10:00-25:00 of it are the third, fourth and fifth step; a time that begins at a step's end, or is none, takes nothing out.
        Exclusion[] excluded = [database, new(Start.AddMinutes(60), Start.AddMinutes(70), "later"), new(Start.AddMinutes(3), Start.AddMinutes(2), "none")];
        var standing = Track(Slo(), excluded, null, (2, 0, 1000), (3, 1000, 1000), (7, 1, 1000)).Standing;
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.Zero, 9000.0, 7.0), (standing.Excluded, standing.Untold, standing.Total, standing.Bad));
        Assert.False(standing.Burns[0].Fires);
        Assert.Contains("15m taken out (database upgrade)", standing.Text, StringComparison.Ordinal);
        Assert.Contains("1h burns 0.77778x (7 of 9000 events bad, 15m taken out)", standing.Burns[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_is_taken_out_altogether_can_not_be_told()
    {
        var standing = Track(Slo(), [new(Start, Start.AddHours(1), "move")], null, (12, 1000, 1000)).Standing;
        Assert.Null(standing.Burns[0].Fires);
        Assert.Equal((null, null, 0.0), (standing.BudgetLeft, standing.Attained, standing.Total));
    }

    [Fact]
    public void Steps_that_never_came_can_not_be_told()
    {
        var tracker = Track(Slo(), (12, 0, 1000));
        tracker.Take(new SloCount(Start.AddHours(2), 20, 1000));
        Assert.Equal(TimeSpan.FromMinutes(55), tracker.Standing.Untold);
        Assert.Null(tracker.Standing.Burns[0].Fires);
    }

    [Fact]
    public void Steps_that_came_already_or_overlap_the_last_are_left_out()
    {
        var tracker = Track(Slo(), (12, 1, 1000));
        var before = tracker.Standing;
        foreach (var minutes in (int[])[60, 55, 5, 0, 62])
            tracker.Take(new SloCount(Start.AddMinutes(minutes), 1000, 1000));
        Assert.Equal(before.Text, tracker.Standing.Text);
        Assert.Equal(before.At, tracker.Standing.At);
    }

    [Fact]
    public void Before_the_first_step_nothing_is_said()
    {
        var standing = new SloTracker(Slo(), [], null).Standing;
        Assert.Equal((null, null, null, "no step was counted yet"), (standing.At, standing.BudgetLeft, standing.Attained, standing.Text));
        Assert.Empty(standing.Burns);
    }

    [Fact]
    public void The_budget_is_what_may_be_bad_of_all_that_was_counted()
    {
        // 30 days: 27 in one count, 3 in steps. 10,000 events may have 10 bad ones; there were 4.
        var past = new SloPast(Counts(Start.AddDays(-3), (864, 0, 1)), 3, 10_000 - 864 - 12);
        var standing = Track(Slo(), [], past, (11, 0, 1), (1, 1, 1)).Standing;
        Assert.Equal((10_000.0, 4.0, 60.0, 99.96), (standing.Total, standing.Bad, standing.BudgetLeft, standing.Attained));
        Assert.StartsWith(
            "99.96 % of 10000 events were good (objective 99.9 % over 30d); 60 % of the error budget is left", standing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_can_be_overspent() => Assert.Equal(-100, Track(Slo(), (100, 2, 1000)).Standing.BudgetLeft);

    [Fact]
    public void What_is_short_of_the_objective_does_not_read_as_if_it_were_there() =>
        Assert.StartsWith("99.899999 % of", Track(Slo(), (1, 1000.01, 1_000_000)).Standing.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, 1e6)]
    [InlineData(3.0, null)]
    [InlineData(-3.0, 1e6)]
    public void A_budget_can_not_be_told_while_the_rest_of_its_window_can_not(double? bad, double? total)
    {
        var slo = Slo(window: TimeSpan.FromDays(4));
        var tracker = Track(slo, [], new SloPast(Counts(Start.AddDays(-3), (864, 0, 1000)), bad, total), (287, 0, 1000));
        Assert.Null(tracker.Standing.BudgetLeft);
        Assert.Equal(100, tracker.Standing.Attained);
        Assert.Contains(
            "what is left of the error budget can't be told; what came before the first step can't be told", tracker.Standing.Text, StringComparison.Ordinal);
        // A day later all of it has left the window.
        tracker.Take(new SloCount(Start.AddDays(1), 0, 1000));
        Assert.Equal((100.0, TimeSpan.Zero), (tracker.Standing.BudgetLeft, tracker.Standing.Untold));
    }

    [Fact]
    public void A_budget_can_not_be_told_where_most_of_its_time_can_not()
    {
        Assert.Null(Track(Slo(), (11, null, null), (10, 0, 1000)).Standing.BudgetLeft);
        Assert.Equal(100, Track(Slo(), (10, null, null), (10, 0, 1000)).Standing.BudgetLeft);
    }

    [Fact]
    public void A_past_without_steps_is_one_that_can_not_be_told()
    {
        var standing = Track(Slo(), [], new SloPast([], 0, 1e6), (12, 0, 1000)).Standing;
        Assert.Equal((TimeSpan.FromDays(3), 1_012_000.0, 100.0), (standing.Untold, standing.Total, standing.BudgetLeft));
        Assert.Equal((false, null), (standing.Burns[0].Fires, standing.Burns[3].Fires));
    }

    [Fact]
    public void A_short_budget_forgets_what_has_left_its_window()
    {
        var slo = Slo(window: TimeSpan.FromDays(1));
        Assert.Equal((0.0, 288_000.0), (Track(slo, (12, 500, 1000), (288, 0, 1000)).Standing.Bad, Track(slo, (12, 500, 1000), (288, 0, 1000)).Standing.Total));
        Assert.Equal(500, Track(slo, (12, 500, 1000), (287, 0, 1000)).Standing.Bad);
    }

    [Fact]
    public void A_gap_longer_than_the_window_leaves_nothing_to_count()
    {
        var tracker = Track(Slo(window: TimeSpan.FromDays(7)), (12, 500, 1000));
        tracker.Take(new SloCount(Start.AddDays(3000), 0, 10));
        Assert.Equal((0.0, 10.0, null), (tracker.Standing.Bad, tracker.Standing.Total, tracker.Standing.BudgetLeft));
    }

    [Fact]
    public void Sixty_days_take_no_more_memory_than_four_and_lose_no_event()
    {
        var tracker = new SloTracker(Slo(), [], null);
        var at = Start;
        void Go(int days)
        {
            for (var end = at.AddDays(days); at < end; at += Step)
                tracker.Take(new SloCount(at + Step, 0.1, 1e9 + 0.1));
        }
        Go(4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Go(56);
        // What is allocated are the counts themselves: a record of 48 or so bytes a step.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 56 * 288 * 80);
        // A window of 30 days, exactly: sums don't drift.
        Assert.Equal((30 * 288 * 0.1, 30 * 288 * (1e9 + 0.1)), (tracker.Standing.Bad, tracker.Standing.Total));
    }
}
