namespace ReleaseOps.Runbooks;

/// <summary>The names that a message's template may speak of.</summary>
internal static class MessageFields
{
    /// <summary>What is a text, by its name.</summary>
    public static readonly IReadOnlyList<string> Texts =
    [
        "when", "incident", "number", "severity", "status", "impact", "scope", "current_action", "findings", "decision_track", "risk",
        "resolution", "evidence", "impact_start", "impact_end", "impact_window", "follow_ups", "next_update", "commander", "owner",
        "escalation", "due", "what", "title", "text",
    ];

    /// <summary>What each item of <c>checks</c> has.</summary>
    public static readonly IReadOnlyList<string> Check = ["id", "verdict", "detail"];

    /// <summary>All of them for a runbook with these parameters.</summary>
    public static TemplateFields Of(IEnumerable<string> parameters) => TemplateFields.Map(
    [
        .. Texts.Select(t => KeyValuePair.Create(t, TemplateFields.Text)),
        KeyValuePair.Create("release", TemplateFields.Map(["product", "version"])),
        KeyValuePair.Create("params", TemplateFields.Map(parameters)),
        KeyValuePair.Create("checks", TemplateFields.List(Check)),
    ]);
}
