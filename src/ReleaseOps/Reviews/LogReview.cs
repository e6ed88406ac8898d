using ReleaseOps.Reviews.Logs;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>
/// Counts a day of an event log of JSON Lines, in one pass over it and in memory that doesn't grow with it.
/// <para>
/// A line ends at <c>\n</c>, <c>\r\n</c> or <c>\r</c>. One with nothing but white space is blank; one that is no JSON object (RFC 8259, nested at
/// most 1,000 deep) or no UTF-8 is malformed; a byte order mark at a file's start is left out. Of a name that stands twice the last one counts, and a
/// name or a text is what its escapes stand for. <c>ts</c> is read as <see cref="EventTime"/> says; an object without one belongs to no day.
/// <c>run_id</c>,
/// <c>stage</c> and <c>event</c> are texts: anything else that is there counts as empty, and as a fault; null is as not there. All texts are compared
/// as they are, only those of a selector's <c>where</c> in any case.
/// </para>
/// <para>
/// A run is an id that isn't empty. Latency is of a run and a stage within the day: their beginnings and ends in order of time (a beginning before an
/// end of the same time), each end with the beginning right before it; what is left over is unpaired. Percentiles are by nearest rank.
/// A rule with <c>duplicate</c> counts each further line with the same values; a line without one of them, and one that a criterion fails on, can't
/// be told: it is a fault, and isn't counted.
/// </para>
/// </summary>
internal static class LogReview
{
    private const int MostErrors = 5;

    // The first line begins in the first block, after a byte order mark, too.
    private const int LeastBlock = 4;

    private static readonly TimeSpan ProgressEach = TimeSpan.FromMilliseconds(200);

    /// <summary>Counts a day.</summary>
    /// <param name="sources">The log, in order; several parts count as one.</param>
    /// <param name="review">What is counted.</param>
    /// <param name="day">The day, in the review's time zone.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="progress">Told how far it is, at most each 200 ms; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">
    /// FileUnreadable: a file can't be opened or read. BadValue: a zone or a field that there isn't, or too many sources. DiskFull: there are more
    /// runs than fit into memory, and no temporary file can be written.
    /// </exception>
    internal static async Task<DayCounts> CountAsync(
        IReadOnlyList<LogSource> sources, Review review, DateOnly day, LogReadOptions options, IProgress<LogProgress>? progress,
        CancellationToken cancellation)
    {
        if (sources.Count > LinePlace.MostSources)
            throw new ReleaseOpsException(
                ErrorId.BadValue, $"{sources.Count} files are more than the {LinePlace.MostSources} that one review reads", "join some of them");
        options = options with { BlockBytes = Math.Clamp(options.BlockBytes, LeastBlock, options.LongestLine) };
        var rules = DayRules.Of(review, day);
        using var records = new RecordStore(Math.Max(1, options.MostRecords / options.Workers), options.Workers);
        using var log = new LogReading(sources, rules, options, progress is null ? null : new Meter(sources, options.Clock, progress, ProgressEach));
        var workers = new BlockCounter[options.Workers];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tasks = new Task[workers.Length];
        for (var i = 0; i < workers.Length; i++)
        {
            var worker = workers[i] = new BlockCounter(rules, new DayTally(rules, records.NewBuffer()));
            // On threads that are there already: beginning one takes as long as reading some blocks.
            tasks[i] = Task.Run(() => Work(log, worker, stop, cancellation), CancellationToken.None);
        }
        await Task.WhenAll(tasks).ConfigureAwait(false);
        log.WriteIndexes(workers);
        var folds = await Task.WhenAll(records.InOrder()
            .Select(part => Task.Run(() => DayFold.Of(rules, part, options.MostDurations / workers.Length, cancellation), cancellation))).ConfigureAwait(false);
        foreach (var other in folds.Skip(1))
            folds[0].Add(other);
        return DayResult.Of(rules, log, workers, folds[0], MostErrors);
    }

    private static void Work(LogReading log, BlockCounter worker, CancellationTokenSource stop, CancellationToken cancellation)
    {
        try
        {
            log.Read(worker, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Called off by another one, who says why.
        }
        catch
        {
            // The other ones need not go on.
            stop.Cancel();
            throw;
        }
    }
}
