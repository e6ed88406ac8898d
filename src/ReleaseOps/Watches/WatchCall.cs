namespace ReleaseOps.Watches;

/// <summary>What a watch may have to say to people.</summary>
public enum CallKind
{
    /// <summary>An incident was opened.</summary>
    IncidentOpened,
    /// <summary>An incident got worse: its severity was raised.</summary>
    IncidentRaised,
    /// <summary>Nobody acknowledged it in time.</summary>
    AcknowledgeOverdue,
    /// <summary>It wasn't mitigated in time.</summary>
    MitigateOverdue,
    /// <summary>The update that was promised didn't come.</summary>
    UpdateOverdue,
    /// <summary>Its mitigation was verified.</summary>
    MitigationVerified,
    /// <summary>It came back after it had been said to be mitigated.</summary>
    IncidentReturned,
    /// <summary>A day-one threshold, or a trigger, is breached.</summary>
    Breached,
    /// <summary>It isn't any more.</summary>
    Cleared,
    /// <summary>An error budget burns too fast.</summary>
    BudgetBurning,
    /// <summary>A review is due.</summary>
    ReviewDue,
    /// <summary>A review wasn't done in time.</summary>
    ReviewOverdue,
    /// <summary>What the watch would decide if it ended now has changed.</summary>
    DecisionChanged,
    /// <summary>Hypercare may end: it has been clean for long enough.</summary>
    ExitReached,
}

/// <summary>Something that a watch has to say: once, by its key, however often it is killed and resumed.</summary>
/// <param name="Key">What makes it one: <c>INC-1:acknowledge-overdue</c>.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When it became so, UTC.</param>
/// <param name="Subject">What it is about: the incident's id, the threshold's name, the review.</param>
/// <param name="Verdict">How it weighs: Failed for what is bad, Inconclusive for what needs a person, Passed for good news.</param>
/// <param name="Text">The sentence: what, whose, by when, what to do.</param>
public sealed record WatchCall(string Key, CallKind Kind, DateTimeOffset At, string Subject, Verdict Verdict, string Text);
