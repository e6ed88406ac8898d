using ReleaseOps.Checklists;
using ReleaseOps.Evidence;

namespace ReleaseOps.Cli.Screen;

/// <summary>What a person reads after a run: what decided it, worst first, and where the proof is.</summary>
internal static class ResultText
{
    public static void Write(TextWriter to, ChecklistResult result)
    {
        to.WriteLine();
        foreach (var finding in result.Findings.Where(f => f.Verdict is Verdict.Failed or Verdict.Inconclusive))
        {
            to.WriteLine(OneLine.Of($"{StatusWord.Of(finding.Verdict)} {finding.Subject}{(finding.Required ? "" : " (optional)")}: {finding.Text}"));
            var proof = new[] { finding.Condition is null ? null : "asked: " + finding.Condition, finding.Source, finding.Evidence }.OfType<string>();
            if (proof.Any())
                to.WriteLine("     " + OneLine.Of(string.Join("  ", proof)));
        }
        to.WriteLine("Evidence: " + result.Folder);
        if (result.Interrupted)
            to.WriteLine("Go on with: releaseops checklist ... --resume " + result.Run);
        to.WriteLine(result.Summary);
    }
}
