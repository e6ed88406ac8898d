using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>
/// What an update to people says to a watch, as the words that it knows: it opens what nobody knew of, acknowledges, triages, mitigates, resolves.
/// </summary>
internal static class UpdateWords
{
    /// <summary>The words, in order.</summary>
    /// <param name="update">The update.</param>
    /// <param name="incident">The incident as the watch has it; null where it has none of that name.</param>
    public static IEnumerable<WatchWord> Of(IncidentWord update, WatchIncident? incident)
    {
        var isOver = update.Status == IncidentStatus.Resolved;
        // What is over is none of the watch's business, unless somebody says that it isn't.
        if (incident is null ? isOver && !update.Opens : !incident.IsOpen && (isOver || !update.Forced))
            yield break;
        var returned = incident is { MitigatedAt: not null } && update.Status is IncidentStatus.Investigating or IncidentStatus.Mitigating;
        if (incident is null || !incident.IsOpen || returned)
            yield return Word(update, WatchWordKind.Open, update.Impact ?? update.Findings) with
            {
                Value = update.Severity.Length > 0 ? update.Severity : incident?.Severity ?? WatchCondition.Unrated,
            };
        else if (update.Severity.Length > 0 && update.Severity != incident.Severity)
            yield return Word(update, WatchWordKind.Triage, update.Findings) with { Value = update.Severity };
        if (incident?.AcknowledgedAt is null)
            yield return Word(update, WatchWordKind.Acknowledge, null);
        if (isOver)
            yield return Word(update, WatchWordKind.Resolve, update.Resolution ?? update.Findings);
        else if (update.Status == IncidentStatus.Monitoring && (incident?.MitigatedAt is null || !incident.IsOpen))
            yield return Word(update, WatchWordKind.Mitigate, update.CurrentAction ?? update.Resolution ?? update.Findings);
    }

    private static WatchWord Word(IncidentWord update, WatchWordKind kind, string? text) =>
        new(kind, update.By, update.At) { Subject = update.Incident, Text = text };
}
