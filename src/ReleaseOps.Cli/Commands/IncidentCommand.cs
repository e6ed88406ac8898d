using System.CommandLine;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops incident start|update|resolve|...</c>: updates of incidents, and the channels that they go out by.</summary>
internal static class IncidentCommand
{
    public static Command Make() => new("incident", "Writes updates of incidents and other messages of a runbook, previews them, and sends them by its channels.")
    {
        IncidentUpdateCommand.Start(),
        IncidentUpdateCommand.Update(),
        IncidentUpdateCommand.Resolve(),
        IncidentMessageCommand.Message(),
        IncidentMessageCommand.Review(),
        IncidentMessageCommand.Due(),
        IncidentListCommand.List(),
        IncidentListCommand.Retry(),
    };
}
