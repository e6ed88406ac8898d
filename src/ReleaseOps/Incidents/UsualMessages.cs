using ReleaseOps.Runbooks;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Incidents;

/// <summary>
/// The texts that are there without a runbook's: those of incidents are the ones of the "POST-GA Day 1 Stability Watch (T+24h)", section
/// Communication Templates, line by line.
/// </summary>
internal static class UsualMessages
{
    public const string Start = "incident-start";
    public const string Update = "incident-update";
    public const string Resolved = "incident-resolved";
    public const string Postmortem = "incident-postmortem";
    public const string Review = "review-call";
    public const string Hotfix = "hotfix-status";

    private static readonly Dictionary<string, string> Templates = new(StringComparer.Ordinal)
    {
        [Start] = """
            Incident Start
            - When: {{when}}
            - Severity: {{severity}}
            - Impact: {{impact}}
            - Scope: {{scope}}
            - Current action: {{current_action}}
            - Next update ETA: {{next_update}}
            """,
        [Update] = """
            Incident Update
            - When: {{when}}
            - Status: {{status}}
            - Latest findings: {{findings}}
            - Decision track: {{decision_track}}
            - Risk statement: {{risk}}
            - Next update ETA: {{next_update}}
            """,
        [Resolved] = """
            Incident Resolved
            - When: {{when}}
            - Resolution: {{resolution}}
            - Validation evidence: {{evidence}}
            - Customer impact window: {{impact_window}}
            - Follow-ups: {{follow_ups}}
            """,
        [Postmortem] = """
            Postmortem of {{incident}}
            - Severity: {{severity}}
            - Window: {{impact_window}}
            - Where: {{evidence}}
            - Follow-ups: {{follow_ups}}
            """,
        [Review] = """
            Review {{due}}
            - What: {{what}}
            - When: {{when}}
            {{#if owner}}
            - Owner: {{owner}}
            {{/if}}
            """,
        [Hotfix] = "{{text}}",
    };

    /// <summary>The message of that name: the runbook's, with the usual text where it has none that can be filled in.</summary>
    /// <exception cref="ReleaseOpsException">UnknownReference.</exception>
    public static Message Of(Runbook runbook, string name)
    {
        var own = runbook.Messages.FirstOrDefault(m => m.Name == name);
        if (own is { Template: not null } || (own is not null && !Templates.ContainsKey(name)))
            return own;
        if (Templates.TryGetValue(name, out var usual))
            return (own ?? new Message(name)) with { Text = null, Template = usual };
        var there = runbook.Messages.Select(m => m.Name).Union(Templates.Keys);
        throw new ReleaseOpsException(ErrorId.UnknownReference, $"The runbook '{runbook.Name}' has no message '{Reading.Show(name)}'.",
            Nearest.Hint(name, there) ?? $"There is: {string.Join(", ", there)}.", name);
    }

    /// <summary>The usual message for an update.</summary>
    /// <param name="number">Which update of its incident.</param>
    /// <param name="status">How far the incident is.</param>
    public static string For(int number, IncidentStatus status) => status == IncidentStatus.Resolved ? Resolved : number == 1 ? Start : Update;
}
