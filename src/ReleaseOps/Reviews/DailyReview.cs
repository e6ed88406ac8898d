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

    /// <summary>
    /// Event logs, paths; <c>-</c> is <see cref="StandardInput"/>. In their place one connection string or URI of a PostgreSQL database.
    /// The runbook's where there are none.
    /// </summary>
    public IReadOnlyList<string> EventLogs { get; init; } = [];

    /// <summary>The runbook's source that has the events as rows, in place of logs; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>The table or view in the database; the runbook's unless told otherwise.</summary>
    public string? Table { get; init; }

    /// <summary>Values of the runbook's parameters, for its source.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gives an environment variable's value, or null: secrets come from there.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

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

    /// <summary>True for what isn't the path of a log but a database: a connection string, or a URI.</summary>
    /// <param name="text">What was given as a log.</param>
    public static bool IsDatabase(string text) => EventDatabase.IsOne(text);
}

/// <summary>The daily review: reads the log and the artifacts of a day, and judges them.</summary>
public static class DailyReview
{
    /// <summary>Reviews a day. It writes nothing.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ReleaseOpsException">
    /// NothingToRun: the runbook has no review. Usage: no log is named, or a rate isn't from 0 to 1.
    /// </exception>
    public static async Task<DailyReviewResult> RunAsync(Runbook runbook, DailyReviewOptions options, CancellationToken cancellation)
    {
        var review = Of(runbook);
        var day = options.Day ?? Today(review, options.Clock);
        var thresholds = new ReviewThresholds(
            Rate(options.MinAvailabilityRate ?? review.MinAvailabilityRate, "availability"),
                Rate(options.MaxErrorRate ?? review.MaxErrorRate, "error rate"));
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
        ErrorId.NothingToRun, $"The runbook '{runbook.Name}' doesn't say how an event log is reviewed.",
            "Give it a section 'review', or name another one.", runbook.Name);

    /// <summary>Today, in the review's time zone.</summary>
    internal static DateOnly Today(Review review, TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(review.Zone)).DateTime);

    // A log that can't be read is a finding: the review of the day says so, rather than not to be there.
    private static async Task<DailyInput> CountedAsync(DailyInput input, Review review, DailyReviewOptions options, CancellationToken cancellation)
    {
        var (database, day) = (Database(input.Runbook, review, options), input.Counts.Day);
        var sources = database is null ? Sources(review, options) : [];
        input = input with { Sources = database is null ? [.. sources.Select(s => s.Name)] : [database.Shown] };
        try
        {
            return input with
            {
                Counts = database is null
                    ? await LogReview.CountAsync(sources, review, day, options.Reading, options.Progress, cancellation).ConfigureAwait(false)
                    : await SqlReview.CountAsync(database.Source, database.Events, review, day, database.Mask, cancellation).ConfigureAwait(false),
            };
        }
        catch (ReleaseOpsException e) when (e.Id is ErrorId.FileUnreadable or ErrorId.Unreachable or ErrorId.TimedOut or ErrorId.TlsFailed
            or ErrorId.ServerFailed or ErrorId.AccessDenied or ErrorId.QueryRefused)
        {
            return input with { Unread = e.Message };
        }
    }

    private static EventDatabase? Database(Runbook runbook, Review review, DailyReviewOptions options)
    {
        var (named, table) = (options.EventLogs.Where(EventDatabase.IsOne).ToList(), options.Table ?? review.Table);
        if (named.Count > 0 && (options.EventLogs.Count > 1 || options.Source is not null))
            throw new ReleaseOpsException(ErrorId.Usage, "A review reads one database, or logs, and not both.", "Name one of them.");
        if (named.Count > 0)
            return EventDatabase.Of(named[0], table);
        var source = options.Source ?? (options.EventLogs.Count == 0 && review.EventLog is null ? review.Source : null);
        if (source is not null && options.EventLogs.Count > 0)
            throw new ReleaseOpsException(ErrorId.Usage, "A review reads one database, or logs, and not both.", "Name one of them.", source);
        return source is null ? null : EventDatabase.Of(runbook, source, table, options.Parameters, options.Variable);
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
