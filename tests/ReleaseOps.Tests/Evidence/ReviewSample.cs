using ReleaseOps.Reviews;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Tests.Reviews;
using ReleaseOps.Tests.Reviews.Weekly;

namespace ReleaseOps.Tests.Evidence;

/// <summary>A day and a week in which there is something of everything.</summary>
internal static class ReviewSample
{
    public static DailyReviewResult Day { get; } = DayWith("policy.json", "execute_from_packet");

    public static WeeklyReviewResult Week { get; } = WeekWith("router_stall");

    /// <summary>The day, with a text wherever one from outside can be.</summary>
    public static DailyReviewResult DayWith(string path, string stage) => (DailySample.Input with
    {
        Counts = DailySample.Counts with
        {
            StageErrorTop = [new StageErrors(stage, 1)],
            Floor = [new NamedCount("duplicate_execution", 1) { Places = [path + ":7"] }, .. DailySample.Counts.Floor.Skip(1)],
            Latency = [.. DailySample.Counts.Latency.Select(l => l with { Stage = stage })],
            Faults = DailySample.Counts.Faults with { Places = [path + ":17: no JSON object"] },
        },
        Policy = DailySample.Artifact(path, DailySample.Policy),
        Signoff = new ReviewArtifact(path, null, null, [path + ": not there"]),
        Sources = [path],
    }).Judged();

    /// <summary>The week, with a text wherever one from outside can be.</summary>
    public static WeeklyReviewResult WeekWith(string text)
    {
        var days = WeekSample.Input.Days.Select((d, i) => i switch
        {
            1 => new WeekDay(d.Day) { Path = text, Problems = [text + ": not there"] },
            3 => d with { Ok = false, Decision = Decision.NoGo, Severity = text, Failures = ["check_failed:" + text], AvailabilityRate = 0.9725, P95 = new Dictionary<string, double>() },
            _ => d with { StageErrors = new Dictionary<string, double> { [text] = i + 1 }, Path = text },
        });
        var input = WeekSample.Input with
        {
            Days = [.. days],
            Timeline =
            [
                new IncidentMark(WeekSample.At(17, 2), text, "opened") { Class = text, Severity = text, Text = text },
                new IncidentMark(WeekSample.At(18, 2), "INC-2", "resolved") { Ends = true },
            ],
            Interventions =
            [
                WeekSample.About(text, 16, 3, "none"), WeekSample.About(text, 17, 4, "none", reason: text), WeekSample.About(text, 18, 40, "restarted"),
                WeekSample.About(text, 18, 50, "restarted", text),
            ],
            Alerts = [new UnresolvedAlert("alertname=" + text, new Dictionary<string, string> { ["alertname"] = text }) { StartsAt = WeekSample.At(12, 1), State = text, Summary = text }],
            Carried = [new RunbookChange(text, text) { Owner = text, Due = WeekSample.Friday.AddDays(-1), Opened = WeekSample.Friday.AddDays(-7) }],
            Given = [new RunbookChange("new", "Somebody's idea")],
            LastWeek = new Dictionary<string, double> { ["errors:" + text] = 2 },
            Problems = [text],
            Sources = [text],
        };
        return input.Judged();
    }
}
