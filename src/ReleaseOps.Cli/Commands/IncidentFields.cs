using System.CommandLine;
using ReleaseOps.Incidents;

namespace ReleaseOps.Cli.Commands;

/// <summary>What can be said of an incident on the command line.</summary>
internal sealed class IncidentFields
{
    private readonly Option<string?> _severity = new("--severity") { Description = "How bad it is: a name of the runbook's ladder." };
    private readonly Option<string?> _impact = new("--impact") { Description = "Who or what is affected, and how." };
    private readonly Option<string?> _scope = new("--scope") { Description = "Where it ends: tenants, systems." };
    private readonly Option<string?> _action = new("--current-action") { Description = "What is being done: triage, rollback, forward-fix." };
    private readonly Option<string?> _findings = new("--findings") { Description = "What was found since the last update." };
    private readonly Option<string?> _track = new("--decision-track") { Description = "The way that was taken: rollback-first or forward-fix." };
    private readonly Option<string?> _risk = new("--risk") { Description = "What may go wrong on that way; whether the contract drifts." };
    private readonly Option<string?> _resolution = new("--resolution") { Description = "What ended it." };
    private readonly Option<string?> _proof = new("--validation-evidence") { Description = "What shows that it is over: paths, checks." };
    private readonly Option<string?> _followUps = new("--follow-ups") { Description = "What is still to do, whose, by when." };
    private readonly Option<string?> _commander = new("--commander") { Description = "The incident commander." };
    private readonly Option<string?> _owner = new("--owner") { Description = "Who works on it." };
    private readonly Option<string?> _escalation = new("--escalation") { Description = "How far it is escalated: L1 to L5, as the runbook has it." };
    private readonly Option<DateTimeOffset?> _from = Time("--impact-from", "When customers began to feel it: 2026-12-01T10:00Z, or -15m for a while ago.");
    private readonly Option<DateTimeOffset?> _to = Time("--impact-to", "When they no longer did.");
    private readonly Option<(DateTimeOffset? At, TimeSpan? In)?> _next = new("--next-update")
    {
        Description = "When the next update is promised: in 30m, or at 2026-12-01T10:30Z (default: by the severity).",
        CustomParser = given =>
        {
            var text = given.Tokens[0].Value;
            if (Durations.TryParse(text, out var after))
                return (null, after);
            if (Moment.Parse(text, TimeProvider.System.GetUtcNow()) is { } at)
                return (at, null);
            given.AddError("--next-update takes a duration such as 30m, or a moment such as 2026-12-01T10:30Z.");
            return null;
        },
    };
    private readonly Option<string?> _message = new("--message") { Description = "The runbook's message to use instead of the usual one." };
    private readonly Option<bool> _force = new("--force") { Description = "Take a way that incidents don't go, such as from investigating to resolved; the ledger says so." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
                 [_severity, _impact, _scope, _action, _findings, _track, _risk, _resolution, _proof, _followUps, _from, _to, _next, _commander, _owner,
                  _escalation, _message, _force])
            command.Add(option);
    }

    public IncidentRequest Request(ParseResult parsed, string? incident, IncidentStatus? status) => new()
    {
        Incident = incident,
        Status = status,
        Severity = parsed.GetValue(_severity),
        Impact = parsed.GetValue(_impact),
        Scope = parsed.GetValue(_scope),
        CurrentAction = parsed.GetValue(_action),
        Findings = parsed.GetValue(_findings),
        DecisionTrack = parsed.GetValue(_track),
        Risk = parsed.GetValue(_risk),
        Resolution = parsed.GetValue(_resolution),
        Evidence = parsed.GetValue(_proof),
        FollowUps = parsed.GetValue(_followUps),
        ImpactFrom = parsed.GetValue(_from),
        ImpactTo = parsed.GetValue(_to),
        NextUpdateAt = parsed.GetValue(_next)?.At,
        NextUpdateIn = parsed.GetValue(_next)?.In,
        Commander = parsed.GetValue(_commander),
        Owner = parsed.GetValue(_owner),
        Escalation = parsed.GetValue(_escalation),
        Message = parsed.GetValue(_message),
        Force = parsed.GetValue(_force),
    };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given =>
        {
            if (Moment.Parse(given.Tokens[0].Value, TimeProvider.System.GetUtcNow()) is { } at)
                return at;
            given.AddError($"{name} takes a moment such as 2026-12-01T10:00Z, -15m or now.");
            return null;
        },
    };
}
