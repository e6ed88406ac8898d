using ReleaseOps.Evidence;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli.Screen;

/// <summary>What is left to do when a run has ended or was planned: evidence, the answer on the screen, the exit code.</summary>
internal static class RunOutput
{
    /// <summary>Writes the evidence of a run, shows its result, and tells the pipeline that it runs in.</summary>
    public static int Finish(RunResult result, bool json, HotfixAnswer? answer = null)
    {
        EvidenceFolder.Write(result);
        Show(result, json, answer: answer);
        CiReport.Write(result, Environment.GetEnvironmentVariable, json ? Console.Error : Console.Out);
        return ExitCode.Of(result);
    }

    /// <summary>Shows a result or a plan.</summary>
    /// <param name="result">The result.</param>
    /// <param name="json">As JSON.</param>
    /// <param name="clock">T-0, for the clock times of a plan; null where nobody said.</param>
    /// <param name="timeline">A plan as one page.</param>
    /// <param name="answer">How the open questions of a hotfix are answered; null where it isn't one.</param>
    public static int Show(RunResult result, bool json, ReleaseClock? clock = null, bool timeline = false, HotfixAnswer? answer = null)
    {
        if (json)
            Console.Out.Write(EvidenceJson.Text(result));
        else if (result is WatchResult { Replayed: true } replay)
            WatchText.WriteReplay(Console.Out, replay);
        else if (result is WatchResult { DryRun: false, Ended: false, Interrupted: false } watch)
            WatchText.WriteStanding(Console.Out, watch);
        else if (result.DryRun && timeline)
            TimelineText.Write(Console.Out, result.Plan, clock);
        else if (result.DryRun)
            PlanText.Write(Console.Out, result, clock);
        else
            ResultText.Write(Console.Out, result, answer);
        return ExitCode.Of(result);
    }
}
