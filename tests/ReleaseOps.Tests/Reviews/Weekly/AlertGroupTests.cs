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
            Single(About("A", 16, 10, "restarted"), About("A", 16, 12, "restarted") with { From = At(16, 2, 5) }).Reductions.Single());

    [Fact]
    public void What_fires_again_on_another_day_is_no_duplicate() => Assert.Empty(Of(About("A", 16, 10, "x"), About("A", 17, 10, "x")));

    [Fact]
    public void What_the_log_calls_a_duplicate_is_one()
    {
        var group = Single(About("A", 16, 10, "none", reason: "duplicate_alert"));
        Assert.Equal((0, 1), (group.FalsePositives, group.Duplicates));
    }

    [Fact]
    public void One_alert_that_two_speak_of_is_one()
    {
        Assert.Empty(Of(About("A", 16, 10, "ack"), About("A", 16, 20, "restarted")));
        var group = Single(About("A", 16, 3, "none"), About("A", 17, 3, "none"), About("A", 17, 9, "none"), About("A", 18, 3, "none"), About("A", 18, 3, "restarted"));
        // What was done outweighs that somebody else did nothing.
        Assert.Equal((3, 2, 1, 0), (group.Total, group.FalsePositives, group.ActedOn, group.Duplicates));
    }

    [Fact]
    public void One_alert_that_was_acted_on_and_is_not_resolved_is_one()
    {
        var acted = About("A", 16, 10, "restarted") with { To = null };
        Assert.Empty(AlertGroups.Of(Input with { Interventions = [acted], Alerts = [Unresolved("a", At(16, 2))] }));
        // Nor does it begin again because the log doesn't say since when it fired.
        foreach (var day in new[] { 16, 19 })
            Assert.Equal((1, 1), Counts(Input with { Interventions = [About("A", day, 10, "none") with { From = null, To = null }], Alerts = [Unresolved("a", At(16, 2))] }));
    }

    [Fact]
    public void An_alert_that_fires_again_had_ended_though_nobody_wrote_that_down() =>
        Assert.Empty(Of([.. new[] { 2, 3, 4 }.Select(hour => About("A", 16, 10, "restarted", hour: hour) with { To = null })]));

    [Fact]
    public void Of_unresolved_alerts_of_a_group_that_came_within_a_day_all_but_one_are_duplicates()
    {
        var group = Assert.Single(AlertGroups.Of(Input with { Alerts = [Unresolved("a", At(18, 1)), Unresolved("b", At(18, 1, 5)), Unresolved("c", At(18, 1, 6))] }));
        Assert.Equal((3, 2), (group.Total, group.Duplicates));
        Assert.Equal(["group_by: [alertname, stage], without instance: 3 alerts become 1"], group.Reductions);
    }

    [Fact]
    public void What_begins_when_another_one_ends_is_no_duplicate() =>
        Assert.Empty(Of(About("A", 16, 10, "restarted"), About("A", 16, 30, "restarted", "b") with { From = At(16, 2, 10) }));

    [Fact]
    public void Only_the_weeks_interventions_count()
    {
        Assert.Empty(Of(About("A", 13, 3, "none"), About("A", 21, 3, "none")));
        Assert.Empty(AlertGroups.Of(Input with { Alerts = [Unresolved("a", At(21, 1)), Unresolved("b", At(21, 1))] }));
        Assert.DoesNotContain((Input with { Interventions = [new Intervention(At(13, 1), "whim")] }).Judged().Findings, f => f.Text.Contains("whim", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(17, 2, 1)]
    // It fires still, but what came more than a day later is no duplicate of it.
    [InlineData(16, 1, 0)]
    public void An_unresolved_alert_is_a_duplicate_where_it_began_while_another_one_fired(int day, int hour, int duplicates)
    {
        var groups = AlertGroups.Of(Input with { Alerts = [Unresolved("z", At(day, hour, 5))], Interventions = [About("A", 17, 10, "restarted")] });
        Assert.Equal(duplicates, groups.Sum(g => g.Duplicates));
    }

    [Theory]
    [InlineData("alertname=A", "alertname", "A", "instance", "x")]
    [InlineData("alertname=A, stage=s", "stage", "s", "alertname", "A")]
    [InlineData("b=1, c=2", "c", "2", "b", "1")]
    public void Alerts_are_grouped_by_the_runbooks_labels_and_by_all_where_there_are_none(string key, string one, string value, string other, string more) =>
        Assert.Equal(key, AlertGroups.KeyOf(new Dictionary<string, string> { [one] = value, [other] = more }, ["alertname", "stage"]));

    private static (int Total, int False) Counts(WeeklyInput input) => AlertGroups.Of(input).Select(g => (g.Total, g.FalsePositives)).Single();

    private static UnresolvedAlert Unresolved(string instance, DateTimeOffset since) =>
        new("alertname=A", new Dictionary<string, string> { ["alertname"] = "A", ["instance"] = instance }) { StartsAt = since };

    private static IReadOnlyList<AlertGroup> Of(params Intervention[] log) => AlertGroups.Of(Input with { Interventions = log });

    private static AlertGroup Single(params Intervention[] log) => Assert.Single(Of(log));
}
