using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Tests.Reviews.Weekly.WeekSample;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class AlertGroupTests
{
    [Fact]
    public void One_that_was_closed_without_action_is_false_and_a_longer_wait_is_proposed()
    {
        var group = Single(About("A", 16, 3, "none"), About("A", 17, 4, "No action"), About("A", 18, 40, "restarted"));
        Assert.Equal(("alertname=A", 3, 2, 1, 0), (group.Key, group.Total, group.FalsePositives, group.ActedOn, group.Duplicates));
        Assert.Equal(["for: 5m: 2 of 2 false ones lasted at most 4m; those that were acted on (1) at least 40m"], group.Reductions);
    }

    [Theory]
    // The wait is longer than the longest false one, and shorter than the shortest true one.
    [InlineData(4, 6, "for: 5m")]
    [InlineData(5, 11, "for: 10m")]
    [InlineData(4, 5, "raise its threshold")]
    [InlineData(59, 50, "raise its threshold")]
    public void A_wait_is_proposed_only_where_it_hides_nothing_that_was_true(int falseMinutes, int trueMinutes, string says) =>
        Assert.StartsWith(says, Single(About("A", 16, falseMinutes, "none"), About("A", 17, trueMinutes, "restarted")).Reductions[0], StringComparison.Ordinal);

    [Fact]
    public void Where_the_log_does_not_say_how_long_it_fired_no_wait_is_proposed() => Assert.StartsWith("write down when it started and ended",
        Single(About("A", 16, 3, "none") with { From = null, To = null }).Reductions[0], StringComparison.Ordinal);

    [Fact]
    public void What_the_log_does_not_say_is_neither_false_nor_true() =>
        Assert.Empty(Of(About("A", 16, 3, null), About("A", 17, 3, "restarted")));

    [Fact]
    public void Three_false_ones_and_none_true_become_a_ticket() => Assert.Contains("make it a ticket",
        Single(About("A", 16, 3, "none"), About("A", 17, 3, "none"), About("A", 18, 3, "none")).Reductions[1], StringComparison.Ordinal);

    [Fact]
    public void Those_that_fire_together_are_one_and_the_one_acted_on_makes_the_others_true()
    {
        var group = Single(About("A", 16, 10, "none", "a"), About("A", 16, 10, "restarted", "b"), About("A", 16, 10, "none", "c"));
        Assert.Equal((0, 2), (group.FalsePositives, group.Duplicates));
        Assert.Equal(["instance"], group.Varying);
        Assert.Equal(["group_by: [alertname, stage], without instance: 3 alerts become 1"], group.Reductions);
    }

    [Fact]
    public void The_same_labels_twice_at_a_time_are_deduplicated() =>
        Assert.Equal("deduplicate by its labels: the same alert was raised again while it was firing (two senders, or two rules)",
            Single(About("A", 16, 10, "restarted"), About("A", 16, 12, "restarted")).Reductions.Single());

    [Fact]
    public void What_fires_again_on_another_day_is_no_duplicate() => Assert.Empty(Of(About("A", 16, 10, "x"), About("A", 17, 10, "x")));

    [Fact]
    public void What_the_log_calls_a_duplicate_is_one()
    {
        var group = Single(About("A", 16, 10, "none", reason: "duplicate_alert"));
        Assert.Equal((0, 1), (group.FalsePositives, group.Duplicates));
    }

    [Theory]
    [InlineData(17, 2, 1)]
    // It fires still, but what came days later is no duplicate of it.
    [InlineData(16, 1, 0)]
    public void An_unresolved_alert_is_a_duplicate_where_it_began_while_another_one_fired(int day, int hour, int duplicates)
    {
        var open = new UnresolvedAlert("alertname=A", new Dictionary<string, string> { ["alertname"] = "A", ["instance"] = "z" }) { StartsAt = At(day, hour, 5) };
        var groups = AlertGroups.Of(Input with { Alerts = [open], Interventions = [About("A", 17, 10, "restarted")] });
        Assert.Equal(duplicates, groups.Sum(g => g.Duplicates));
    }

    [Theory]
    [InlineData("alertname=A", "alertname", "A", "instance", "x")]
    [InlineData("alertname=A, stage=s", "stage", "s", "alertname", "A")]
    [InlineData("b=1, c=2", "c", "2", "b", "1")]
    public void Alerts_are_grouped_by_the_runbooks_labels_and_by_all_where_there_are_none(string key, string one, string value, string other, string more) =>
        Assert.Equal(key, AlertGroups.KeyOf(new Dictionary<string, string> { [one] = value, [other] = more }, ["alertname", "stage"]));

    private static IReadOnlyList<AlertGroup> Of(params Intervention[] log) => AlertGroups.Of(Input with { Interventions = log });

    private static AlertGroup Single(params Intervention[] log) => Assert.Single(Of(log));
}
