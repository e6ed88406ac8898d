using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class PollTallyTests
{
    private static readonly Poll Poll = new("go-no-go", [new("lead", "Ready?"), new("sre", "On call?"), new("qa", "Tested?")]) { Quorum = 3 };

    private static Vote Vote(string text, int minute = 0)
    {
        var parts = text.Split(' ');
        var choice = parts[1] switch { "go" => VoteChoice.Go, "nogo" => VoteChoice.NoGo, _ => VoteChoice.Postpone };
        return new Vote(parts.Length > 3 ? parts[3] : "go-no-go", parts[0], choice, parts[0] + "-person", Looks.Now.AddMinutes(minute), parts.Length > 2 ? parts[2] : "plan");
    }

    private static GateResult Count(string votes, int quorum = 3) =>
        PollTally.Count(Poll with { Quorum = quorum }, [.. votes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((v, i) => Vote(v.Trim(), i))], "plan");

    [Theory]
    [InlineData("lead go, sre go, qa go", 3, Decision.Go)]
    [InlineData("lead go, sre go", 3, Decision.Hold)]
    [InlineData("lead go, sre go", 2, Decision.Go)]
    [InlineData("lead go, sre go", 0, Decision.Hold)]
    [InlineData("lead go, sre nogo", 3, Decision.NoGo)]
    [InlineData("lead go, sre go, qa postpone", 2, Decision.Hold)]
    [InlineData("lead nogo, lead go, sre go, qa go", 3, Decision.Go)]
    [InlineData("lead go, lead nogo, sre go, qa go", 3, Decision.NoGo)]
    [InlineData("lead go old, sre go, qa go", 3, Decision.Hold)]
    [InlineData("lead go, lead nogo old, sre go, qa go", 3, Decision.Go)]
    [InlineData("lead go, sre go, qa go plan other", 3, Decision.Hold)]
    [InlineData("lead go, sre go, boss go", 3, Decision.Hold)]
    [InlineData("lead go, sre go, qa go, boss nogo", 3, Decision.Go)]
    [InlineData("", 1, Decision.Hold)]
    public void A_poll_counts_the_last_vote_of_each_role_on_this_plan(string votes, int quorum, Decision decision) =>
        Assert.Equal(decision, Count(votes, quorum).Decision);

    [Fact]
    public void Nobody_asked_is_no_go_ahead() => Assert.Equal(Decision.Hold, PollTally.Count(new Poll("empty", []), [], "plan").Decision);

    [Fact]
    public void Each_role_and_each_void_vote_has_a_finding()
    {
        var votes = new[] { Vote("lead go old"), Vote("lead go") with { Comment = "ship\u001b[31m it" }, Vote("sre postpone"), Vote("boss go") };
        var result = PollTally.Count(Poll, votes, "plan");
        Assert.Equal(
        [
            ("lead", Verdict.Passed, true), ("sre", Verdict.Inconclusive, true), ("qa", Verdict.Inconclusive, true),
            ("lead", Verdict.Skipped, false), ("boss", Verdict.Skipped, false),
        ], result.Findings.Select(f => (f.Subject, f.Verdict, f.Required)));
        Assert.StartsWith("lead says GO, lead-person at 2026-03-01T12:00:00Z (ship", result.Findings[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Findings[0].Text);
        Assert.Equal("Ready?", result.Findings[0].Condition);
        Assert.Equal("qa hasn't voted", result.Findings[2].Text);
        Assert.EndsWith("void, it was cast on another plan", result.Findings[3].Text, StringComparison.Ordinal);
        Assert.EndsWith("void, the poll doesn't ask this role", result.Findings[4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_is_not_needed_any_more_does_not_decide() =>
        Assert.False(Count("lead go, sre go", 2).Findings[2].Required);
}
