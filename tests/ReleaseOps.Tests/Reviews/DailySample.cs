using System.Text.Json;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Reviews;

/// <summary>A day that passes, by the built-in runbook; tests change what they are about.</summary>
internal static class DailySample
{
    public static readonly DateOnly Day = new(2026, 2, 21);

    // The digest of a file that changes would be in every golden document.
    public static readonly Runbook Book = RunbookReader.Load(Path.Join(Golden.Root, "module/runbooks/m31-slo-review.yaml")) with { Digest = new string('a', 64) };

    public static readonly Review Review = Book.Review!;

    public const string Policy = """{"escalation_level":"normal","policy":{"manual_approval_only":false,"oncall_escalation":"none"}}""";

    public const string Signoff = """{"approved":true,"go_live_decision":"approve_go_live"}""";

    public static DayCounts Counts { get; } = new()
    {
        Day = Day,
        EventTotal = 1000,
        ErrorTotal = 1,
        RunTotal = 100,
        FailedRunTotal = 1,
        StageErrorTop = [new StageErrors("execute_from_packet", 1)],
        Counters = [new NamedCount("cooldown_transition_total", 3), new NamedCount("intervention_total", 2)],
        Floor = [.. Review.Floor.Select(f => new NamedCount(f.Name, 0))],
        Latency =
        [
            new StageLatency("execute_from_packet") { Count = 99, Unpaired = 1, P50 = 1.0, P95 = 2.5, P99 = 3.25 },
            new StageLatency("commander_router"),
        ],
        Faults = new LogFaults { Lines = 1003, Blank = 2, Malformed = 1, AmongDay = 1, Places = ["events.jsonl:17: no JSON object"] },
    };

    public static DailyInput Input { get; } = new(Book, Counts, new ReviewThresholds(0.99, 0.2), Moment(ReviewMomentKind.PostClose))
    {
        Policy = Artifact("policy.json", Policy),
        Signoff = Artifact("signoff.json", Signoff),
        Sources = ["events.jsonl"],
    };

    public static ReviewMoment Moment(ReviewMomentKind kind) => Review.Moments.Single(m => m.Kind == kind);

    public static ReviewArtifact Artifact(string path, string json) => new(path, Day, JsonElement.Parse(json), []);

    public static DailyInput With(Func<DayCounts, DayCounts> counts) => Input with { Counts = counts(Counts) };

    public static DailyInput WithPolicy(string json) => Input with { Policy = Artifact("policy.json", json) };

    public static DailyReviewResult Judged(this DailyInput input) => DailyJudge.Judge(input);
}
