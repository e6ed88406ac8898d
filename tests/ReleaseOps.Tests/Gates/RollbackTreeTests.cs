using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class RollbackTreeTests
{
    private const string Lost = "Is data lost?";

    private static readonly DecisionRung[] Rungs =
    [
        new(RollbackAdvice.Rollback) { When = Looks.Criterion("error_rate >= 5.0") },
        new(RollbackAdvice.Rollback) { Ask = Lost },
        new(RollbackAdvice.Prepare) { When = Looks.Criterion("error_rate >= 1.0"), Within = TimeSpan.FromMinutes(15) },
        new(RollbackAdvice.Monitor),
    ];

    private static RollbackAnswer Decide(double? errors, bool? lost) => RollbackTree.Decide(Rungs,
        Looks.Input([Looks.Metric("error_rate")], errors is { } e ? Looks.Value("error_rate", e) : Looks.Unknown("error_rate", ErrorId.NoData, "no series")),
        lost is { } answer ? new Dictionary<string, bool> { [Lost] = answer } : new Dictionary<string, bool>());

    [Theory]
    [InlineData(7, null, RollbackAdvice.Rollback, "rollback: rollback fits: error_rate 7 % is >= 5.0 %")]
    [InlineData(2, true, RollbackAdvice.Rollback, "rollback: rollback fits: Is data lost? yes")]
    [InlineData(2, false, RollbackAdvice.Prepare, "prepare, with 15m to find out why: prepare fits: error_rate 2 % is >= 1.0 %")]
    [InlineData(0.0, false, RollbackAdvice.Monitor, "monitor: monitor fits: nothing before it did")]
    public void The_first_question_that_fits_is_taken(double errors, bool? lost, RollbackAdvice advice, string text)
    {
        var answer = Decide(errors, lost);
        Assert.Equal((advice, text, null), (answer.Advice, answer.Text, answer.CouldNotTell));
        Assert.Equal(advice == RollbackAdvice.Prepare ? TimeSpan.FromMinutes(15) : null, answer.Within);
        Assert.Equal(Verdict.Passed, answer.Rungs[^1].Verdict);
        Assert.All(answer.Rungs.SkipLast(1), r => Assert.Equal(Verdict.Failed, r.Verdict));
    }

    [Fact]
    public void A_question_that_nobody_answered_leaves_it_open()
    {
        var answer = Decide(2, null);
        Assert.Equal((null, RollbackAdvice.Prepare, ErrorId.NobodyToAsk), (answer.Advice, answer.AtLeast, answer.CouldNotTell));
        Assert.Equal("what to do can't be told: rollback can't be told: ask: Is data lost?; it is at least prepare", answer.Text);
        Assert.Equal([Lost], answer.Asks);
    }

    [Fact]
    public void What_can_not_be_measured_leaves_it_open()
    {
        var answer = Decide(null, false);
        Assert.Equal((null, RollbackAdvice.Monitor, ErrorId.NoData), (answer.Advice, answer.AtLeast, answer.CouldNotTell));
    }

    [Fact]
    public void What_can_not_be_measured_does_not_matter_where_the_advice_is_the_same()
    {
        var answer = Decide(null, true);
        Assert.Equal((RollbackAdvice.Rollback, null), (answer.Advice, answer.CouldNotTell));
    }

    [Fact]
    public void Where_no_question_fits_there_is_no_advice()
    {
        var answer = RollbackTree.Decide(Rungs[..1], Looks.Input([Looks.Metric("error_rate")], Looks.Value("error_rate", 0)), new Dictionary<string, bool>());
        Assert.Equal((null, null, "none of the questions fits"), (answer.Advice, answer.CouldNotTell, answer.Text));
    }
}
