using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

/// <summary>One fixed watch of a day with all that a watch can have in it: an incident at T+3h, gaps, objectives, people.</summary>
internal static class WatchSample
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly Runbook Runbook = Sample.Runbook with
    {
        Name = "aris3-day1-stability-watch",
        Title = "POST-GA Day 1 Stability Watch (T+24h)",
        Watch = new Watch(TimeSpan.FromHours(24))
        {
            Commander = "incident-commander",
            NoGoOpen = ["SEV0", "SEV1"],
            NoGoEver = ["SEV0"],
            Gates = [new WatchGate("day-one", true), new WatchGate("capacity", false)],
            Maintenance = [new Maintenance(new TimeOffset(TimeSpan.FromHours(14)), TimeSpan.FromMinutes(45), "index rebuild, agreed with Ops")],
        },
    };

    public static Plan Plan { get; } = Sample.Plan with
    {
        Runbook = Runbook,
        Phases = [],
        Rollback = [],
        Steps = [Planned("post-ga-gate"), Planned("integrity"), Planned("rollback-path")],
    };

    /// <summary>It ended, and a SEV1 without verified mitigation made it NO-GO.</summary>
    public static WatchResult Result { get; } = new()
    {
        Run = "20260301-090000-4f2a",
        Runbook = Runbook.Name,
        Title = Runbook.Title,
        Release = Plan.Release,
        Decision = Decision.NoGo,
        Ended = true,
        T0 = T0,
        EndsAt = T0.AddHours(24),
        Interval = TimeSpan.FromMinutes(1),
        LastLookAt = T0.AddHours(24),
        AsOf = T0.AddHours(24),
        Commander = "lea",
        StartedAt = T0.AddMinutes(4),
        Elapsed = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(4),
        Actor = "ana",
        Plan = Plan,
        Looks = 1441,
        FromHistory = 12,
        Untold = 33,
        Incidents = Incidents(),
        Reviews =
        [
            Review("T+2h", 2, "First stability review", "QA Lead") with { DoneAt = T0.AddMinutes(128), DoneBy = "qa1", Note = "quiet, no drift" },
            Review("T+6h", 6, "Triage review with Engineering", "Dev On-call") with { DoneAt = T0.AddMinutes(410), DoneBy = "bob", Note = "INC-1 under way" },
            Review("T+12h", 12, "Half-time review", "Ops Lead"),
            Review("T+24h", 24, "Final GO/NO-GO", "Incident Commander") with { Required = true },
        ],
        Thresholds = Thresholds(),
        Severities =
        [
            Found("SEV1", Verdict.Failed, "error_rate 5.4 % is >= 5 % (held 10m of 10m)", "error_rate >= 5"),
            Found("SEV2", Verdict.Passed, "latency_p95 231 ms is not > 500 ms", "latency_p95 > 500"),
            Found("SEV3", Verdict.Inconclusive, "export_delay has no data", "export_delay > 900") with { Reason = ErrorId.NoData },
        ],
        Slos = Slos(),
        Gates =
        [
            new GateResult("day-one", Decision.NoGo,
            [
                Found("error_rate < 1", Verdict.Failed, "error_rate 5.4 % is not < 1 %", "error_rate < 1") with
                {
                    Query = "100 * sum(rate(http_requests_total{status=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m]))",
                    Observed = "5.4",
                    Source = "/srv/runbooks/watch.yaml:62:15",
                },
                Found("checkout_success >= 99.5", Verdict.Passed, "checkout_success 99.71 % is >= 99.5 %", "checkout_success >= 99.5"),
            ]),
            new GateResult("capacity", Decision.Hold, [Found("saturation < 80", Verdict.Inconclusive, "saturation has no data", "saturation < 80")]),
        ],
        Checks =
        [
            Check("post-ga-gate", Verdict.Passed, "smoke: 41 passed in 38.2 s"),
            Check("integrity", Verdict.Failed, "2 lines with received + lost > dispatched") with
            {
                Findings = [new Finding("integrity", Verdict.Failed, "violations 2 is not == 0") { Condition = "violations == 0", Evidence = "logs/integrity.log" }],
            },
        ],
        Gaps =
        [
            new WatchGap(T0.AddMinutes(570), T0.AddMinutes(594), 24, "prometheus: no answer within 10s"),
            new WatchGap(T0.AddHours(19), T0.AddMinutes(1149), 9, "latency_p95 has no data"),
        ],
        Exit = new ExitStanding(TimeSpan.FromHours(24), TimeSpan.FromMinutes(72))
        {
            LastBreak = "INC-3 opened (SEV1)",
            LastBreakAt = T0.AddMinutes(1356),
            Accepted = new Dictionary<string, string?> { ["engineering"] = "bob", ["product-ops"] = null },
        },
        Calls = Calls(),
        Words =
        [
            new WatchWord(WatchWordKind.Acknowledge, "bob", T0.AddMinutes(187)) { Subject = "INC-1", Role = "dev-on-call" },
            new WatchWord(WatchWordKind.Mitigate, "bob", T0.AddMinutes(232)) { Subject = "INC-1", Text = "connection pool doubled, pods restarted" },
            new WatchWord(WatchWordKind.Review, "qa1", T0.AddMinutes(128)) { Subject = "T+2h", Text = "quiet, no drift" },
            new WatchWord(WatchWordKind.Commander, "ana", T0.AddHours(8)) { Value = "lea", Text = "end of shift" },
            new WatchWord(WatchWordKind.Accept, "bob", T0.AddHours(23)) { Role = "engineering" },
        ],
        Plots = WatchPlots.Of(T0),
        Budgets = WatchPlots.Budgets(T0),
        Findings =
        [
            Found("INC-3", Verdict.Failed, "SEV1 INC-3 is open and not mitigated: error_rate 5.4 % is >= 5 %", "error_rate >= 5"),
            new Finding("integrity", Verdict.Failed, "integrity: 2 lines with received + lost > dispatched") { Evidence = "logs/integrity.log" },
            new Finding("day-one", Verdict.Failed, "gate day-one: error_rate 5.4 % is not < 1 %"),
            new Finding("rollback-path", Verdict.Inconclusive, "rollback-path was never looked at"),
            new Finding("gaps", Verdict.Inconclusive, "for 24m on end it could not be told, more than 15m"),
            new Finding("T+24h", Verdict.Inconclusive, "the review T+24h wasn't done: Final GO/NO-GO"),
            new Finding("exit", Verdict.Inconclusive, "clean for 1h12m of 24h"),
            new Finding("looks", Verdict.Passed, "1441 looks, 12 of them from history, 33 could not tell something"),
            new Finding("INC-1", Verdict.Passed, "SEV2 INC-1 is resolved: error_rate 6.8 % is >= 5 % (held 10m of 10m)"),
            new Finding("INC-1", Verdict.Failed, "SEV2 INC-1 was to be acknowledged by 12:05 and was at 12:07") { Required = false },
            new Finding("INC-3", Verdict.Failed, "SEV1 INC-3 was to be acknowledged by 07:48 and wasn't") { Required = false },
            new Finding("INC-2", Verdict.Inconclusive, "SEV3 INC-2 is open: exports to the data lake are an hour late") { Required = false },
            new Finding("capacity", Verdict.Inconclusive, "gate capacity: saturation has no data") { Required = false },
        ],
    };

    /// <summary>The same nine hours in, with everything quiet but for the incident.</summary>
    public static WatchResult Going { get; } = Result with
    {
        Decision = Decision.Hold,
        Ended = false,
        AsOf = T0.AddHours(9).AddSeconds(2),
        LastLookAt = T0.AddHours(9),
        Looks = 541,
        Untold = 0,
        Incidents = [.. Incidents().Take(1)],
        Gaps = [],
        Checks = [Check("post-ga-gate", Verdict.Passed, "smoke: 41 passed in 38.2 s")],
        Calls = [.. Calls().Where(c => c.At < T0.AddHours(9))],
        Words = [.. Result.Words.Where(w => w.At < T0.AddHours(9))],
        Plots = [.. Result.Plots.Select(p => p with { Points = [.. p.Points.Where(x => x.At <= T0.AddHours(9))] })],
        Budgets = [.. Result.Budgets.Select(p => p with { Points = [.. p.Points.Where(x => x.At <= T0.AddHours(9))] })],
        Findings = [new Finding("day-one", Verdict.Inconclusive, "gate day-one: latency_p95 has no data")],
    };

    /// <summary>The first, with few points in its plots: small enough to be read in a diff.</summary>
    public static WatchResult Small { get; } = Result with
    {
        Plots = [.. Result.Plots.Take(2).Select(p => p with { Points = [.. p.Points.Where((_, i) => i % 45 == 0)] })],
        Budgets = [.. Result.Budgets.Take(1).Select(p => p with { Points = [.. p.Points.Where((_, i) => i % 24 == 0)] })],
    };

    public static WatchResult DryRun { get; } = new()
    {
        Runbook = Runbook.Name,
        Title = Runbook.Title,
        Release = Plan.Release,
        T0 = T0,
        EndsAt = T0.AddHours(24),
        Interval = TimeSpan.FromMinutes(1),
        AsOf = T0,
        StartedAt = T0,
        Actor = "ana",
        Plan = Plan with { Missing = ["host"] },
    };

    /// <summary>Nothing but what must be there, and GO.</summary>
    public static WatchResult Quiet { get; } = Result with
    {
        Decision = Decision.Go,
        Incidents = [],
        Gaps = [],
        Untold = 0,
        Findings = [new Finding("looks", Verdict.Passed, "every look could tell")],
        Gates = [],
        Checks = [.. Plan.Steps.Select(s => Check(s.Id, Verdict.Passed, "ok"))],
        Exit = null,
    };

    private static WatchIncident[] Incidents() =>
    [
        new("INC-1", "trigger:error-rate", "SEV2", T0.AddHours(3), "error_rate 6.8 % is >= 5 % (held 10m of 10m)")
        {
            CalledAt = T0.AddHours(3),
            Owner = "Feature Dev + QA",
            Escalation = "Daily stability review",
            AcknowledgeBy = T0.AddMinutes(185),
            AcknowledgedAt = T0.AddMinutes(187),
            AcknowledgedBy = "bob",
            MitigateBy = T0.AddHours(7),
            MitigatedAt = T0.AddMinutes(232),
            MitigatedBy = "bob",
            Mitigation = "connection pool doubled, pods restarted",
            VerifiedAt = T0.AddMinutes(252),
            ResolvedAt = T0.AddMinutes(290),
            ResolvedBy = "lea",
            LastSeenAt = T0.AddMinutes(236),
        },
        new("INC-2", "person", "SEV3", T0.AddHours(11), "exports to the data lake are an hour late")
        {
            CalledAt = T0.AddHours(11),
            Owner = "Backlog owner",
            MitigatedAt = T0.AddHours(16),
            MitigatedBy = "kim",
            Mitigation = "export job rescheduled",
        },
        new("INC-3", "severity", "SEV1", T0.AddMinutes(1356), "error_rate 5.4 % is >= 5 % (held 10m of 10m)")
        {
            CalledAt = T0.AddMinutes(1356).AddMinutes(2),
            Owner = "Dev On-call + QA Lead",
            Escalation = "Engineering Manager",
            AcknowledgeBy = T0.AddMinutes(1356).AddMinutes(12),
            MitigateBy = T0.AddMinutes(1356).AddMinutes(62),
            LastSeenAt = T0.AddHours(24),
            NextUpdateAt = T0.AddHours(24).AddMinutes(15),
        },
    ];

    private static ThresholdStanding[] Thresholds() =>
    [
        new("errors", "threshold", "error_rate > 0.5")
        {
            Latest = Found("errors", Verdict.Failed, "error_rate 5.4 % is > 0.5 %", "error_rate > 0.5"),
            IsBreached = true,
            Breaches = 4,
            FirstBreach = T0.AddMinutes(172),
            Breached = TimeSpan.FromMinutes(171),
            Action = "look at the last deploy; page Dev On-call",
            Normal = "error_rate > 1",
            NormalBreaches = 2,
            NormalFirstBreach = T0.AddMinutes(175),
            NormalBreached = TimeSpan.FromMinutes(150),
        },
        new("latency", "threshold", "latency_p95 > 300")
        {
            Latest = Found("latency", Verdict.Passed, "latency_p95 231 ms is not > 300 ms", "latency_p95 > 300"),
            Normal = "latency_p95 > 350",
        },
        new("exports", "trigger", "export_delay > 900") { Latest = new Finding("exports", Verdict.Inconclusive, "export_delay has no data") { Reason = ErrorId.NoData } },
    ];

    private static SloStanding[] Slos() =>
    [
        new("availability", 99.9, TimeSpan.FromDays(30))
        {
            At = T0.AddHours(24),
            Attained = 99.8812,
            BudgetLeft = -18.8,
            Total = 41_820_331,
            Bad = 49_684,
            Untold = TimeSpan.FromMinutes(25),
            Excluded = TimeSpan.FromMinutes(45),
            Burns =
            [
                new BurnLook(new BurnRule(14.4, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), Page: true), true, "52x over 1h and 54x over 5m, not below 14.4x") { LongRate = 52.1, ShortRate = 54.03 },
                new BurnLook(new BurnRule(1, TimeSpan.FromDays(3), TimeSpan.FromHours(6), Page: false), null, "the long window can't be told") { ShortRate = 9.2 },
            ],
            Text = "99.881 % of 41820331 events were good, 99.9 % is asked: the budget is overspent by 18.8 %",
        },
        new("checkout", 99.5, TimeSpan.FromDays(30))
        {
            At = T0.AddHours(24),
            Attained = 99.9,
            BudgetLeft = 80,
            Total = 3000,
            Bad = 3,
            Burns = [new BurnLook(new BurnRule(6, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), Page: true), false, "0.2x over 6h") { LongRate = 0.2, ShortRate = 0, IsSmall = true }],
            Text = "99.9 % of 3000 events were good, 99.5 % is asked; the sample is small",
        },
    ];

    private static WatchCall[] Calls() =>
    [
        Call(CallKind.Breached, 172, "errors", Verdict.Failed, "errors is breached: error_rate 0.9 % is > 0.5 %; look at the last deploy"),
        Call(CallKind.IncidentOpened, 180, "INC-1", Verdict.Failed, "INC-1 (SEV2): error_rate 6.8 %; Feature Dev + QA acknowledge by 12:30"),
        Call(CallKind.BudgetBurning, 185, "availability", Verdict.Failed, "availability burns 41x over 1h and 63x over 5m"),
        Call(CallKind.MitigationVerified, 252, "INC-1", Verdict.Passed, "INC-1: the signal has been gone for 15m"),
        Call(CallKind.Cleared, 262, "errors", Verdict.Passed, "errors is no longer breached"),
        Call(CallKind.ReviewOverdue, 750, "T+12h", Verdict.Inconclusive, "the review T+12h (Half-time review, Ops Lead) is overdue"),
        Call(CallKind.IncidentOpened, 1358, "INC-3", Verdict.Failed, "INC-3 (SEV1): error_rate 5.4 %; Dev On-call + QA Lead acknowledge by 07:48"),
        Call(CallKind.AcknowledgeOverdue, 1368, "INC-3", Verdict.Failed, "nobody has acknowledged INC-3 (SEV1); Engineering Manager is next"),
        Call(CallKind.DecisionChanged, 1368, "decision", Verdict.Failed, "GO became NO-GO"),
    ];

    private static WatchCall Call(CallKind kind, int minute, string subject, Verdict verdict, string text) =>
        new($"{subject}:{kind}", kind, T0.AddMinutes(minute), subject, verdict, text);

    private static Finding Found(string subject, Verdict verdict, string text, string condition) => new(subject, verdict, text) { Condition = condition };

    private static ReviewStanding Review(string due, int hours, string what, string owner) =>
        new(due, what, T0.AddHours(hours)) { Owner = owner, OverdueAt = T0.AddHours(hours).AddMinutes(30) };

    private static StepResult Check(string id, Verdict verdict, string detail) => new()
    {
        Phase = "watch",
        Id = id,
        Verdict = verdict,
        Detail = detail,
        StartedAt = T0.AddMinutes(1434),
        Elapsed = TimeSpan.FromSeconds(38.2),
        Tries = 1,
        Log = $"logs/{id}.log",
        Findings = [new Finding(id, verdict, detail)],
    };

    private static PlannedStep Planned(string id) =>
        new() { Phase = "watch", Id = id, Kind = "command", Does = "./" + id, Timeout = TimeSpan.FromMinutes(5) };
}
