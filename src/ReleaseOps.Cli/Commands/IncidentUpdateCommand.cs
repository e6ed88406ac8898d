using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Incidents;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops incident start|update|resolve RUNBOOK</c>: one update of an incident, from what is known and what is said.</summary>
internal static class IncidentUpdateCommand
{
    public static Command Start() => Make("start", "Opens an incident, or announces one that a watch has opened, and tells people.", null, status: null, asksStatus: false);

    public static Command Update()
    {
        var status = new Option<IncidentStatus?>("--status") { Description = "How far it is: investigating, mitigating or monitoring (default: as it was)." };
        return Make("update", "Tells people how an incident goes.", status, null, asksStatus: true);
    }

    public static Command Resolve() => Make("resolve", "Tells people that an incident is over.", null, IncidentStatus.Resolved, asksStatus: false);

    private static Command Make(string name, string description, Option<IncidentStatus?>? statusOption, IncidentStatus? status, bool asksStatus)
    {
        var (fields, sending) = (new IncidentFields(), new SendingOptions());
        var incident = new Option<string?>("--incident", "-i") { Description = "The incident's id: INC-1 (default: a new one for start, else the one that is open)." };
        var command = new Command(name, description + " With --dry-run: the text, and exactly what would be sent.");
        sending.AddRunbook(command);
        command.Add(incident);
        if (asksStatus)
            command.Add(statusOption!);
        fields.AddTo(command);
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (plan, options) = (sending.Plan(parsed), sending.Options(parsed));
            var request = fields.Request(parsed, parsed.GetValue(incident), statusOption is null ? status : parsed.GetValue(statusOption)) with
            {
                Opens = name == "start",
            };
            var update = IncidentUpdates.Draft(plan, request, options);
            if (update.Missing.Count > 0 && !sending.Json(parsed))
                update = IncidentUpdates.Draft(plan, await MissingFields.AskAsync(request, update.Missing, cancellation).ConfigureAwait(false), options);
            return await MessageOutput.FinishAsync([update], plan, options, sending, parsed, cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
