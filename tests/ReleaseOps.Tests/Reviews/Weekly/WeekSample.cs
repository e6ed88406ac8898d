using ReleaseOps.Reviews.Weekly;

namespace ReleaseOps.Tests.Reviews.Weekly;

/// <summary>A week of good days, by the built-in runbook; tests change what they are about.</summary>
internal static class WeekSample
{
    public static readonly DateOnly Friday = new(2026, 2, 20);

    public static WeeklyInput Input { get; } = new(DailySample.Book, [.. Enumerable.Range(16, 5).Select(d => Day(d))])
    {
        Timeline = [],
        Interventions = [],
        Alerts = [],
    };

    public static WeekDay Day(int day, double availability = 0.995, double errors = 0.15) => new(new DateOnly(2026, 2, day))
    {
        Path = FormattableString.Invariant($"m31_slo_incident_2026-02-{day:00}.json"),
        IsThere = true,
        Ok = true,
        Decision = Decision.Go,
        Severity = "SEV-3",
        EventTotal = 1000,
        RunTotal = 100,
        AvailabilityRate = availability,
        ErrorRate = errors,
        AllStages = true,
        Floor = new Dictionary<string, double> { ["duplicate_execution"] = 0 },
        P95 = new Dictionary<string, double> { ["execute_from_packet"] = 2.0 },
    };

    public static WeeklyInput With(int day, Func<WeekDay, WeekDay> change) =>
        Input with { Days = [.. Input.Days.Select(d => d.Day.Day == day ? change(d) : d)] };

    /// <summary>The same, some weeks later.</summary>
    public static WeeklyInput Later(WeeklyInput input, int weeks) =>
        input with { Days = [.. input.Days.Select(d => d with { Day = d.Day.AddDays(7 * weeks) })] };

    public static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 2, day, hour, minute, 0, TimeSpan.Zero);

    /// <summary>An intervention about an alert that fired for so many minutes.</summary>
    public static Intervention About(string alert, int day, int minutes, string? action, string instance = "a", string reason = "other", int hour = 2) =>
        new(At(day, hour, minutes), reason)
        {
            Action = action,
            Labels = new Dictionary<string, string> { ["alertname"] = alert, ["instance"] = instance },
            From = At(day, hour),
            To = At(day, hour, minutes),
        };

    public static WeeklyReviewResult Judged(this WeeklyInput input) => WeeklyJudge.Judge(input);
}
