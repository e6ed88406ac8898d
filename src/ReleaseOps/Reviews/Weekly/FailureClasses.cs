namespace ReleaseOps.Reviews.Weekly;

/// <summary>What failed again and again. Pure.</summary>
internal static class FailureClasses
{
    // A trend is called where at least four fifths of the pairs of days go one way more than the other (Kendall's tau of 0.6): of five days
    // without ties eight pairs against two, which chance alone makes in 12 of 100 weeks. It is a hint, and no more.
    private const double Tau = 0.6;

    /// <summary>All of them, the most recurrent first: by days, then by how often, then by name.</summary>
    public static IReadOnlyList<FailureClass> Of(WeeklyInput input) =>
    [
        .. Errors(input).Concat(Checks(input)).Concat(Floor(input)).Concat(Interventions(input)).Concat(Incidents(input))
            .Where(c => c.Total > 0)
            .Select(c => c with { Trend = TrendOf(c.PerDay), LastWeek = LastWeek(input, c.Id) })
            .OrderByDescending(c => c.DaysSeen).ThenByDescending(c => c.Total).ThenBy(c => c.Id, StringComparer.Ordinal),
    ];

    /// <summary>Which way a count goes: every pair of days is compared, and the days that can't be told are left out.</summary>
    public static Trend TrendOf(IReadOnlyList<double?> perDay)
    {
        var told = perDay.OfType<double>().ToList();
        if (told.Count < 3)
            return Trend.Untold;
        var signs = told.SelectMany((earlier, i) => told.Skip(i + 1).Select(later => Math.Sign(later - earlier))).ToList();
        var tau = (double)signs.Sum() / signs.Count;
        return tau >= Tau ? Trend.Rising : tau <= -Tau ? Trend.Falling : Trend.Steady;
    }

    // A week shows so many classes only: one that isn't among them may have been, unless there was room for it.
    private static double? LastWeek(WeeklyInput input, string id) => input.LastWeek is not { } last ? null
        : last.TryGetValue(id, out var total) ? total : last.Count < input.Runbook.Review!.Weekly.Top ? 0 : null;

    // A stage that isn't among those with most errors may have had some: only a list that isn't full says that it had none.
    private static IEnumerable<FailureClass> Errors(WeeklyInput input) =>
        Names(input, d => d.StageErrors.Keys).Select(stage => new FailureClass("errors:" + stage, Each(input, d =>
            d.StageErrors.TryGetValue(stage, out var n) ? n : d.AllStages ? 0 : null)));

    private static IEnumerable<FailureClass> Checks(WeeklyInput input) =>
        Names(input, d => d.Failures).Select(failure => new FailureClass(
            failure.StartsWith("check_failed:", StringComparison.Ordinal) ? "check:" + failure["check_failed:".Length..] : "check:" + failure,
            Each(input, d => d.Failures.Contains(failure) ? 1 : 0)));

    private static IEnumerable<FailureClass> Floor(WeeklyInput input) =>
        Names(input, d => d.Floor?.Keys ?? []).Select(rule => new FailureClass("floor:" + rule, Each(input, d =>
            d.Floor is { } floor && floor.TryGetValue(rule, out var n) ? n : null)));

    private static IEnumerable<FailureClass> Interventions(WeeklyInput input) =>
        input.InterventionsOfWeek.GroupBy(i => i.Reason, StringComparer.Ordinal)
            .Select(reason => Counted(input, "intervention:" + reason.Key, reason.Select(i => i.At)));

    private static IEnumerable<FailureClass> Incidents(WeeklyInput input) =>
        WeekIncidents.Of(input).GroupBy(i => i.Class, StringComparer.Ordinal)
            .Select(kind => Counted(input, "incident:" + kind.Key, kind.Select(i => i.From)));

    private static FailureClass Counted(WeeklyInput input, string id, IEnumerable<DateTimeOffset> times)
    {
        var perDay = new double?[input.Days.Count];
        Array.Fill(perDay, 0);
        var week = input.Span;
        foreach (var day in times.Select(week.DayOf).Where(d => d >= 0))
            perDay[day]++;
        return new FailureClass(id, perDay);
    }

    private static IEnumerable<string> Names(WeeklyInput input, Func<WeekDay, IEnumerable<string>> of) =>
        input.Days.Where(d => d.IsThere).SelectMany(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static double?[] Each(WeeklyInput input, Func<WeekDay, double?> of) => [.. input.Days.Select(d => d.IsThere ? of(d) : null)];
}

/// <summary>The incidents of a week, from what was said of them. Pure.</summary>
internal static class WeekIncidents
{
    /// <summary>
    /// Those that were spoken of in the week, and those from before it that weren't over, by time. Each as it stood when the week ended: what was
    /// said later is the next week's.
    /// </summary>
    public static IReadOnlyList<WeekIncident> Of(WeeklyInput input)
    {
        var week = input.Span;
        return
        [
            .. (input.Timeline ?? []).Where(m => m.At < week.To).OrderBy(m => m.At).GroupBy(m => m.Incident, StringComparer.Ordinal)
                .Where(marks => !marks.Last().Ends || marks.Any(m => week.Holds(m.At)))
                .Select(marks => Incident([.. marks])).OrderBy(i => i.From).ThenBy(i => i.Id, StringComparer.Ordinal),
        ];
    }

    // What ended it and then returned hasn't ended it: the last word counts.
    private static WeekIncident Incident(IReadOnlyList<IncidentMark> marks)
    {
        var severity = marks.LastOrDefault(m => m.Severity.Length > 0)?.Severity ?? "";
        var kind = marks.FirstOrDefault(m => m.Class.Length > 0)?.Class ?? (severity.Length > 0 ? severity : "unknown");
        return new WeekIncident(marks[0].Incident, kind, severity, marks[0].At)
        {
            To = marks[^1].Ends ? marks.Reverse().TakeWhile(m => m.Ends).Last().At : null,
            Last = marks[^1].Text.Length > 0 ? $"{marks[^1].What}: {marks[^1].Text}" : marks[^1].What,
        };
    }
}
