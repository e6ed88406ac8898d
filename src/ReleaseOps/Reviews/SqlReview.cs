using ReleaseOps.Probes;
using ReleaseOps.Reviews.Logs;
using ReleaseOps.Reviews.Sql;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>
/// Counts a day of events in a database that speaks PostgreSQL's protocol, by the rules of <see cref="LogReview"/> and with the same result on the
/// same events. The database counts; only rows of the day that a CEL criterion, a text beyond ASCII or a payload that isn't jsonb asks for are read
/// and judged here. One read-only transaction, standard SQL with window functions, and no extension.
/// <para>
/// What differs: rows have no line numbers, so there are no places; lines are the rows of the day and those without a time; a column has one type, so
/// nothing is of a wrong one: <c>run_id</c>, <c>stage</c> and <c>event</c> of any type are their text. A <c>timestamptz</c> or <c>timestamp</c> (UTC)
/// has microseconds, a number is seconds since 1970; a text is a time by the rules of files, and then the day's rows are read here.
/// </para>
/// </summary>
internal static class SqlReview
{
    private const int MostErrors = 5;

    /// <summary>Counts a day.</summary>
    /// <param name="database">The database; its time-out is that of each question.</param>
    /// <param name="events">The table or the query.</param>
    /// <param name="review">What is counted.</param>
    /// <param name="day">The day, in the review's time zone.</param>
    /// <param name="mask">Hides secrets in errors.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">
    /// BadValue: a zone, a field or a column that there isn't, or a connection string that can't be read. QueryRefused, AccessDenied, Unreachable,
    /// TimedOut, TlsFailed, ServerFailed: what the database or the network is against.
    /// </exception>
    internal static async Task<DayCounts> CountAsync(
        BoundSource database, SqlEvents events, Review review, DateOnly day, SecretMask mask, CancellationToken cancellation)
    {
        var rules = DayRules.Of(review, day);
        var session = await SqlSession.OpenAsync(database, mask, cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var table = await SqlColumns.ReadAsync(session, events, cancellation).ConfigureAwait(false);
            return table.Time == TimeColumn.Text
                ? await HereAsync(session, table, review, rules, cancellation).ConfigureAwait(false)
                : await ThereAsync(session, table, review, rules, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<DayCounts> HereAsync(SqlSession session, EventTable table, Review review, DayRules rules,
        CancellationToken cancellation)
    {
        using var rows = new SqlRows(rules, new LogReadOptions());
        await rows.ReadAsync(session, table, text => $"e.ts IS NULL OR NOT {EventTable.IsElsewhere(text, rules.Span)}", cancellation)
            .ConfigureAwait(false);
        var fold = rows.Fold(cancellation);
        var counts = Counts(rules, rows.Tally, fold);
        return new DayCounts
        {
            Day = rules.Day,
            EventTotal = rows.Tally.Events,
            ErrorTotal = rows.Tally.Errors,
            RunTotal = fold.Runs,
            FailedRunTotal = fold.FailedRuns,
            StageErrorTop = rows.Tally.Stages.Top(MostErrors),
            Counters = [.. counts.Take(review.Counters.Count)],
            Floor = [.. counts.Skip(review.Counters.Count)],
            Latency = fold.EndLatency(),
            Faults = Faults(rows.Tally.Events, rows.Undated, rows.Tally.Unjudged),
        };
    }

    private static async Task<DayCounts> ThereAsync(SqlSession session, EventTable table, Review review, DayRules rules,
        CancellationToken cancellation)
    {
        var asking = new SqlAggregates(session, table, review, rules.Span);
        var plan = new SqlPlan(review, table);
        var totals = await asking.TotalsAsync([.. plan.Counted.Select(r => r.Lines)], cancellation).ConfigureAwait(false);
        for (var i = 0; i < plan.Counted.Count; i++)
            plan.Counts[plan.Counted[i]] = new NamedCount(plan.Counted[i].Name, totals[4 + i]);
        foreach (var rule in plan.Grouped)
        {
            var (total, missing) = await asking.DuplicatesAsync(rule, cancellation).ConfigureAwait(false);
            plan.Counts[rule] = new NamedCount(rule.Name, total) { Untold = missing };
        }
        if (plan.Judged.Count > 0)
            await JudgeAsync(session, table, plan, review, rules, cancellation).ConfigureAwait(false);
        var latency = new List<StageLatency>();
        foreach (var span in review.Latency)
            latency.Add(await asking.LatencyAsync(span, cancellation).ConfigureAwait(false));
        var undated = await asking.UndatedAsync(cancellation).ConfigureAwait(false);
        return new DayCounts
        {
            Day = rules.Day,
            EventTotal = totals[0],
            ErrorTotal = totals[1],
            RunTotal = totals[2],
            FailedRunTotal = totals[3],
            StageErrorTop = await asking.StagesAsync(MostErrors, cancellation).ConfigureAwait(false),
            Counters = [.. plan.Counters.Select(c => plan.Counts[c])],
            Floor = [.. plan.Floor.Select(f => plan.Counts[f])],
            Latency = latency,
            Faults = Faults(totals[0], undated, plan.Counts.Values.Sum(c => c.Untold)),
        };
    }

    private static async Task JudgeAsync(SqlSession session, EventTable table, SqlPlan plan, Review review, DayRules rules,
        CancellationToken cancellation)
    {
        var only = DayRules.Of(review with { Counters = [], Latency = [], Floor = plan.Judged }, rules.Day);
        using var rows = new SqlRows(only, new LogReadOptions());
        await rows.ReadAsync(session, table, text => $"{table.In(text, rules.Span)} AND ({plan.Meant(text)})", cancellation).ConfigureAwait(false);
        var counts = Counts(only, rows.Tally, rows.Fold(cancellation));
        for (var i = 0; i < plan.Judged.Count; i++)
            plan.Counts[plan.Judged[i]] = counts[i];
    }

    private static NamedCount[] Counts(DayRules rules, DayTally tally, DayFold fold) =>
        [.. rules.Selectors.Select((r, i) => new NamedCount(r.Name, r.Duplicate.Length > 0 ? fold.Repeated[i] : tally.Totals[i]) { Untold = tally.Untold[i] })];

    private static LogFaults Faults(long events, long undated, long unjudged) =>
        new() { Lines = events + undated, Undated = undated, AmongDay = undated, Unjudged = unjudged };
}
