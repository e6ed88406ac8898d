namespace ReleaseOps.Cli.Tests;

public sealed class DecisionCommandTests : IDisposable
{
    private readonly RolloutScratch _scratch = new();

    public DecisionCommandTests()
    {
        _scratch.Book([RolloutScratch.Stage("full", 100, "approval: lead")], "poll: release", """
            sources: { prometheus: { url: 'http://127.0.0.1:9' } }
            metrics: { error_rate: { prometheus: 'sum(errors)', unit: '%' } }
            gates: { criteria: [error_rate < 0.5] }
            polls:
              release: { asks: { ops: Is it staffed?, lead: Go or no-go? } }
              measured: { asks: { ops: Is it staffed? }, gate: criteria }
            """);
        var book = File.ReadAllText(_scratch.PathOf("r.yaml"));
        File.WriteAllText(_scratch.PathOf("r.yaml"), book.TrimEnd() + "\n  decide:\n    - { ask: Is data being lost?, then: rollback }\n    - { then: monitor }\n");
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void It_says_who_voted_what_is_approved_and_what_the_tree_asks()
    {
        var lines = Decide(3, "--poll", "release").Lines;
        Assert.Equal("Decision: HOLD", lines[^1]);
        Assert.Contains("  to be answered: Is data being lost?", lines);
        Assert.Contains("  HOLD  deploy:full: waits for the approval of lead", lines);
        _scratch.Scratch.Run("vote", "./r.yaml", "release", "go", "--role", "ops").With(0);
        _scratch.Scratch.Run("vote", "./r.yaml", "release", "go", "--role", "lead").With(0);
        Assert.Equal("Decision: GO", Decide(0, "--poll", "release").Lines[^1]);
        Assert.Equal("Decision: HOLD", Decide(3, "--poll", "release", "--param", "version=2").Lines[^1]);
        _scratch.Scratch.Run("vote", "./r.yaml", "release", "no-go", "--role", "lead").With(0);
        Assert.Equal("NoGo", Decide(1, "--poll", "release", "--json").Json.GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData("yes", "Rollback")]
    [InlineData("no", "Monitor")]
    public void A_persons_answer_decides_the_tree(string answer, string advice)
    {
        var report = Decide(3, "--poll", "release", "--answer", "Is data being lost?=" + answer, "--json").Json;
        Assert.Equal(advice, report.GetProperty("advice").GetProperty("advice").GetString());
    }

    [Fact]
    public void A_criterion_that_nobody_can_measure_holds_and_stands_in_the_table()
    {
        _scratch.Scratch.Run("vote", "./r.yaml", "measured", "go", "--role", "ops").With(0);
        var lines = Decide(3, "--poll", "measured").Lines;
        Assert.Contains(lines, l => l.StartsWith("Criterion ", StringComparison.Ordinal) && l.EndsWith("| Status", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("error_rate < 0.5 | error_rate < 0.5 | ", StringComparison.Ordinal) && l.EndsWith("| HOLD", StringComparison.Ordinal));
    }

    [Fact]
    public void It_wants_a_poll_where_there_are_several_and_answers_that_are_yes_or_no()
    {
        _scratch.Scratch.Run("decision", "./r.yaml").Refused(2, ErrorId.NothingToRun, "release", "measured");
        _scratch.Scratch.Run("decision", "./r.yaml", "--poll", "release", "--answer", "x=maybe").Refused(2, ErrorId.Usage, "yes");
    }

    private Ended Decide(int code, params string[] more) => _scratch.Scratch.Run(["decision", "./r.yaml", .. more]).With(code);
}
