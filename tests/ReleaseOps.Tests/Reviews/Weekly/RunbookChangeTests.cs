using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Tests.Reviews.Weekly.WeekSample;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class RunbookChangeTests
{
    private static readonly RunbookChange Change = new("docs", "Write it down") { Owner = "ana", Due = Friday, Opened = Friday.AddDays(-7) };

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void A_change_is_carried_until_it_is_closed_and_overdue_after_its_day(int days, bool overdue)
    {
        var carried = Single(Input with { Carried = [Change with { Due = Friday.AddDays(days) }] });
        Assert.Equal((true, true, overdue, "ana"), (carried.Carried, carried.IsOpen, carried.Overdue, carried.Owner));
    }

    [Fact]
    public void A_closed_one_is_shown_in_its_week_and_not_carried_further()
    {
        var closed = Single(Input with { Carried = [Change], Given = [new RunbookChange("docs", "") { Closed = Friday }] });
        Assert.Equal((false, "Write it down", "ana"), (closed.IsOpen, closed.Title, closed.Owner));
        Assert.Empty(Changes(Later(Input, 1) with { Carried = [closed] }));
    }

    [Fact]
    public void Somebody_else_may_take_it_over()
    {
        var taken = Single(Input with { Carried = [Change], Given = [new RunbookChange("docs", "") { Owner = "bo" }] });
        Assert.Equal(("bo", Friday), (taken.Owner, taken.Due));
    }

    [Fact]
    public void What_recurs_is_asked_for_once_with_the_runbooks_owner_and_date()
    {
        var input = Input with { Days = [.. Input.Days.Select((d, i) => d with { StageErrors = new Dictionary<string, double> { ["s"] = i < 3 ? 1 : 0 } })] };
        var asked = Single(input);
        Assert.Equal(("recurring:errors:s", "operator", Friday.AddDays(14), Friday), (asked.Id, asked.Owner, asked.Due, asked.Opened));
        // The week after it is the same change, with its own date.
        var later = Single(input with { Carried = [asked with { Owner = "cy", Due = Friday.AddDays(2) }] });
        Assert.Equal(("cy", Friday.AddDays(2), true), (later.Owner, later.Due, later.Carried));
    }

    [Fact]
    public void What_was_seen_on_less_than_half_of_the_days_is_shown_and_no_more() =>
        Assert.Empty(Changes(Input with { Days = [.. Input.Days.Select((d, i) => d with { StageErrors = new Dictionary<string, double> { ["s"] = i < 2 ? 1 : 0 } })] }));

    [Fact]
    public void The_overdue_ones_come_first_then_the_next_ones_due_then_the_closed_ones() => Assert.Equal(["late", "soon", "some-day", "done"], Changes(Input with
    {
        Carried = [Change with { Id = "soon", Due = Friday.AddDays(1) }, Change with { Id = "late", Due = Friday.AddDays(-1) }, Change with { Id = "done" }],
        Given = [new RunbookChange("done", "") { Closed = Friday }, new RunbookChange("some-day", "x")],
    }).Select(c => c.Id));

    [Fact]
    public void An_old_closing_does_not_swallow_what_comes_back()
    {
        var input = Later(Recurring(0, 1, 2), 2) with { Given = [new RunbookChange("recurring:errors:s", "") { Closed = Friday }] };
        var anew = Single(input);
        Assert.Equal((true, "operator", Friday.AddDays(28), Friday.AddDays(14)), (anew.IsOpen, anew.Owner, anew.Due, anew.Opened));
        Assert.StartsWith("Find and mend what makes errors:s", anew.Title, StringComparison.Ordinal);
        // Nor is the new one closed by it, week after week; and it is said that it was closed once.
        var later = Later(input, 1) with { Carried = [anew] };
        Assert.Equal((true, Friday.AddDays(14)), (Single(later).IsOpen, Single(later).Opened));
        Assert.Contains(later.Judged().Findings, f => f is { Subject: "change:recurring:errors:s", Required: false }
            && f.Text == "the change 'recurring:errors:s' was closed on 2026-02-20, and is asked for again since 2026-03-06");
    }

    [Fact]
    public void An_old_closing_of_what_does_not_come_back_says_nothing() =>
        Assert.Empty(Changes(Later(Input, 2) with { Given = [new RunbookChange("docs", "") { Closed = Friday }] }));

    [Theory]
    // Most of the days after Monday, and too few after Wednesday.
    [InlineData(16, true)]
    [InlineData(18, false)]
    public void What_was_closed_in_this_week_is_asked_for_again_only_for_the_days_after_it(int closed, bool open)
    {
        var change = Single(Recurring(0, 1, 2, 3, 4) with
        {
            Carried = [Change with { Id = "recurring:errors:s" }],
            Given = [new RunbookChange("recurring:errors:s", "") { Closed = new DateOnly(2026, 2, closed) }],
        });
        Assert.Equal((open, open ? Friday : Change.Opened), (change.IsOpen, change.Opened));
    }

    [Fact]
    public void A_closing_in_the_future_has_not_closed_it_yet_and_is_kept()
    {
        var input = Input with { Carried = [Change], Given = [new RunbookChange("docs", "") { Closed = Friday.AddDays(3) }] };
        var change = Single(input);
        Assert.Equal((true, Friday.AddDays(3)), (change.IsOpen, change.Closed));
        Assert.Contains(input.Judged().Findings, f => f is { Subject: "change:docs", Required: false }
            && f.Text == "the change 'docs' is to be closed on 2026-02-23, after this week: it is open until then");
        var next = Single(Later(Input, 1) with { Carried = [change] });
        Assert.Equal((false, "ana"), (next.IsOpen, next.Owner));
        Assert.Empty(Changes(Later(Input, 2) with { Carried = [next] }));
    }

    [Fact]
    public void A_closing_that_is_told_late_is_shown_and_holds()
    {
        var closed = Single(Later(Input, 1) with { Carried = [Change], Given = [new RunbookChange("docs", "") { Closed = Friday.AddDays(-2) }] });
        Assert.Equal((false, "Write it down"), (closed.IsOpen, closed.Title));
        Assert.Empty(Changes(Later(Input, 1) with { Carried = [Change], Kept = [closed] }));
    }

    [Fact]
    public void An_earlier_run_of_the_same_week_is_kept_and_what_is_given_anew_wins()
    {
        var first = new RunbookChange("idea", "Somebody's idea") { Owner = "ana", Due = Friday, Opened = Friday };
        var input = Input with { Carried = [Change], Kept = [Change with { Closed = Friday.AddDays(-1), Carried = true }, first] };
        Assert.Equal([("idea", true, false), ("docs", false, true)], Changes(input).Select(c => (c.Id, c.IsOpen, c.Carried)));
        var given = Changes(input with { Given = [new RunbookChange("idea", "") { Owner = "bo" }, new RunbookChange("docs", "")] });
        Assert.Equal([("docs", true, "ana"), ("idea", true, "bo")], given.Select(c => (c.Id, c.IsOpen, c.Owner)));
        // What was asked for in this week bears the date of its last day, and may have been closed before that.
        Assert.False(Changes(input with { Given = [new RunbookChange("idea", "") { Closed = Friday.AddDays(-2) }] }).Single(c => c.Id == "idea").IsOpen);
    }

    private static WeeklyInput Recurring(params int[] days) => Input with
    {
        Days = [.. Input.Days.Select((d, i) => d with { StageErrors = new Dictionary<string, double> { ["s"] = days.Contains(i) ? 1 : 0 } })],
    };

    // Without what the thresholds ask for, which these tests aren't about.
    private static IReadOnlyList<RunbookChange> Changes(WeeklyInput input) => RunbookChanges.Of(input, FailureClasses.Of(input), AlertGroups.Of(input), []);

    private static RunbookChange Single(WeeklyInput input) => Assert.Single(Changes(input));
}
