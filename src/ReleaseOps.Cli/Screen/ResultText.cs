using System.Globalization;
using ReleaseOps.Evidence;
using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli.Screen;

/// <summary>What a person reads after a run: what decided it, worst first, and where the proof is.</summary>
internal static class ResultText
{
    /// <summary>Writes it.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="result">The result.</param>
    /// <param name="answer">How the open questions of a hotfix are answered; null where it isn't one.</param>
    public static void Write(TextWriter to, RunResult result, HotfixAnswer? answer = null)
    {
        to.WriteLine();
        if (result is WatchResult watch)
            to.WriteLine(WatchText.Ended(watch));
        foreach (var finding in result.Findings.Where(f => f.Verdict is Verdict.Failed or Verdict.Inconclusive))
        {
            to.WriteLine(OneLine.Of(StatusWord.Of(finding.Verdict) + (result is WatchResult
                ? $" {(finding.Required ? "" : "(optional) ")}{WatchFacts.Sentence(finding)}"
                : $" {finding.Subject}{(finding.Required ? "" : " (optional)")}: {finding.Text}")));
            var proof = new[] { finding.Condition is null ? null : "asked: " + finding.Condition, finding.Source, finding.Evidence }.OfType<string>();
            if (proof.Any())
                to.WriteLine("     " + OneLine.Of(string.Join("  ", proof)));
        }
        if (result is HotfixResult hotfix)
            WriteHotfix(to, hotfix, answer);
        if (result is RolloutResult rollout)
            to.WriteLine("Traffic now: " + (rollout.Weight?.ToString("0.##' %'", CultureInfo.InvariantCulture) ?? "not known"));
        if (result.Folder is not null)
            to.WriteLine("Evidence: " + result.Folder);
        if ((result.Interrupted && result is not HotfixResult) || result is RolloutResult { Decision: RolloutDecision.Hold })
            to.WriteLine($"Go on with: releaseops {CommandOf(result)} ... --resume {result.Run}");
        to.WriteLine(OneLine.Of(result.Summary));
    }

    private static void WriteHotfix(TextWriter to, HotfixResult result, HotfixAnswer? answer)
    {
        var change = result.Change!;
        var branch = change.Branch.Length > 0 ? change.Branch : "no branch";
        to.WriteLine(OneLine.Of($"Commit {change.Commit} on {branch}, {change.Size} against {change.Base}"));
        to.WriteLine("Way: " + result.Way.Word());
        foreach (var asks in answer is null ? [] : HotfixAsks.Of(result))
            to.WriteLine(OneLine.Of($"Answer as {asks.Role}: {answer!.Command(result, asks)}"));
        if (result.Status is not { } status)
            return;
        to.WriteLine();
        foreach (var line in status.TrimEnd().Split('\n'))
            to.WriteLine(OneLine.Of(line));
        to.WriteLine();
    }

    private static string CommandOf(RunResult result) => result switch
    {
        RolloutResult { Plan.Phases.Count: 0 } => "rollback",
        RolloutResult => "rollout",
        WatchResult => "watch",
        HotfixResult => "hotfix",
        _ => "checklist",
    };
}
