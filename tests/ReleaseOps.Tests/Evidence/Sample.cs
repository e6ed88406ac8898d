using ReleaseOps.Checklists;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Evidence;

/// <summary>One fixed result with every verdict in it, and its dry run.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 30, 0, 250, TimeSpan.Zero);

    public static Runbook Runbook { get; } = new()
    {
        Name = "aris3-go-live",
        Title = "ARIS3 v1 controlled go-live",
        Product = "ARIS3",
        File = "/srv/runbooks/aris3.yaml",
        Digest = new string('a', 64),
    };

    public static Plan Plan { get; } = new()
    {
        Runbook = Runbook,
        Release = new Release("ARIS3", "0.1.0-rc.3"),
        Steps =
        [
            Planned("pre-deploy", "git:working-tree-clean", "git", "git status in /srv/aris3") with { Expect = ["clean"] },
            Planned("pre-deploy", "migrations:upgrade-head", "command", "alembic upgrade head") with
            {
                Title = "Bring the schema to its head",
                Changes = "production schema",
                Expect = ["exit == 0"],
                Needs = ["git:working-tree-clean"],
                Timeout = TimeSpan.FromMinutes(15),
                Tries = 2,
                Owner = "Database",
                Role = "dba",
            },
            Planned("pre-deploy", "disk:headroom", "script", "df -P /\ndf -P /var | tail -1") with { Required = false, If = "params.disk" },
            Planned("verify", "health:ready-endpoints", "http", "GET https://aris3.example/health"),
            Planned("verify", "contract:stock", "http", "GET https://aris3.example/aris3/stock"),
            Planned("verify", "sign-off", "confirm", "Is the dashboard quiet?"),
        ],
        Rollback = [Planned("rollback", "rollback:deploy", "command", "./deploy.sh --tag v0.0.9") with { Changes = "production" }],
        Parameters = new Dictionary<string, object?>
        {
            ["version"] = "0.1.0-rc.3",
            ["budget"] = 0.5,
            ["disk"] = true,
            ["replicas"] = 3L,
            ["soak"] = TimeSpan.FromMinutes(10),
            ["greeting"] = "안녕 <b>| `x`",
        },
        Missing = [],
        Secrets = ["DATABASE_URL"],
        Phases = ["pre-deploy", "verify"],
        Digest = new string('b', 64),
        BallotDigest = new string('b', 64),
    };

    public static ChecklistResult Result { get; } = new()
    {
        Run = "20260301-093000-4f2a",
        Runbook = Runbook.Name,
        Title = Runbook.Title,
        Release = Plan.Release,
        Verdict = Verdict.Failed,
        Decision = Decision.NoGo,
        StartedAt = Start,
        Elapsed = TimeSpan.FromMilliseconds(72_345),
        Actor = "ana",
        Plan = Plan,
        Steps = Steps(),
        Findings = [.. Steps().SelectMany(s => s.Findings).OrderBy(f => f.Verdict.Rank())],
    };

    public static ChecklistResult DryRun { get; } = Result with
    {
        Run = null,
        Verdict = Verdict.Planned,
        Decision = null,
        Elapsed = TimeSpan.Zero,
        Steps = [],
        Findings = [],
        Plan = Plan with { Missing = ["host", "previous"] },
    };

    private static List<StepResult> Steps() =>
    [
        Seen("pre-deploy", "git:working-tree-clean", Verdict.Passed, "clean, main at 4f2a9c1", 0) with
        {
            Elapsed = TimeSpan.FromMilliseconds(12),
            Findings =
            [
                new Finding("git:working-tree-clean", Verdict.Passed, "clean is true")
                {
                    Condition = "clean",
                    Observed = "true",
                    Source = "/srv/runbooks/aris3.yaml:14:17",
                },
            ],
        },
        Seen("pre-deploy", "migrations:upgrade-head", Verdict.Passed, "INFO  [alembic] Running upgrade 7 -> 8", 1) with
        {
            Elapsed = TimeSpan.FromSeconds(4.5),
            Tries = 2,
            Changes = "production schema",
            Log = "logs/migrations_upgrade-head.2.log",
            Notes = ["pipe held by a background process, 2 survivors ended", "try 1 ended with exit 1"],
            Findings =
            [
                new Finding("migrations:upgrade-head", Verdict.Passed, "exit 0 is == 0")
                {
                    Condition = "exit == 0",
                    Observed = "0",
                    Evidence = "logs/migrations_upgrade-head.2.log",
                },
            ],
        },
        Seen("pre-deploy", "disk:headroom", Verdict.Failed, "/dev/sda1 | 91%", 6) with
        {
            Required = false,
            Elapsed = TimeSpan.FromMilliseconds(3),
            Findings =
            [
                new Finding("disk:headroom", Verdict.Failed, "used 91 % is not < 80 %")
                {
                    Condition = "used < 80",
                    Observed = "91",
                    Required = false,
                },
            ],
        },
        Seen("verify", "health:ready-endpoints", Verdict.Failed, "503 Service Unavailable, 0 bytes in 31 ms", 8) with
        {
            Elapsed = TimeSpan.FromMilliseconds(31),
            Log = "logs/health_ready-endpoints.log",
            Findings =
            [
                new Finding("health:ready-endpoints", Verdict.Failed, "status 503 is not == 200")
                {
                    Condition = "status == 200",
                    Observed = "503",
                    Source = "/srv/runbooks/aris3.yaml:41:9",
                    Evidence = "logs/health_ready-endpoints.log",
                },
            ],
        },
        Seen("verify", "contract:stock", Verdict.Inconclusive, "no answer within 30s", 9) with
        {
            Elapsed = TimeSpan.FromSeconds(30),
            Findings =
            [
                new Finding("contract:stock", Verdict.Inconclusive, "no answer within 30s")
                {
                    Reason = ErrorId.TimedOut,
                },
            ],
        },
        Seen("verify", "sign-off", Verdict.Skipped, "left out: health:ready-endpoints failed", 40) with
        {
            Tries = 0,
            Findings = [new Finding("sign-off", Verdict.Skipped, "left out: health:ready-endpoints failed")],
        },
    ];

    private static PlannedStep Planned(string phase, string id, string kind, string does) =>
        new() { Phase = phase, Id = id, Kind = kind, Does = does, Timeout = TimeSpan.FromMinutes(5) };

    private static StepResult Seen(string phase, string id, Verdict verdict, string detail, int second) => new()
    {
        Phase = phase,
        Id = id,
        Verdict = verdict,
        Detail = detail,
        StartedAt = Start.AddSeconds(second),
        Tries = 1,
        Findings = [],
    };
}
