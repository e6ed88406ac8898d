using ReleaseOps.Gates;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Evidence;

/// <summary>One fixed rollout with all that a rollout can have in it, its dry run, and a rollback by itself.</summary>
internal static class RolloutSample
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 30, 0, 250, TimeSpan.Zero);

    private static readonly Runbook Runbook = Sample.Runbook with
    {
        Waivers = [new Waiver("full", "latency_p95 < 110", "the report of March runs", "lea", Start.AddDays(1))],
    };

    public static Plan Plan { get; } = Sample.Plan with
    {
        Runbook = Runbook,
        Phases = ["deploy"],
        Steps = [Head("canary", 10), Step("to-canary", "canary"), Step("health", "canary", null), Head("full", 100), Step("to-full", "full"), Head("last", 100)],
    };

    /// <summary>It went through one stage on a person's word, and back from the next.</summary>
    public static RolloutResult Result { get; } = new()
    {
        Run = "20260301-093000-4f2a",
        Runbook = Runbook.Name,
        Title = Runbook.Title,
        Release = Plan.Release,
        Decision = RolloutDecision.Rollback,
        Reason = "trigger errors: error_rate 6.1 % is >= 5.0 % (held 10m of 10m)",
        Weight = 0,
        StartedAt = Start,
        Elapsed = TimeSpan.FromMinutes(31),
        Actor = "ana",
        Plan = Plan,
        Stages = [Canary(), Full()],
        Triggers = [Fired, new Finding("unhealthy", Verdict.Inconclusive, "no answer within 5s") { Reason = ErrorId.TimedOut, Required = false }],
        Rollback = new RollbackResult
        {
            Reason = "trigger errors: error_rate 6.1 % is >= 5.0 % (held 10m of 10m)",
            Trigger = "errors",
            StartedAt = Start.AddMinutes(30),
            Elapsed = TimeSpan.FromSeconds(41.5),
            Within = TimeSpan.FromMinutes(5),
            Verdict = Verdict.Passed,
            Steps = [Seen("rollback", "rollback:deploy", Verdict.Passed, "back on v0.0.9") with { Changes = "production", Notes = ["try 1 ended with exit 1"] }],
            Findings = [new Finding("rollback:within", Verdict.Passed, "the rollback took 41.5 s, within 5m") { Required = false }],
        },
        Attestations =
        [
            new Attested("qa1", Start.AddHours(-1), AttestedKind.Vote, "go") { Role = "qa", Subject = "release", Reason = "regression passed" },
            new Attested("bob", Start.AddMinutes(11), AttestedKind.Signal, "promote") { Reason = "seen by eye" },
        ],
        Findings = [Fired, new Finding("rollback:rehearsed", Verdict.Inconclusive, "the way back was never rehearsed") { Required = false }],
    };

    public static RolloutResult DryRun { get; } = Result with
    {
        Run = null,
        Decision = null,
        Reason = null,
        Weight = null,
        Elapsed = TimeSpan.Zero,
        Stages = [],
        Triggers = [],
        Rollback = null,
        Attestations = [],
        Findings = [],
    };

    public static RolloutResult Back { get; } = Result with { Stages = [], Triggers = [], Attestations = [], Plan = Plan with { Phases = [], Steps = [] } };

    private static Finding Fired => new("errors", Verdict.Failed, "error_rate 6.1 % is >= 5.0 % (held 10m of 10m)")
    {
        Condition = "error_rate >= 5.0",
        Observed = "6.1",
        Query = "100 * sum(rate(errors[5m])) / sum(rate(requests[5m]))",
        Source = "/srv/runbooks/aris3.yaml:71:9",
    };

    private static StageResult Canary() => new()
    {
        Stage = "canary",
        Weight = 10,
        Decision = RolloutDecision.Proceed,
        Reason = "bob decided to go on (seen by eye), although gate canary: availability could not be told",
        StartedAt = Start,
        Elapsed = TimeSpan.FromMinutes(12),
        Looks = 24,
        DecidedBy = "bob",
        Steps = [Seen("deploy", "to-canary", Verdict.Passed, "moved 10 %") with { Changes = "production" }],
        Checks = [Seen("deploy", "health", Verdict.Passed, "200 OK")],
        Gate = new GateResult("canary", Decision.Hold,
        [
            new Finding("availability >= 99.5", Verdict.Inconclusive, "availability has no data") { Condition = "availability >= 99.5", Reason = ErrorId.NoData },
        ])
        { Score = 50 },
    };

    private static StageResult Full() => new()
    {
        Stage = "full",
        Weight = 100,
        Decision = RolloutDecision.Rollback,
        Reason = "trigger errors: error_rate 6.1 % is >= 5.0 % (held 10m of 10m)",
        StartedAt = Start.AddMinutes(12),
        Elapsed = TimeSpan.FromMinutes(18),
        Looks = 36,
        Gate = new GateResult("full", Decision.NoGo,
        [
            new Finding("error_rate < 1.5", Verdict.Failed, "error_rate 6.1 % is not < 1.5 %")
            {
                Condition = "error_rate < 1.5",
                Observed = "6.1",
                Query = "100 * sum(rate(errors[5m])) / sum(rate(requests[5m]))",
                Samples = 36,
                Source = "/srv/runbooks/aris3.yaml:62:15",
            },
            new Finding("latency_p95 < 110", Verdict.Failed, "latency_p95 130 ms is not < 110 ms (waived until 2026-03-02 by lea: the report of March runs)") { Required = false },
            new Finding("saturation < 80", Verdict.Passed, "shadow: saturation 40 % is < 80 %") { Required = false },
        ]),
    };

    private static PlannedStep Head(string stage, double weight) => new()
    {
        Phase = "deploy",
        Id = "deploy:" + stage,
        Kind = "stage",
        Does = FormattableString.Invariant($"{weight} % of the traffic"),
        Stage = stage,
        Approval = "decision-owner",
        DueAt = new TimeOffset(TimeSpan.FromMinutes(-60)),
    };

    private static PlannedStep Step(string id, string stage, string? changes = "production") => new()
    {
        Phase = "deploy",
        Id = id,
        Kind = "command",
        Does = "./deploy.sh",
        Stage = stage,
        Changes = changes,
    };

    private static StepResult Seen(string phase, string id, Verdict verdict, string detail) => new()
    {
        Phase = phase,
        Id = id,
        Verdict = verdict,
        Detail = detail,
        StartedAt = Start,
        Elapsed = TimeSpan.FromSeconds(3),
        Tries = 1,
        Log = $"logs/{id}.log",
        Findings = [new Finding(id, verdict, "exit 0 is == 0") { Evidence = $"logs/{id}.log" }],
    };
}
