using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class GateScoreTests
{
    private static readonly Metric[] Metrics = [Looks.Metric("m", control: false), Looks.Metric("gone", control: false)];

    private static readonly GateInput Seen = Looks.Input(Metrics, Looks.Value("m", 1), Looks.Unknown("gone", ErrorId.NoData, "gone has no series"));

    private static GateCriterion Good(string name, double weight = 1) => Looks.Expect("m < 2.0", name) with { Weight = weight };

    private static GateCriterion Bad(string name, double weight = 1) => Looks.Expect("m > 2.0", name) with { Weight = weight };

    private static GateCriterion Unknown(string name, double weight = 1) => Looks.Expect("gone > 2.0", name) with { Weight = weight };

    private static GateResult Judge(GateInput input, double? pass, double? marginal, params GateCriterion[] criteria) =>
        GateJudge.Judge(new Gate("canary", criteria) { Pass = pass, Marginal = marginal }, input);

    [Theory]
    [InlineData(3, 1, Decision.Go, 75)]
    [InlineData(1, 1, Decision.Hold, 50)]
    [InlineData(2, 3, Decision.NoGo, 40)]
    [InlineData(1, 0, Decision.Go, 100)]
    [InlineData(0, 1, Decision.NoGo, 0)]
    [InlineData(0, 0, Decision.Hold, null)]
    public void A_score_is_the_weight_of_what_passed(double good, double bad, Decision decision, int? score)
    {
        var result = Judge(Seen, 75, 50, Good("a", good), Bad("b", bad));
        Assert.Equal((decision, (double?)score), (result.Decision, result.Score));
    }

    [Theory]
    [InlineData(2, 1, Decision.Go)]
    [InlineData(1, 2, Decision.NoGo)]
    public void Without_a_marginal_score_it_passes_or_fails(double good, double bad, Decision decision) =>
        Assert.Equal(decision, Judge(Seen, 60, null, Good("a", good), Bad("b", bad)).Decision);

    [Fact]
    public void Groups_weigh_what_their_criteria_weigh_together()
    {
        // Latency passed 1 of 4 (25 %) and errors 6 of 6: 0.25 * 4/10 + 1 * 6/10 = 70 %.
        var result = Judge(Seen, 70, null, Good("a") with { Group = "latency" }, Bad("b", 3) with { Group = "latency" }, Good("c", 6) with { Group = "errors" });
        Assert.Equal((Decision.Go, 70.0), (result.Decision, result.Score));
    }

    [Fact]
    public void A_key_criterion_that_fails_fails_the_gate_whatever_the_score()
    {
        var result = Judge(Seen, 50, null, Good("a", 99), Bad("b") with { Key = true });
        Assert.Equal((Decision.NoGo, 99.0), (result.Decision, result.Score));
        Assert.Equal(Decision.NoGo, Judge(Seen, 0, null, Bad("b", 0) with { Key = true }, Unknown("u")).Decision);
    }

    [Theory]
    [InlineData(99, 0, Decision.Hold)]
    [InlineData(1, 0, Decision.Hold)]
    // Even if it had passed, 50 of 100 isn't enough.
    [InlineData(49, 50, Decision.NoGo)]
    public void What_can_not_be_told_never_passes_and_fails_only_what_has_failed_already(double good, double bad, Decision decision) =>
        Assert.Equal(decision, Judge(Seen, 90, 60, Good("a", good), Bad("b", bad), Unknown("u")).Decision);

    [Fact]
    public void Even_without_weight_it_holds() => Assert.Equal(Decision.Hold, Judge(Seen, 90, 60, Good("a"), Unknown("u", 0)).Decision);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_shadow_is_shown_and_does_not_decide(bool scored)
    {
        var result = Judge(Seen, scored ? 100 : null, null, Good("a"), Bad("b") with { Shadow = true, Key = true }, Unknown("u") with { Shadow = true });
        Assert.Equal(Decision.Go, result.Decision);
        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Inconclusive], result.Findings.Select(f => f.Verdict));
        Assert.Equal([true, false, false], result.Findings.Select(f => f.Required));
        Assert.Equal("shadow: m 1 % is not > 2.0 %", result.Findings[1].Text);
        Assert.Equal(Decision.Hold, Judge(Seen, scored ? 100 : null, null, Good("a") with { Shadow = true }).Decision);
    }

    private static GateInput Waived(string criterion, DateTimeOffset until, string gate = "canary") =>
        Seen with { Waivers = [new Waiver(gate, criterion, "known leak", "jane", until)] };

    [Theory]
    [InlineData("b", null)]
    [InlineData("m > 2.0", null)]
    [InlineData("b", 90.0)]
    public void A_waiver_takes_a_failure_out_of_the_decision_and_leaves_it_a_failure(string criterion, double? pass)
    {
        var result = Judge(Waived(criterion, new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)), pass, null, Good("a"), Bad("b") with { Key = true });
        Assert.Equal(Decision.Go, result.Decision);
        var finding = result.Findings[1];
        Assert.Equal((Verdict.Failed, false), (finding.Verdict, finding.Required));
        Assert.Equal("m 1 % is not > 2.0 % (waived until 2026-12-01 by jane: known leak)", finding.Text);
    }

    [Fact]
    public void A_waiver_takes_what_can_not_be_told_out_too()
    {
        var result = Judge(Waived("u", Looks.Now.AddDays(1)), null, null, Good("a"), Unknown("u"));
        Assert.Equal((Decision.Go, Verdict.Inconclusive), (result.Decision, result.Findings[1].Verdict));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_waiver_that_has_ended_is_void(int seconds)
    {
        var result = Judge(Waived("b", Looks.Now.AddSeconds(seconds)), null, null, Good("a"), Bad("b"));
        Assert.Equal((Decision.NoGo, true), (result.Decision, result.Findings[1].Required));
        Assert.Contains("the waiver by jane ended on 2026-03-01", result.Findings[1].Text, StringComparison.Ordinal);
        Assert.Equal(Decision.Go, Judge(Waived("b", Looks.Now.AddTicks(1)), null, null, Good("a"), Bad("b")).Decision);
    }

    [Fact]
    public void A_waiver_is_for_its_gate_and_criterion_and_says_nothing_of_what_passed()
    {
        Assert.Equal(Decision.NoGo, Judge(Waived("b", Looks.Now.AddDays(1), "full"), null, null, Good("a"), Bad("b")).Decision);
        Assert.Equal(Decision.NoGo, Judge(Waived("a", Looks.Now.AddDays(1)), null, null, Good("a"), Bad("b")).Decision);
        var passed = Judge(Waived("a", Looks.Now.AddDays(1)), null, null, Good("a")).Findings[0];
        Assert.Equal(("m 1 % is < 2.0 %", true), (passed.Text, passed.Required));
    }

    [Fact]
    public void A_gate_whose_every_criterion_is_waived_holds() =>
        Assert.Equal(Decision.Hold, Judge(Waived("b", Looks.Now.AddDays(1)), null, null, Bad("b")).Decision);

    [Fact]
    public void A_gate_always_says_why()
    {
        var marginal = Judge(Seen, 75, 50, Good("a"), Bad("b"));
        Assert.Equal((Decision.Hold, "m 1 % is not > 2.0 %"), (marginal.Decision, marginal.Why()));
        var free = Judge(Seen, 0, null, Bad("b"));
        Assert.Equal((Decision.Go, "m 1 % is not > 2.0 %"), (free.Decision, free.Why()));
        var shadow = Judge(Seen, null, null, Good("a") with { Shadow = true });
        Assert.Equal((Decision.Hold, "nothing in it decides: every criterion is a shadow, or waived"), (shadow.Decision, shadow.Why()));
        var weightless = Judge(Seen, 75, null, Good("a", 0));
        Assert.Equal((Decision.Hold, "nothing that decides has a weight"), (weightless.Decision, weightless.Why()));
        var untold = Judge(Seen, 75, null, Good("a"), Unknown("u"));
        Assert.Contains("gone has no series", untold.Why(), StringComparison.Ordinal);
    }
}
