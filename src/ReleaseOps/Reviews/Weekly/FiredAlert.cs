namespace ReleaseOps.Reviews.Weekly;

/// <summary>
/// An alert that fired, with all that was said of it: each intervention that was about it, and the list of what isn't resolved. Alerts with the same
/// labels that began in the same second are one.
/// </summary>
/// <param name="Labels">Its labels.</param>
/// <param name="From">When it began; null where nobody says.</param>
internal sealed record FiredAlert(IReadOnlyDictionary<string, string> Labels, DateTimeOffset? From)
{
    // What has no end isn't resolved, or nobody wrote it down. It counts as firing for a day: not for ever, or it would make a duplicate of all that
    // comes in the weeks until somebody looks after it.
    private static readonly TimeSpan WithoutEnd = TimeSpan.FromDays(1);

    // The reason by which the log itself calls an alert one.
    private const string Duplicate = "duplicate_alert";

    /// <summary>When it ended; null where nobody says.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How long it fired; null where that isn't known.</summary>
    public TimeSpan? Lasted { get; init; }

    /// <summary>True where somebody did something about it.</summary>
    public bool IsAct { get; init; }

    /// <summary>True where it was closed, and nobody did anything.</summary>
    public bool IsNothing { get; init; }

    /// <summary>True where somebody called it a duplicate.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>True where it is in the list of what isn't resolved.</summary>
    public bool IsUnresolved { get; init; }

    /// <summary>Until when it counts as firing.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Its labels as one text.</summary>
    public string Text { get; } = TextOf(Labels);

    /// <summary>The alerts of a week: those that its interventions are about, and those that aren't resolved.</summary>
    public static IReadOnlyList<FiredAlert> Of(WeeklyInput input)
    {
        var end = input.Span.To;
        var told = input.InterventionsOfWeek.Where(i => i.Labels.Count > 0).Select(i => new Told(i.Labels, i.From, i))
            .Concat((input.Alerts ?? []).Where(a => a.StartsAt is not { } at || at < end).Select(a => new Told(a.Labels, a.StartsAt, null)));
        return [.. told.GroupBy(t => TextOf(t.Labels), StringComparer.Ordinal).SelectMany(g => SameLabels([.. g]))];
    }

    private static List<FiredAlert> SameLabels(IReadOnlyList<Told> told)
    {
        var alerts = told.Where(t => t.From is not null).GroupBy(t => t.From!.Value.ToUnixTimeSeconds())
            .OrderBy(g => g.Key).Select(g => One(g.Min(t => t.From), [.. g])).ToList();
        // One that fires again had ended, whether anybody wrote that down or not.
        for (var i = 0; i + 1 < alerts.Count; i++)
        {
            if (alerts[i].To is null && alerts[i].Until > alerts[i + 1].From)
                alerts[i] = alerts[i] with { Until = alerts[i + 1].From };
        }
        // What doesn't say since when its alert fired is about the one that fired then; else it is all that is known of one.
        foreach (var one in told.Where(t => t.From is null))
        {
            var of = alerts.FindLastIndex(a => one.By is { } by ? a.FiredAt(by.At) : a.To is null);
            if (of >= 0)
                alerts[of] = one.By is null ? alerts[of] : alerts[of].And(one.By);
            else
                alerts.Add(one.By is { } only ? One(only.To < only.At ? only.To : only.At, [one]) with { Until = only.To ?? only.At }
                    : new FiredAlert(one.Labels, null));
        }
        return alerts;
    }

    private bool FiredAt(DateTimeOffset at) => From <= at && (To is { } to ? at <= to : IsUnresolved || at < Until);

    private static FiredAlert One(DateTimeOffset? from, IReadOnlyList<Told> told)
    {
        var ends = told.Select(t => t.By?.To).Max();
        var seen = told.Select(t => t.By?.At).Append(from < DateTimeOffset.MaxValue - WithoutEnd ? from + WithoutEnd : from).Max();
        var alert = new FiredAlert(told[0].Labels, from)
        {
            To = ends,
            Until = ends ?? seen,
            Lasted = told[0].From is null ? null : ends - from,
            IsUnresolved = told.Any(t => t.By is null),
        };
        return told.Select(t => t.By).OfType<Intervention>().Aggregate(alert, (a, by) => a.And(by));
    }

    // Of several words on one alert a deed outweighs that nothing was done: who closes it may be another one than who mended it.
    private FiredAlert And(Intervention by) => this with
    {
        IsAct = IsAct || by.IsAct,
        IsNothing = !IsAct && !by.IsAct && (IsNothing || by.IsNothing),
        IsDuplicate = IsDuplicate || by.Reason == Duplicate,
    };

    private static string TextOf(IReadOnlyDictionary<string, string> labels) =>
        string.Join('\u001f', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}\u001e{l.Value}"));

    private sealed record Told(IReadOnlyDictionary<string, string> Labels, DateTimeOffset? From, Intervention? By);
}
