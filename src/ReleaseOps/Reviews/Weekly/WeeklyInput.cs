using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>What a week is judged on. What is null wasn't given, and isn't taken for empty.</summary>
/// <param name="Runbook">The runbook, with its review.</param>
/// <param name="Days">The trading days.</param>
internal sealed record WeeklyInput(Runbook Runbook, IReadOnlyList<WeekDay> Days)
{
    /// <summary>What was said of incidents.</summary>
    public IReadOnlyList<IncidentMark>? Timeline { get; init; }

    /// <summary>The interventions, those of other weeks among them.</summary>
    public IReadOnlyList<Intervention>? Interventions { get; init; }

    /// <summary>The alerts that aren't resolved.</summary>
    public IReadOnlyList<UnresolvedAlert>? Alerts { get; init; }

    /// <summary>The changes of the newest review before this one's last day.</summary>
    public IReadOnlyList<RunbookChange> Carried { get; init; } = [];

    /// <summary>The changes of an earlier run of this review, which this one takes the place of.</summary>
    public IReadOnlyList<RunbookChange> Kept { get; init; } = [];

    /// <summary>How often each class failed in the week before; null where that isn't known.</summary>
    public IReadOnlyDictionary<string, double>? LastWeek { get; init; }

    /// <summary>Changes that somebody asks for, takes over or closes.</summary>
    public IReadOnlyList<RunbookChange> Given { get; init; } = [];

    /// <summary>What couldn't be read: file, line, what was expected.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What was read.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The last day.</summary>
    public DateOnly Day => Days[^1].Day;

    /// <summary>The time that it is about.</summary>
    public WeekSpan Span => WeekSpan.Of(Runbook.Review!, Days.Select(d => d.Day));

    /// <summary>The interventions of that time; none where there is no log of them.</summary>
    public IReadOnlyList<Intervention> InterventionsOfWeek
    {
        get
        {
            var week = Span;
            return [.. (Interventions ?? []).Where(i => week.Holds(i.At))];
        }
    }
}

/// <summary>Something that was said of an incident.</summary>
/// <param name="At">When.</param>
/// <param name="Incident">Of which.</param>
/// <param name="What">What: opened, raised, updated, verified, resolved.</param>
internal sealed record IncidentMark(DateTimeOffset At, string Incident, string What)
{
    /// <summary>Its kind; empty where nobody says.</summary>
    public string Class { get; init; } = "";

    /// <summary>Its severity; empty where nobody says.</summary>
    public string Severity { get; init; } = "";

    /// <summary>The sentence.</summary>
    public string Text { get; init; } = "";

    /// <summary>True where it is over by that.</summary>
    public bool Ends { get; init; }
}

/// <summary>What somebody did, or decided not to do.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">The code of the reason.</param>
internal sealed record Intervention(DateTimeOffset At, string Reason)
{
    /// <summary>What was done: <c>none</c> for nothing; null where the log doesn't say.</summary>
    public string? Action { get; init; }

    /// <summary>The labels of the alert that it was about; empty where it was about none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Since when the alert fired; null where the log doesn't say.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when it did; null where the log doesn't say.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>True where nothing was done.</summary>
    public bool IsNothing => Action?.Trim().ToLowerInvariant() is "" or "none" or "no action" or "no_action";

    /// <summary>True where something was.</summary>
    public bool IsAct => Action is not null && !IsNothing;
}
