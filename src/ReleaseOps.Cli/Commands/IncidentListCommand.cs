using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Evidence;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops incident list|retry RUNBOOK</c>: what is known of a release's incidents, and what waits to be sent.</summary>
internal static class IncidentListCommand
{
    public static Command List()
    {
        var (runbook, parameters, evidence, json) =
            (CommonOptions.Runbook(), CommonOptions.Parameters(), CommonOptions.Evidence(), CommonOptions.Json());
        var command = new Command("list", "Shows the incidents of a release, and what waits to be sent. Exit code 1 where a promised update is overdue.")
        {
            runbook, parameters, evidence, json,
        };
        command.SetAction(parsed =>
        {
            var plan = Planner.MakeMessages(CommonOptions.Load(parsed.GetValue(runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(parameters)));
            var options = CommonOptions.RunWith(null, parsed.GetValue(evidence));
            var (incidents, waiting) = (IncidentUpdates.Read(plan, options), Notices.Waiting(plan, options));
            if (parsed.GetValue(json))
                Console.Out.Write(IncidentJson.Text(incidents, waiting));
            else
                MessageOutput.Write(Console.Out, incidents, waiting);
            return incidents.Any(i => i.IsUpdateOverdue) ? ExitCode.NoGo : ExitCode.Go;
        });
        return command;
    }

    public static Command Retry()
    {
        var sending = new SendingOptions();
        var command = new Command("retry", "Tries again to send what waits in the outbox, oldest first; by a --channel that is named, also what that one refused.");
        sending.AddRunbook(command);
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (plan, options, channels) = (sending.Plan(parsed), sending.Options(parsed), sending.Channels(parsed));
            var tried = sending.DryRun(parsed) ? Notices.Waiting(plan, options)
                : await MessageOutput.SendingAsync(plan, options, () => Notices.RetryAsync(
                    plan, channels.Count == 0 ? null : channels, options, MessageOutput.Show(sending.Json(parsed)), told: null, cancellation)).ConfigureAwait(false);
            return MessageOutput.Finish(tried, sending.Json(parsed), nothing: "Nothing waits to be sent.");
        });
        return command;
    }
}
