using System.CommandLine;
using ReleaseOps.Rollouts;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops approve RUNBOOK SUBJECT --role ROLE [--refuse]</c>.</summary>
internal static class ApproveCommand
{
    public static Command Make()
    {
        var runbook = CommonOptions.Runbook();
        var subject = new Argument<string>("subject") { Description = "What waits for it: a step's id, PHASE:STAGE, or hotfix." };
        var role = new Option<string>("--role") { Description = "The role that you approve in.", Required = true };
        var refuse = new Option<bool>("--refuse") { Description = "Say no." };
        var parameters = CommonOptions.Parameters();
        var evidence = CommonOptions.Evidence();
        var command = new Command("approve", "Approves a step, a stage or a hotfix, or refuses it. It binds to the runbook and its parameters.")
        {
            runbook, subject, role, refuse, parameters, evidence,
        };
        command.SetAction(parsed =>
        {
            var plan = CommonOptions.WholePlan(parsed.GetValue(runbook)!, parsed.GetValue(parameters));
            var (approval, delivery) = ReleaseVotes.Approve(
                plan, parsed.GetValue(subject)!, parsed.GetValue(role)!, !parsed.GetValue(refuse), CommonOptions.RunWith(null, parsed.GetValue(evidence)));
            Console.Out.WriteLine(
                $"{approval.By} as {approval.Role} {(approval.Given ? "approves" : "refuses")} '{approval.Subject}' of {plan.Release}; {CommonOptions.Words(delivery)}.");
            return ExitCode.Go;
        });
        return command;
    }
}
