using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops rollout RUNBOOK</c>: plan it, dry-run it, run it, resume it; and what a second terminal says to it.</summary>
internal static class RolloutCommand
{
    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<string?> Folder = CommonOptions.Folder();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> Phase = new("--phase") { Description = "The rollout's phase, where the runbook has several." };
    private static readonly Option<bool> DryRun = CommonOptions.DryRun();
    private static readonly Option<bool> Confirm = CommonOptions.ConfirmOnce();
    private static readonly Option<string?> Resume = CommonOptions.Resume();
    private static readonly Option<string?> Abandon = CommonOptions.Abandon();
    private static readonly Option<bool> Hotfix = new("--hotfix")
    {
        Description = "Outside the deployment windows: start with the approval of the role that the runbook names.",
    };

    public static Command Make()
    {
        var command = new Command("rollout", "Takes a release through its stages, judges each, and goes back where it must.")
        {
            Runbook, Phase, Parameters, DryRun, Confirm, Resume, Abandon, Hotfix, Folder, Evidence, Json,
            SignalCommand.Make(SignalKind.Pause, "Lets the running rollout stay at its stage; its triggers are still looked at."),
            SignalCommand.Make(SignalKind.Resume, "Lets a paused rollout go on."),
            SignalCommand.Make(SignalKind.Promote, "Ends the watch: the stage is judged now. On a hold: goes on, on your word."),
            SignalCommand.Make(SignalKind.Abort, "Lets the running rollout go back now."),
        };
        CommonOptions.NotTogether(command, Resume, Abandon);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var plan = CanaryRollout.Plan(
            CommonOptions.Load(parsed.GetValue(Runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(Parameters)), parsed.GetValue(Phase));
        var json = parsed.GetValue(Json);
        if (parsed.GetValue(DryRun))
            return RunOutput.Show(CanaryRollout.DryRun(plan, Environment.UserName, TimeProvider.System), json);

        using var view = new RolloutView(json);
        var run = CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence)) with
        {
            Attendant = ConsoleAttendant.IfSomebodyIsThere(view.Screen),
            Listener = view,
        };
        if (parsed.GetResult(Abandon) is not null)
        {
            Console.Out.WriteLine($"Gave up the run {CanaryRollout.Abandon(plan.Release, parsed.GetValue(Abandon), run)}.");
            return ExitCode.Go;
        }
        if (parsed.GetValue(Confirm) && !ConsoleAttendant.AskOnce(CanaryRollout.DryRun(plan, run.Actor, run.Clock)))
            return ExitCode.Hold;
        var options = new RolloutOptions(run) { Hotfix = parsed.GetValue(Hotfix) };
        var result = parsed.GetResult(Resume) is not null
            ? await CanaryRollout.ResumeAsync(plan, parsed.GetValue(Resume), options, cancellation).ConfigureAwait(false)
            : await CanaryRollout.RunAsync(plan, options, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }
}
