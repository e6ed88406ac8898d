namespace ReleaseOps.Runbooks;

/// <summary>Names of files, with <c>&lt;day&gt;</c> (2026-02-21) where the day stands.</summary>
public sealed record ReviewFilePlaces
{
    /// <summary>What stands where the day does.</summary>
    public const string DayMark = "<day>";

    /// <summary>Path of the policy of a day; null where there is none to look at.</summary>
    public string? Policy { get; init; }

    /// <summary>Path of the signoff of a day; null where there is none to look at.</summary>
    public string? Signoff { get; init; }

    /// <summary>Path of the review of a day, without its ending.</summary>
    public string Report { get; init; } = "review_<day>";
}

/// <summary>What a level of the policy asks for.</summary>
/// <param name="Name">The level: <c>incident</c>.</param>
/// <param name="Severity">The severity that it is: <c>SEV-1</c>.</param>
/// <param name="OnCall">Who must be called: <c>primary_oncall</c>, or <c>none</c>.</param>
public sealed record ReviewLevel(string Name, string Severity, string OnCall)
{
    /// <summary>True where nothing may run without a person's approval.</summary>
    public bool ManualApproval { get; init; }
}

/// <summary>The moments of a day.</summary>
public enum ReviewMomentKind
{
    /// <summary>Before it opens: what is in force.</summary>
    PreOpen,
    /// <summary>While it goes on: how it stands so far.</summary>
    Session,
    /// <summary>After it has closed: what the day came to.</summary>
    PostClose,
}

/// <summary>What may be looked at.</summary>
public enum ReviewLook
{
    /// <summary>The policy's level, and what it asks for.</summary>
    Policy,
    /// <summary>The signoff.</summary>
    Signoff,
    /// <summary>Availability, errors, and the budget.</summary>
    Slo,
    /// <summary>The latency of stages.</summary>
    Latency,
    /// <summary>What must not happen at all.</summary>
    Floor,
}

/// <summary>A moment of a day, and what is looked at then.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Looks">What is looked at.</param>
public sealed record ReviewMoment(ReviewMomentKind Kind, IReadOnlyList<ReviewLook> Looks)
{
    private static readonly ReviewLook[] All = Enum.GetValues<ReviewLook>();

    /// <summary>Each moment with what is looked at unless told otherwise: policy and signoff before, all of it later.</summary>
    public static IReadOnlyList<ReviewMoment> Usual { get; } =
    [
        new(ReviewMomentKind.PreOpen, [ReviewLook.Policy, ReviewLook.Signoff]) { Latest = true },
        new(ReviewMomentKind.Session, All),
        new(ReviewMomentKind.PostClose, All),
    ];

    /// <summary>When it is due, by the review's clock; null where nobody said.</summary>
    public TimeOnly? At { get; init; }

    /// <summary>True where the newest policy and signoff up to the day count, not those of the day only.</summary>
    public bool Latest { get; init; }

    /// <summary>The phase whose steps are due then; null for none.</summary>
    public string? Phase { get; init; }

    /// <summary>Its name as runbooks write it.</summary>
    /// <param name="kind">The moment.</param>
    public static string Word(ReviewMomentKind kind) => kind switch
    {
        ReviewMomentKind.PreOpen => "pre-open",
        ReviewMomentKind.Session => "session",
        _ => "post-close",
    };

    /// <summary>True where something of the event log is looked at.</summary>
    public bool LooksAtLog => Looks.Any(l => l is ReviewLook.Slo or ReviewLook.Latency or ReviewLook.Floor);
}

/// <summary>How a week is looked back on.</summary>
public sealed record WeeklyRules
{
    /// <summary>How many trading days a week has.</summary>
    public int Days { get; init; } = 5;

    /// <summary>Weekdays on which nothing was traded.</summary>
    public IReadOnlyList<DateOnly> Closed { get; init; } = [];

    /// <summary>How many failure classes are shown.</summary>
    public int Top { get; init; } = 5;

    /// <summary>The labels by which alerts are the same; the others tell instances apart.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = ["alertname"];

    /// <summary>Who owns a change that is proposed, unless somebody else takes it; null for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>How long there is for it.</summary>
    public TimeSpan Due { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The codes of interventions, with what they mean; empty where any will do.</summary>
    public IReadOnlyList<ReasonCode> Reasons { get; init; } = [];

    /// <summary>Path of the week's review, without its ending; the day is the last one.</summary>
    public string Report { get; init; } = "weekly_review_<day>";
}

/// <summary>A code that interventions give as their reason.</summary>
/// <param name="Code">The code.</param>
/// <param name="Meaning">What it means.</param>
public sealed record ReasonCode(string Code, string Meaning);
