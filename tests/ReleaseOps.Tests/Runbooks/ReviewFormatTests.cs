using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class ReviewFormatTests
{
    private const string Severities = "severities: { SEV-1: { definition: bad } }";

    [Fact]
    public void A_runbook_may_say_nothing_but_how_a_log_is_reviewed()
    {
        var review = Read.Good(Read.Text("runbook: r\nreview: { error-event: fault }\n")).Review!;
        Assert.Equal(("UTC", "fault", 0.99, 0.2, 1.0, 5), (review.Zone, review.ErrorEvent, review.MinAvailabilityRate, review.MaxErrorRate, review.MaxUncounted, review.Weekly.Days));
        Assert.Equal([ReviewMomentKind.PreOpen, ReviewMomentKind.Session, ReviewMomentKind.PostClose], review.Moments.Select(m => m.Kind));
        Assert.False(review.Moments[0].LooksAtLog);
        Assert.True(review.Moments[2].LooksAtLog);
    }

    [Fact]
    public void All_of_it_is_read()
    {
        var review = Read.Good(Read.Top(Severities, "roles: { ops: { may: [confirm] } }", "review:", "  zone: Asia/Seoul", "  min-availability: 0.5",
            "  latency: { 'a b/c': { start: s, end: e, max-p95: 2s } }",
            "  counters: { cooldown: { stage: router, where: { payload.transition: cooldown } } }",
            "  floor: { twice: { title: Once, event: start, when: run_id != '', duplicate: [run_id, payload.id] } }",
            "  artifacts: { policy: 'p/policy_<day>.json', report: 'out/day_<day>' }",
            "  levels: { incident: { severity: SEV-1, on-call: all, manual-approval: true } }",
            "  clock: Asia/Seoul", "  moments: { session: { at: '12:00', looks-at: [slo], latest: true, phase: only } }",
            "  weekly: { days: 3, closed: [2026-02-17], top: 2, group-by: [a, b], owner: ops, due: 7d, reasons: { x: why }, report: 'w_<day>' }")).Review!;
        Assert.Equal(new StageSpan("a b/c", "s", "e") { MaxP95 = TimeSpan.FromSeconds(2) }, review.Latency.Single());
        Assert.Equal("cooldown", review.Counters.Single().Lines.Where["payload.transition"]);
        Assert.Equal(("twice", "Once", "run_id != ''"), (review.Floor[0].Name, review.Floor[0].Title, review.Floor[0].Lines.When!.Expression.Source));
        Assert.Equal(["run_id", "payload.id"], review.Floor[0].Duplicate);
        Assert.Equal(("p/policy_<day>.json", null, "out/day_<day>"), (review.Files.Policy, review.Files.Signoff, review.Files.Report));
        Assert.Equal(new ReviewLevel("incident", "SEV-1", "all") { ManualApproval = true }, review.Levels.Single());
        Assert.Equal((new TimeOnly(12, 0), true, "only"), (review.Moments[1].At, review.Moments[1].Latest, review.Moments[1].Phase));
        Assert.Equal([ReviewLook.Slo], review.Moments[1].Looks);
        Assert.True(review.Moments[0].Latest);
        Assert.Equal(("ops", TimeSpan.FromDays(7), "w_<day>", new DateOnly(2026, 2, 17)), (review.Weekly.Owner, review.Weekly.Due, review.Weekly.Report, review.Weekly.Closed.Single()));
    }

    [Theory]
    [InlineData("zone: Mars/Olympus", ErrorId.BadValue, "a time zone such as")]
    [InlineData("min-availability: 1.5", ErrorId.BadValue, "a number from 0 to 1")]
    [InlineData("max-error-rate: '0.2'", ErrorId.BadValue, "a number from 0 to 1")]
    [InlineData("counters: { Nope: { stage: s } }", ErrorId.BadValue, "small letters, digits and '_'")]
    [InlineData("counters: { c: {} }", ErrorId.MissingKey, "'stage' or 'event' or 'where' or 'when'")]
    [InlineData("floor: { f: { title: only } }", ErrorId.MissingKey, "'duplicate'")]
    [InlineData("floor: { f: { duplicate: 'payload..id' } }", ErrorId.BadValue, "a field's path")]
    [InlineData("counters: { c: { where: { payload.: x } } }", ErrorId.BadValue, "a field's path")]
    [InlineData("counters: { c: { when: status == 200 } }", ErrorId.UnknownReference, "the criterion of a line knows no 'status'")]
    [InlineData("latency: { s: { start: x, end: x } }", ErrorId.BadValue, "two different events")]
    [InlineData("artifacts: { signoff: reports/signoff.json }", ErrorId.BadValue, "with <day> in its name")]
    [InlineData("artifacts: { signoff: 'reports/<day>/signoff.json' }", ErrorId.BadValue, "with <day> in its name")]
    [InlineData("artifacts: { signoff: 's_<day>_<day>.json' }", ErrorId.BadValue, "with <day> in its name")]
    [InlineData("artifacts: { policy: 'policy_<day>.json' }", ErrorId.MissingKey, "what the policy's levels ask for")]
    [InlineData("levels: { incident: { severity: SEV-9, on-call: x } }", ErrorId.UnknownReference, "SEV-9")]
    [InlineData("levels: { incident: { severity: SEV-1 } }", ErrorId.MissingKey, "'on-call'")]
    [InlineData("source: nowhere", ErrorId.UnknownReference, "nowhere")]
    [InlineData("source: prometheus", ErrorId.BadValue, "no PostgreSQL database")]
    [InlineData("table: events", ErrorId.MissingKey, "none is named")]
    [InlineData("moments: { lunch: { at: '12:00' } }", ErrorId.UnknownKey, "lunch")]
    [InlineData("moments: { session: { looks-at: [weather] } }", ErrorId.BadValue, "policy, signoff, slo")]
    [InlineData("moments: { session: { phase: nowhere } }", ErrorId.UnknownReference, "nowhere")]
    [InlineData("weekly: { days: 0 }", ErrorId.BadValue, "1 to 31")]
    [InlineData("weekly: { owner: nobody }", ErrorId.UnknownReference, "nobody")]
    [InlineData("weekly: { group-by: ['a-b'] }", ErrorId.BadValue, "a label's name")]
    public void What_does_not_fit_is_named(string line, ErrorId id, string says)
    {
        var problem = Read.Problem(Read.Top(Severities, "sources: { prometheus: { url: 'http://localhost:9090' } }", "review:", "  " + line));
        Assert.Equal(id, problem.Id);
        Assert.Contains(says, problem.Message + problem.Hint, StringComparison.Ordinal);
        Assert.Equal(8, problem.Line);
    }
}
