using System.Text;
using ReleaseOps.Contracts;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>A CI system that shows annotations and a summary of a job.</summary>
public enum CiSystem
{
    /// <summary>None that we know.</summary>
    None = 0,

    /// <summary>GitHub Actions, and those that work as it does (Gitea, Forgejo).</summary>
    GitHubActions,

    /// <summary>Azure Pipelines.</summary>
    AzurePipelines,
}

/// <summary>
/// Tells the CI system that we run in what a run came to: an annotation for each required finding that failed (an error) or could not
/// be told (a warning), and the report as the job's summary. The job's own result is our exit code's business.
/// </summary>
public static class CiReport
{
    /// <summary>How many annotations of a kind are written; GitHub and Azure both show the first ten of a step.</summary>
    public const int MostAnnotations = 10;

    // GitHub drops a summary of more than 1024 KiB as a whole (actions/runner: CreateStepSummaryCommand).
    private const int SummaryLimit = 1024 * 1024;

    /// <summary>The CI system that these variables speak of: <c>GITHUB_ACTIONS=true</c>, <c>TF_BUILD=True</c>.</summary>
    /// <param name="environment">Reads an environment variable; null where it isn't there.</param>
    public static CiSystem Find(Func<string, string?> environment) =>
        IsTrue(environment("GITHUB_ACTIONS")) ? CiSystem.GitHubActions
        : IsTrue(environment("TF_BUILD")) ? CiSystem.AzurePipelines
        : CiSystem.None;

    /// <summary>
    /// Writes the annotations to the job's output and hands over the summary; does nothing outside CI. A summary that can't be written is a
    /// warning in the output, never an error: the evidence is in the run's folder.
    /// </summary>
    /// <param name="result">The result, its evidence written already.</param>
    /// <param name="environment">Reads an environment variable; null where it isn't there.</param>
    /// <param name="output">The job's standard output; whole lines are written.</param>
    public static void Write(RunResult result, Func<string, string?> environment, TextWriter output)
    {
        var system = Find(environment);
        if (system == CiSystem.None)
            return;
        Annotate(result.Findings, system, environment, folder: null, output);
        if (system == CiSystem.GitHubActions)
            SummariseForGitHub(MarkdownReport.Text(result, links: false), environment("GITHUB_STEP_SUMMARY"), output);
        else if (result.Folder is not null && Path.Join(result.Folder, EvidenceFolder.ReportName) is var report && File.Exists(report))
            output.WriteLine(CiCommand.AzurePath("task.uploadsummary", Path.GetFullPath(report)));
    }

    /// <summary>The same of a comparison of two API descriptions.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="folder">Full path of the folder that the descriptions' relative paths start from.</param>
    /// <param name="environment">Reads an environment variable; null where it isn't there.</param>
    /// <param name="output">The job's standard output; whole lines are written.</param>
    public static void Write(ContractResult result, string folder, Func<string, string?> environment, TextWriter output)
    {
        var system = Find(environment);
        if (system == CiSystem.None)
            return;
        Annotate(ContractRows.Findings(result), system, environment, folder, output);
        if (system == CiSystem.GitHubActions)
            SummariseForGitHub(ContractMarkdown.Text(result), environment("GITHUB_STEP_SUMMARY"), output);
    }

    private static void Annotate(
        IReadOnlyList<Finding> all, CiSystem system, Func<string, string?> environment, string? folder, TextWriter output)
    {
        var root = environment(system == CiSystem.GitHubActions ? "GITHUB_WORKSPACE" : "BUILD_SOURCESDIRECTORY");
        foreach (var (verdict, level) in new[] { (Verdict.Failed, "error"), (Verdict.Inconclusive, "warning") })
        {
            var findings = all.Where(f => f.Required && f.Verdict == verdict).ToList();
            foreach (var finding in findings.Take(MostAnnotations))
                output.WriteLine(Annotation(finding, level, system, SourcePlace.Of(finding.Source, root, folder)));
            if (findings.Count > MostAnnotations)
                output.WriteLine(FormattableString.Invariant($"{findings.Count - MostAnnotations} more {level}(s) in the report"));
        }
    }

    private static string Annotation(Finding finding, string level, CiSystem system, SourcePlace? source)
    {
        var title = $"{finding.Subject}: {StatusWord.Of(finding.Verdict)}";
        return system == CiSystem.GitHubActions
            ? CiCommand.GitHub(level, finding.Text,
                ("file", source?.File), ("line", source?.Line), ("col", source?.Column), ("title", title))
            : CiCommand.Azure("task.logissue", $"{title}: {finding.Text}",
                ("type", level), ("sourcepath", source?.File), ("linenumber", source?.Line), ("columnnumber", source?.Column));
    }

    private static void SummariseForGitHub(string report, string? file, TextWriter output)
    {
        if (string.IsNullOrEmpty(file))
            return;
        try
        {
            using var summary = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            summary.Write(Bounded(report, SummaryLimit - summary.Position));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(CiCommand.GitHub("warning", $"The job's summary couldn't be written: {e.Message}"));
        }
    }

    /// <summary>The report after a blank line, cut after a whole line where it doesn't fit beside what the step wrote before.</summary>
    internal static byte[] Bounded(string report, long room)
    {
        var whole = Encoding.UTF8.GetBytes("\n" + report);
        if (whole.Length <= room)
            return whole;
        var closing = "\nThe report is longer than a job's summary may be; the rest is in the evidence folder.\n"u8;
        if (room <= closing.Length)
            return [];
        var cut = whole.AsSpan(0, (int)room - closing.Length).LastIndexOf((byte)'\n') + 1;
        return [.. whole.AsSpan(0, cut), .. closing];
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
