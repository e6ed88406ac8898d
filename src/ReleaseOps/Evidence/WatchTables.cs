using ReleaseOps.Watches;
using static ReleaseOps.Evidence.ReportCell;

namespace ReleaseOps.Evidence;

/// <summary>What the report of a watch has beside that of any run, as tables: one list for Markdown and for the page.</summary>
internal static class WatchTables
{
    /// <summary>When, how long, who leads, and how much was looked at.</summary>
    public static IEnumerable<(string Name, ReportCell Cell)> Facts(WatchResult result)
    {
        yield return ("T-0", At(result.T0));
        yield return ("Window", Own($"{Span(result.EndsAt - result.T0)}, until") + At(result.EndsAt));
        yield return ("As of", At(result.AsOf));
        if (!result.Ended && !result.Replayed)
            yield return ("Time left", Own(Left(result)));
        yield return ("Last look", result.LastLookAt is null ? Own("none yet") : At(result.LastLookAt));
        if (result.Commander is not null)
            yield return ("Incident commander", Said(result.Commander));
        yield return ("Looks", Own(FormattableString.Invariant($"{result.Looks}, one every {Span(result.Interval)}")));
        yield return ("Made up for from history", Count(result.FromHistory));
        yield return ("Could not tell something", result.Untold == 0 ? Count(0) : Mark(Verdict.Inconclusive, FormattableString.Invariant($"{result.Untold}")));
        if (result.Stopped is not null)
            yield return ("Ended before its time", Said(result.Stopped));
    }

    /// <summary>The tables; those that would be empty are left out.</summary>
    public static IEnumerable<ReportTable> Of(WatchResult result) => new[]
    {
        IncidentTable.Of(result),
        Reviews(result),
        WatchJudgements.Thresholds(result),
        WatchJudgements.Slos(result),
        WatchJudgements.Burns(result),
        Exit(result),
        WatchJudgements.Gates(result),
        WatchJudgements.Severities(result),
        Checks(result),
        ReportTable.Of("Gaps", ["FROM", "TO", "LENGTH", "LOOKS", "WHY"], result.Gaps,
            g => [At(g.From), At(g.To), Own(Span(g.Length)), Count(g.Looks), Said(g.Why)]),
        ReportTable.Of("What people said", ["WHEN", "WHO", "ROLE", "SAID", "ABOUT", "VALUE", "TEXT"], result.Words,
            w => [At(w.At), Said(w.By), Said(w.Role), Own(Words(w.Kind.ToString())), Said(w.Subject), Said(w.Value), Said(w.Text)]),
        ReportTable.Of("Timeline of calls", ["WHEN", "SINCE T-0", "CALL", "ABOUT", "TEXT"], result.Calls,
            c => [At(c.At), Own("T+" + Span(c.At - result.T0)), Mark(c.Verdict, Words(c.Kind.ToString())), Said(c.Subject), Said(c.Text)]),
    }.Where(table => table.Rows.Count > 0);

    /// <summary>What is left of the window: <c>9h12m</c>; none where it is over.</summary>
    public static string Left(WatchResult result)
    {
        var left = result.EndsAt - result.AsOf;
        // The last hour counts in seconds.
        return left > TimeSpan.FromHours(1) ? Span(TimeSpan.FromMinutes(Math.Ceiling(left.TotalMinutes))) : left > TimeSpan.Zero ? Span(left) : "none";
    }

    /// <summary>A duration in whole seconds, as a runbook writes it.</summary>
    public static string Span(TimeSpan span) => Durations.Format(TimeSpan.FromSeconds(Math.Round(span.TotalSeconds)));

    private static ReportTable Reviews(WatchResult result) =>
        ReportTable.Of("Reviews", ["DUE", "WHEN", "WHAT", "OWNER", "REQUIRED", "STATE", "DONE", "NOTE"], result.Reviews, r =>
        [
            Said(r.Due), At(r.DueAt), Said(r.What), Said(r.Owner), Own(r.Required ? "yes" : "no"), State(r, result.AsOf),
            At(r.DoneAt) + Said(r.DoneBy), Said(r.Note),
        ]);

    private static ReportCell State(ReviewStanding review, DateTimeOffset now) => review switch
    {
        { DoneAt: { } done } when done >= review.OverdueAt => Mark(Verdict.Inconclusive, "done late"),
        { DoneAt: not null } => Mark(Verdict.Passed, "done"),
        _ when now >= review.OverdueAt => Mark(review.Required ? Verdict.Failed : Verdict.Inconclusive, "OVERDUE"),
        _ when now >= review.DueAt => Mark(Verdict.Inconclusive, "due"),
        _ => Own("to come"),
    };

    private static ReportTable Exit(WatchResult result)
    {
        var rows = new List<ReportCell[]>();
        if (result.Exit is { } exit)
        {
            rows.Add([Own("Reached"), exit.IsReached ? Mark(Verdict.Passed, "yes") : Mark(Verdict.Inconclusive, "not yet")]);
            rows.Add([Own("Must be clean for"), Own(Span(exit.Clean))]);
            rows.Add([Own("Has been clean for"), Own(Span(exit.Held))]);
            rows.Add([Own("Left"), Own(Span(exit.Left))]);
            rows.Add([Own("Last break"), exit.LastBreak is null ? Own("none") : At(exit.LastBreakAt) + Said(exit.LastBreak)]);
            foreach (var (role, who) in exit.Accepted)
                rows.Add([Own("Accepted as") + Said(role), who is null ? Mark(Verdict.Inconclusive, "not yet") : Own("by") + Said(who)]);
        }
        return new ReportTable("The way out of hypercare", ["WHAT", "STANDING"], rows);
    }

    private static ReportTable Checks(WatchResult result) =>
        ReportTable.Of("Checks at their last run", ["CHECK", "STATUS", "WHEN", "TOOK", "DETAIL"], WatchRows.Checks(result), c =>
        [
            Said(c.Id), Mark(c.Verdict, c.Status), At(c.StartedAt), c.StartedAt is null ? Empty : Own(Durations.Took(c.Elapsed)), Said(c.Detail),
        ]);

    /// <summary>A name of ours as words: <c>IncidentOpened</c> is <c>incident opened</c>.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
