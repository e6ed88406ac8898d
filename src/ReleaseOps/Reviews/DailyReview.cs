using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>What a daily review is asked.</summary>
/// <param name="Folder">The folder that relative paths start from, full.</param>
public sealed record DailyReviewOptions(string Folder)
{
    /// <summary>The day; today, in the review's time zone, unless told otherwise.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The moment.</summary>
    public ReviewMomentKind Moment { get; init; } = ReviewMomentKind.PostClose;

    /// <summary>Event logs, paths; <c>-</c> is <see cref="StandardInput"/>. The runbook's where there are none.</summary>
    public IReadOnlyList<string> EventLogs { get; init; } = [];

    /// <summary>What <c>-</c> is; null where there is nothing to read.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Where the policies are; the runbook's own place unless told otherwise.</summary>
    public string? PolicyFolder { get; init; }

    /// <summary>Where the signoffs are; the runbook's own place unless told otherwise.</summary>
    public string? SignoffFolder { get; init; }

    /// <summary>The least availability, 0 to 1; the runbook's unless told otherwise.</summary>
    public double? MinAvailabilityRate { get; init; }

    /// <summary>The largest error rate, 0 to 1; the runbook's unless told otherwise.</summary>
    public double? MaxErrorRate { get; init; }

    /// <summary>How the logs are read.</summary>
    public LogReadOptions Reading { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Is told how far the reading is, from any thread.</summary>
    public IProgress<LogProgress>? Progress { get; init; }
}

/// <summary>The daily review: reads the log and the artifacts of a day, and judges them.</summary>
public static class DailyReview
{
    /// <summary>Reviews a day. It writes nothing.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun: the runbook has no review. Usage: no log is named, or a rate isn't from 0 to 1.</exception>
    public static async Task<DailyReviewResult> RunAsync(Runbook runbook, DailyReviewOptions options, CancellationToken cancellation)
    {
        var review = Of(runbook);
        var day = options.Day ?? Today(review, options.Clock);
        var thresholds = new ReviewThresholds(
            Rate(options.MinAvailabilityRate ?? review.MinAvailabilityRate, "availability"), Rate(options.MaxErrorRate ?? review.MaxErrorRate, "error rate"));
        var moment = review.Moments.First(m => m.Kind == options.Moment);
        var input = new DailyInput(runbook, new DayCounts { Day = day }, thresholds, moment)
        {
            Policy = moment.Looks.Contains(ReviewLook.Policy) && review.Files.Policy is { } policy
                ? ArtifactReader.Read(policy, options.PolicyFolder, options.Folder, day, moment.Latest) : null,
            Signoff = moment.Looks.Contains(ReviewLook.Signoff) && review.Files.Signoff is { } signoff
                ? ArtifactReader.Read(signoff, options.SignoffFolder, options.Folder, day, moment.Latest) : null,
        };
        if (moment.LooksAtLog)
            input = await CountedAsync(input, review, options, cancellation).ConfigureAwait(false);
        return DailyJudge.Judge(input);
    }

    /// <summary>The review of a runbook.</summary>
    /// <exception cref="ReleaseOpsException">NothingToRun.</exception>
    internal static Review Of(Runbook runbook) => runbook.Review ?? throw new ReleaseOpsException(
        ErrorId.NothingToRun, $"The runbook '{runbook.Name}' doesn't say how an event log is reviewed.", "Give it a section 'review', or name another one.", runbook.Name);

    /// <summary>Today, in the review's time zone.</summary>
    internal static DateOnly Today(Review review, TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(review.Zone)).DateTime);

    // A log that can't be read is a finding: the review of the day says so, rather than not to be there.
    private static async Task<DailyInput> CountedAsync(DailyInput input, Review review, DailyReviewOptions options, CancellationToken cancellation)
    {
        var sources = Sources(review, options);
        input = input with { Sources = [.. sources.Select(s => s.Name)] };
        try
        {
            return input with
            {
                Counts = await LogReview.CountAsync(sources, review, input.Counts.Day, options.Reading, options.Progress, cancellation).ConfigureAwait(false),
            };
        }
        catch (ReleaseOpsException e) when (e.Id == ErrorId.FileUnreadable)
        {
            return input with { Unread = e.Message };
        }
    }

    private static IReadOnlyList<LogSource> Sources(Review review, DailyReviewOptions options)
    {
        var named = options.EventLogs.Count > 0 ? options.EventLogs : review.EventLog is { } usual ? [usual] : throw new ReleaseOpsException(
            ErrorId.Usage, "No event log is named.", "Name one, or give the runbook's 'review' an 'event-log'.");
        if (named.Count(n => n == "-") > 1 || (named.Contains("-") && options.StandardInput is null))
            throw new ReleaseOpsException(ErrorId.Usage, "Standard input can't be read here, or is named twice.", "Name a file.", "-");
        return
        [
            .. named.Select(n => n == "-"
                ? LogSource.Of(options.StandardInput!)
                // As it was given, where that is the same file: places are shown with it.
                : LogSource.File(options.Folder == Environment.CurrentDirectory ? n : Path.GetFullPath(n, options.Folder))),
        ];
    }

    private static double Rate(double rate, string what) => rate is >= 0 and <= 1 ? rate : throw new ReleaseOpsException(
        ErrorId.Usage, FormattableString.Invariant($"A {what} of {rate} isn't from 0 to 1."), "Give a share: 0.99.");
}
