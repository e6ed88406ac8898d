using System.Globalization;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>What a message about an incident is filled in with, by the names of <see cref="MessageFields"/>.</summary>
internal static class IncidentFields
{
    /// <summary>All that an update says, and what stands beside it.</summary>
    /// <param name="word">The update.</param>
    /// <param name="impact">When customers felt it, as far as it is known.</param>
    /// <param name="checks">What the release's checks came to.</param>
    public static Dictionary<string, object?> Of(IncidentWord word, ImpactWindow impact, CheckResults checks) => new(StringComparer.Ordinal)
    {
        ["when"] = MessageText.Time(word.At),
        ["incident"] = word.Incident,
        ["number"] = word.Number.ToString(CultureInfo.InvariantCulture),
        ["severity"] = word.Severity,
        ["status"] = word.Status.ToString(),
        ["impact"] = word.Impact,
        ["scope"] = word.Scope,
        ["current_action"] = word.CurrentAction,
        ["findings"] = word.Findings,
        ["decision_track"] = word.DecisionTrack,
        ["risk"] = word.Risk,
        ["resolution"] = word.Resolution,
        ["evidence"] = word.Evidence,
        ["follow_ups"] = word.FollowUps,
        ["impact_start"] = impact.From is { } from ? MessageText.Time(from) : null,
        ["impact_end"] = impact.To is { } to ? MessageText.Time(to) : null,
        ["impact_window"] = impact.Text,
        ["next_update"] = word.NextUpdateAt is { } next ? MessageText.Time(next) : null,
        ["commander"] = word.Commander,
        ["owner"] = word.Owner,
        ["escalation"] = word.Escalation,
        ["checks"] = Checks(checks),
    };

    /// <summary>The checks, as a list.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Checks(CheckResults checks) =>
        [.. checks.All.Select(c => new Dictionary<string, object?> { ["id"] = c.Id, ["verdict"] = c.Word, ["detail"] = c.Detail })];
}

/// <summary>When customers felt an incident.</summary>
/// <param name="From">From when; null where that isn't known.</param>
/// <param name="To">Until when; null where that isn't known, or they still do.</param>
internal sealed record ImpactWindow(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The window as a text; null where one of its ends isn't known.</summary>
    public string? Text => From is { } from && To is { } to ? $"{MessageText.Time(from)} to {MessageText.Time(to)}" : null;

    /// <summary>
    /// What is known of it: what somebody said; else, for what a watch saw, from the first look in which its signal held to where it was verified
    /// to be gone; else from when it was opened to when it was said to be mitigated.
    /// </summary>
    /// <param name="incident">The incident; null for one that is about to be opened.</param>
    /// <param name="from">From when, as somebody says now.</param>
    /// <param name="to">Until when, likewise.</param>
    public static ImpactWindow Of(Incident? incident, DateTimeOffset? from, DateTimeOffset? to) => new(
        from ?? incident?.ImpactFrom ?? incident?.SignalAt ?? incident?.OpenedAt,
        to ?? incident?.ImpactTo ?? incident?.VerifiedAt ?? incident?.MitigatedAt ?? incident?.ResolvedAt);
}
