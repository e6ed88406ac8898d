namespace ReleaseOps.Incidents;

/// <summary>
/// The way that an incident goes, one step at a time. Staying is an update. What came back goes back. What is over stays over: what comes
/// then is another incident.
/// <code>
/// Investigating -> Mitigating -> Monitoring -> Resolved
///       ^              ^             |
///       +--------------+-------------+
/// </code>
/// </summary>
internal static class IncidentTransitions
{
    /// <summary>Where an incident may be after an update.</summary>
    /// <param name="from">Where it is.</param>
    public static IReadOnlyList<IncidentStatus> From(IncidentStatus from) => from switch
    {
        IncidentStatus.Investigating => [IncidentStatus.Investigating, IncidentStatus.Mitigating],
        IncidentStatus.Mitigating => [IncidentStatus.Investigating, IncidentStatus.Mitigating, IncidentStatus.Monitoring],
        IncidentStatus.Monitoring => [IncidentStatus.Investigating, IncidentStatus.Mitigating, IncidentStatus.Monitoring, IncidentStatus.Resolved],
        _ => [],
    };

    /// <summary>Why an incident can't be there after an update; null where it can.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="to">Where it is said to be.</param>
    public static ReleaseOpsException? Refusal(Incident incident, IncidentStatus to)
    {
        // It was closed by a word to the watch, and the others haven't heard.
        var isOldNews = !incident.IsOpen && to == IncidentStatus.Resolved && incident.LastWord?.Status != IncidentStatus.Resolved;
        var allowed = From(incident.Status);
        if (!isOldNews && !allowed.Contains(to))
            return new ReleaseOpsException(
                ErrorId.BadTransition,
                $"{incident.Id} is {incident.Status}: it can't be {to} next.",
                allowed.Count == 0 ? "It is over: open a new one, or say so nevertheless (--force, -Force)."
                    : $"It may be {string.Join(" or ", allowed)}; or say so nevertheless (--force, -Force).",
                incident.Id);
        if (!isOldNews && to == IncidentStatus.Resolved && incident.IsUnverified)
            return new ReleaseOpsException(
                ErrorId.BadTransition,
                $"{incident.Id} can't be Resolved yet: its signal ({incident.Source}) isn't known to be gone.",
                "Stay at Monitoring until the watch has verified it; or say so nevertheless (--force, -Force).", incident.Id);
        return null;
    }
}
