using System.CommandLine;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops rollout pause|resume|promote|abort RUNBOOK</c>: a word from a second terminal to the rollout that is running.</summary>
internal static class SignalCommand
{
    public static Command Make(SignalKind kind, string description)
    {
        var runbook = CommonOptions.Runbook();
        var parameters = CommonOptions.Parameters();
        var reason = new Option<string?>("--reason") { Description = "Why; it stands in the ledger and in the evidence." };
        var evidence = CommonOptions.Evidence();
        var command = new Command(kind.ToString().ToLowerInvariant(), description) { runbook, parameters, reason, evidence };
        command.SetAction(parsed =>
        {
            var plan = CommonOptions.WholePlan(parsed.GetValue(runbook)!, parsed.GetValue(parameters));
            var options = CommonOptions.RunWith(null, parsed.GetValue(evidence));
            CanaryRollout.Send(
                plan.Release, new Signal(kind, options.Actor, options.Clock.GetUtcNow()) { Reason = parsed.GetValue(reason) }, options);
            Console.Out.WriteLine($"Told the rollout of {plan.Release} to {kind.ToString().ToLowerInvariant()}.");
            return ExitCode.Go;
        });
        return command;
    }
}
