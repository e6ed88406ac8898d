using ReleaseOps.Gates;
using ReleaseOps.Hotfixes;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Hotfixes;

public sealed class RollbackFirstTests
{
    private static readonly RollbackFirstCondition Person = new("critical-path") { Title = "A critical path is unavailable", Ask = "Is one still unavailable?" };
    private static readonly RollbackFirstCondition Check = new("data") { Title = "Data is at risk", Step = "integrity" };
    private static readonly RollbackFirstCondition Late = new("too-late") { Title = "It takes too long", IsTooLate = true };
    private static readonly Severity P1 = new("P1", "errors") { Mitigate = TimeSpan.FromHours(2) };

    [Theory]
    [InlineData(true, Verdict.Failed, HotfixWay.RollbackFirst)]
    [InlineData(false, Verdict.Passed, HotfixWay.PatchForward)]
    public void A_persons_yes_goes_back_first(bool answer, Verdict verdict, HotfixWay way)
    {
        var findings = Judge([Person], o => o with { Answers = new Dictionary<string, bool> { ["critical-path"] = answer } });
        Assert.Equal(verdict, Assert.Single(findings).Verdict);
        Assert.Equal(way, RollbackFirst.WayOf(findings));
    }

    [Fact]
    public void What_nobody_has_answered_leaves_the_way_open()
    {
        var findings = Judge([Person, Check], o => o);
        Assert.All(findings, f => Assert.Equal(Verdict.Inconclusive, f.Verdict));
        Assert.Null(RollbackFirst.WayOf(findings));
    }

    [Theory]
    [InlineData(Verdict.Failed, Verdict.Failed)]
    [InlineData(Verdict.Passed, Verdict.Passed)]
    [InlineData(Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(Verdict.Skipped, Verdict.Inconclusive)]
    public void A_check_answers_by_its_verdict(Verdict step, Verdict answer) =>
        Assert.Equal(answer, Assert.Single(Judge([Check], o => o, new StepResult
        {
            Phase = "checks",
            Id = "integrity",
            Verdict = step,
            Findings = [],
            Detail = "",
            StartedAt = DateTimeOffset.UnixEpoch,
        })).Verdict);

    [Theory]
    [InlineData(119, Verdict.Passed)]
    [InlineData(120, Verdict.Passed)]
    [InlineData(121, Verdict.Failed)]
    [InlineData(null, Verdict.Inconclusive)]
    public void A_hotfix_that_takes_longer_than_its_severity_allows_goes_back_first(int? minutes, Verdict verdict) =>
        Assert.Equal(verdict, Assert.Single(Judge([Late], o => o with
        {
            Severity = "P1",
            Eta = minutes is { } m ? TimeSpan.FromMinutes(m) : null,
        })).Verdict);

    [Fact]
    public void Without_a_severity_nobody_knows_how_long_it_may_take() =>
        Assert.Equal(Verdict.Inconclusive, Assert.Single(Judge([Late], o => o with { Eta = TimeSpan.FromMinutes(1) })).Verdict);

    [Fact]
    public void One_condition_that_holds_is_enough_whatever_is_open()
    {
        var findings = Judge([Person, Check], o => o with { Answers = new Dictionary<string, bool> { ["critical-path"] = true } });
        Assert.Equal(HotfixWay.RollbackFirst, RollbackFirst.WayOf(findings));
    }

    private static IReadOnlyList<Finding> Judge(
        IReadOnlyList<RollbackFirstCondition> conditions, Func<HotfixOptions, HotfixOptions> with, params StepResult[] steps) =>
        new RollbackFirst(conditions, with(new HotfixOptions(new RunOptions { Folder = "/", EvidenceRoot = "/", Actor = "ana" })), [P1])
            .Judge(new GateInput(new Snapshot(DateTimeOffset.UnixEpoch)), steps);
}
