using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Whether a rollout may start at a moment.</summary>
public static class WindowJudge
{
    private const string Subject = "deployment-windows";

    /// <summary>
    /// Judges a moment. Hours and days are those that a clock on the wall of the zone shows: an hour that a change of the clocks repeats
    /// is open twice, one that it leaves out isn't there.
    /// </summary>
    /// <param name="windows">The windows and freezes.</param>
    /// <param name="at">The moment.</param>
    /// <returns>Passed inside; Failed outside, with when it opens next; Inconclusive where this machine doesn't know the zone.</returns>
    public static Finding Judge(DeploymentWindows windows, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(windows.Zone, out var zone))
            return new Finding(Subject, Verdict.Inconclusive, $"this machine doesn't know the time zone {windows.Zone}")
            { Reason = ErrorId.BadValue };
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var now = Show(local, windows);
        var finding = new Finding(Subject, Verdict.Failed, "") { Condition = Describe(windows), Observed = now };
        if (FreezeAt(windows, local) is { } freeze)
        {
            var days = string.Create(CultureInfo.InvariantCulture, $"from {freeze.From:yyyy-MM-dd} until before {freeze.To:yyyy-MM-dd}");
            var why = freeze.Why is null ? "" : $" ({freeze.Why})";
            return finding with { Text = $"{now} is in the freeze {days}{why}; {Next(windows, zone, at)}" };
        }
        if (windows.Open.Count == 0)
            return finding with { Verdict = Verdict.Passed, Text = $"{now} is in no freeze" };
        return windows.Open.FirstOrDefault(hours => Covers(hours, local)) is { } open
            ? finding with { Verdict = Verdict.Passed, Text = $"{now} is in the window {Describe(open)}" }
            : finding with { Text = $"{now} is outside the deployment windows ({Describe(windows)}); {Next(windows, zone, at)}" };
    }

    private static string Next(DeploymentWindows windows, TimeZoneInfo zone, DateTimeOffset at) =>
        WindowCalendar.NextOpening(windows, zone, at) is { } next
        ? string.Create(CultureInfo.InvariantCulture,
            $"the next window opens {Show(TimeZoneInfo.ConvertTime(next, zone).DateTime, windows)}, {next.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")
        : $"none opens within {WindowCalendar.DaysAhead} days";

    /// <summary>The freeze that a local time is in; null for none.</summary>
    internal static Freeze? FreezeAt(DeploymentWindows windows, DateTime local) =>
        windows.Frozen.FirstOrDefault(f => DateOnly.FromDateTime(local) is var day && day >= f.From && day < f.To);

    /// <summary>Whether a local time is within hours; those over midnight belong to the day on which they begin.</summary>
    internal static bool Covers(OpenHours hours, DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        if (hours.From < hours.To)
            return Begins(hours, local.DayOfWeek) && time >= hours.From && time < hours.To;
        return (Begins(hours, local.DayOfWeek) && time >= hours.From) || (Begins(hours, local.AddDays(-1).DayOfWeek) && time < hours.To);
    }

    internal static bool Begins(OpenHours hours, DayOfWeek day) => hours.Days.Count == 0 || hours.Days.Contains(day);

    private static string Show(DateTime local, DeploymentWindows windows) =>
        string.Create(CultureInfo.InvariantCulture, $"{local:ddd yyyy-MM-dd HH:mm} {windows.Zone}");

    private static string Describe(DeploymentWindows windows) =>
        windows.Open.Count == 0 ? "any hour" : string.Join("; ", windows.Open.Select(Describe));

    private static string Describe(OpenHours hours)
    {
        var days = hours.Days.Count == 0 ? "daily" : string.Join(' ', hours.Days.Select(d => d.ToString()[..3]));
        return string.Create(CultureInfo.InvariantCulture, $"{days} {hours.From:HH:mm}-{hours.To:HH:mm}");
    }
}
