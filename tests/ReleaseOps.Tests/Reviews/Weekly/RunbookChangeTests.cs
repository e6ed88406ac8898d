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
        Assert.Empty(Changes(Input with { Carried = [closed] }));
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

    // Without what the thresholds ask for, which these tests aren't about.
    private static IReadOnlyList<RunbookChange> Changes(WeeklyInput input) => RunbookChanges.Of(input, FailureClasses.Of(input), AlertGroups.Of(input), []);

    private static RunbookChange Single(WeeklyInput input) => Assert.Single(Changes(input));
}
