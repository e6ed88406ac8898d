namespace ReleaseOps.Steps;

/// <summary>What a person may tell a watch.</summary>
public enum WatchWordKind
{
    /// <summary>Somebody takes the incident on.</summary>
    Acknowledge,
    /// <summary>The incident is mitigated: the text says by what. It counts once it is verified.</summary>
    Mitigate,
    /// <summary>The incident is over.</summary>
    Resolve,
    /// <summary>Open an incident that no metric shows: the value is its severity, the text what happened.</summary>
    Open,
    /// <summary>Give the incident another severity: the value. The text says why.</summary>
    Triage,
    /// <summary>The review is done; the subject is its time (T+2h), the text what was found.</summary>
    Review,
    /// <summary>What a check asks a person to confirm is so; the subject is the check's id.</summary>
    Confirm,
    /// <summary>The end of hypercare is accepted in a role.</summary>
    Accept,
    /// <summary>Somebody else is incident commander from now on: the value.</summary>
    Commander,
    /// <summary>End the watch before its time; the text says why.</summary>
    Stop,
}

/// <summary>What a person tells a watch.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who: a login name.</param>
/// <param name="At">When, UTC.</param>
public sealed record WatchWord(WatchWordKind Kind, string By, DateTimeOffset At)
{
    /// <summary>What it is about: the id of an incident, the time of a review, the id of a check; null where the kind says it all.</summary>
    public string? Subject { get; init; }

    /// <summary>The severity, or the name of the new commander; null where the kind takes none.</summary>
    public string? Value { get; init; }

    /// <summary>The role that it is said in; null where none is asked for.</summary>
    public string? Role { get; init; }

    /// <summary>What the person adds: what was done, found, or why.</summary>
    public string? Text { get; init; }
}
