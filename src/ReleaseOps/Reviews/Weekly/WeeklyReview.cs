using System.Text.Json;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>What a weekly review is asked. Paths may be relative to the folder.</summary>
/// <param name="Folder">The folder that relative paths start from, full.</param>
public sealed record WeeklyReviewOptions(string Folder)
{
    /// <summary>The last day; today, in the review's time zone, unless told otherwise.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The reviews of days, paths; those in <see cref="Reports"/> unless some are named.</summary>
    public IReadOnlyList<string> Days { get; init; } = [];

    /// <summary>Where the reviews are; the runbook's own place unless told otherwise.</summary>
    public string? Reports { get; init; }

    /// <summary>The timeline of incidents: a ledger, its folder, or JSON Lines; null for none.</summary>
    public string? Timeline { get; init; }

    /// <summary>The log of interventions, JSON Lines; null for none.</summary>
    public string? Interventions { get; init; }

    /// <summary>The alerts that aren't resolved, as Alertmanager lists them; null for none.</summary>
    public string? Alerts { get; init; }

    /// <summary>The review before this one; the newest one of an earlier day beside the reviews unless one is named.</summary>
    public string? Previous { get; init; }

    /// <summary>Changes that somebody asks for, takes over or closes; null for none.</summary>
    public string? Changes { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The weekly review: reads what the days and people left, and judges it.</summary>
public static class WeeklyReview
{
    /// <summary>Reviews a week. It writes nothing.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="ReleaseOpsException">
    /// NothingToRun: the runbook has no review. Usage: a day has two reviews, or the calendar has no room for the week.
    /// </exception>
    public static WeeklyReviewResult Run(Runbook runbook, WeeklyReviewOptions options)
    {
        var review = DailyReview.Of(runbook);
        var trading = TradingDays.UpTo(review.Weekly, options.Day ?? DailyReview.Today(review, options.Clock));
        var problems = new List<string>();
        var logs = new WeekLogs(problems);
        var days = Days(review, options, trading, problems);
        var previous = options.Previous ?? Newest(review, options, trading[^1].AddDays(-1));
        var earlier = ArtifactReader.NameOf(WeekPattern(review, options), trading[^1]);
        var kept = File.Exists(Full(earlier)) ? earlier : null;
        JsonElement? before = null;
        var input = new WeeklyInput(runbook, days)
        {
            Timeline = options.Timeline is { } timeline ? logs.Timeline(Full(timeline), timeline) : null,
            Interventions = options.Interventions is { } interventions ? logs.Interventions(Full(interventions), interventions) : null,
            Alerts = options.Alerts is { } alerts ? logs.Alerts(Full(alerts), alerts, review.Weekly.GroupBy) : null,
            Carried = previous is null ? [] : logs.Changes(Full(previous), previous, out before),
            Kept = kept is null ? [] : logs.Changes(Full(kept), kept, out _),
            Given = options.Changes is { } changes ? logs.Changes(Full(changes), changes, out _) : [],
            Sources = [.. days.Where(d => d.IsThere).Select(d => d.Path)
                .Concat(new[] { options.Timeline, options.Interventions, options.Alerts, previous, kept, options.Changes }.OfType<string>())],
        };
        return WeeklyJudge.Judge(input with { Problems = problems, LastWeek = LastWeek(before, trading[0]) });

        string Full(string path) => Path.GetFullPath(path, options.Folder);
    }

    // Of a review whose days are partly those of this one its counts aren't those of another week.
    private static Dictionary<string, double>? LastWeek(JsonElement? review, DateOnly first) =>
        ForeignJson.Member(review, "failure_classes") is { ValueKind: JsonValueKind.Array } classes && ForeignJson.Day(review, "day") < first
            ? ForeignJson.Named(classes, "id", "total") : null;

    private static IReadOnlyList<WeekDay> Days(Review review, WeeklyReviewOptions options, IReadOnlyList<DateOnly> days, List<string> problems)
    {
        if (options.Days.Count == 0)
            return
            [
                .. days.Select(day =>
                {
                    var shown = ArtifactReader.NameOf(InReports(options, review.Files.Report), day) + ".json";
                    return DayDocument.Read(Path.GetFullPath(shown, options.Folder), shown, day, review);
                }),
            ];
        var named = options.Days.DistinctBy(path => Path.GetFullPath(path, options.Folder), StringComparer.Ordinal)
            .Select(path => DayDocument.Read(Path.GetFullPath(path, options.Folder), path, null, review)).ToList();
        if (named.Where(d => d.IsThere).GroupBy(d => d.Day).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ReleaseOpsException(ErrorId.Usage, FormattableString.Invariant($"{twice.Key:yyyy-MM-dd} has more than one review: ")
                + $"{string.Join(", ", twice.Select(d => d.Path))}.", "Name the one that counts.", twice.Last().Path);
        problems.AddRange(named.Where(d => !d.IsThere || !days.Contains(d.Day))
            .SelectMany(d => d.Problems.DefaultIfEmpty($"{d.Path}: not a day of this week")));
        return [.. days.Select(day => named.FirstOrDefault(d => d.IsThere && d.Day == day)
            ?? new WeekDay(day) { Problems = [FormattableString.Invariant($"no review of {day:yyyy-MM-dd} was named")] })];
    }

    private static string InReports(WeeklyReviewOptions options, string pattern) =>
        options.Reports is null ? pattern : Path.Join(options.Reports, Path.GetFileName(pattern));

    private static string WeekPattern(Review review, WeeklyReviewOptions options) => InReports(options, review.Weekly.Report) + ".json";

    private static string? Newest(Review review, WeeklyReviewOptions options, DateOnly upTo)
    {
        var pattern = WeekPattern(review, options);
        return ArtifactReader.Newest(Path.GetFullPath(pattern, options.Folder), upTo) is { } day ? ArtifactReader.NameOf(pattern, day) : null;
    }
}
