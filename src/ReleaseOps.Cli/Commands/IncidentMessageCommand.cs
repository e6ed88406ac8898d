using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Incidents;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops incident message|review|due RUNBOOK</c>: messages that aren't somebody's words on one incident.</summary>
internal static class IncidentMessageCommand
{
    public static Command Message()
    {
        var sending = new SendingOptions();
        var name = new Argument<string>("message") { Description = "The message's name in the runbook." };
        var values = new Option<string[]>("--set") { Description = "What its template asks for, NAME=VALUE; may be given several times." };
        var command = new Command("message", "Sends one of the runbook's messages: a deployment's start, a hotfix's status.");
        sending.AddRunbook(command);
        command.Add(name);
        command.Add(values);
        sending.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (plan, options) = (sending.Plan(parsed), sending.Options(parsed));
            var message = IncidentUpdates.Message(plan, parsed.GetValue(name)!, CommonOptions.PairsFrom("--set", parsed.GetValue(values)), options);
            return MessageOutput.FinishAsync([message], plan, options, sending, parsed, cancellation);
        });
        return command;
    }

    public static Command Review()
    {
        var sending = new SendingOptions();
        var due = new Argument<string>("review") { Description = "Its time, as the runbook's schedule has it: T+2h." };
        var command = new Command("review", "Calls a review that the runbook schedules.");
        sending.AddRunbook(command);
        command.Add(due);
        sending.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (plan, options) = (sending.Plan(parsed), sending.Options(parsed));
            return MessageOutput.FinishAsync([IncidentUpdates.Review(plan, parsed.GetValue(due)!, options)], plan, options, sending, parsed, cancellation);
        });
        return command;
    }

    public static Command Due()
    {
        var sending = new SendingOptions();
        var command = new Command(
            "due", "Sends what ought to be said now: incidents that nobody has announced, that got worse, came back or are over, and promised updates that are overdue.");
        sending.AddRunbook(command);
        sending.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (plan, options) = (sending.Plan(parsed), sending.Options(parsed));
            return MessageOutput.FinishAsync(IncidentUpdates.Due(plan, options), plan, options, sending, parsed, cancellation);
        });
        return command;
    }
}
