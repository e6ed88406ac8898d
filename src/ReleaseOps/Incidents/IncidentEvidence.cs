using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>The evidence of a release that is there: the files of its runs, as somebody who stands in the run's folder finds them.</summary>
internal static class IncidentEvidence
{
    private const int MostNamed = 5;

    /// <summary>Paths of the newest runs' reports, and of the ledger; empty where there is none.</summary>
    public static IReadOnlyList<string> Paths(Plan plan, RunOptions options)
    {
        var folder = ReleaseRun.FolderOf(plan.Release, options);
        if (!Directory.Exists(folder))
            return [];
        // A run's name begins with its time.
        var reports = Directory.EnumerateDirectories(folder).OrderDescending(StringComparer.Ordinal).Take(50)
            .Select(run => Path.Combine(run, "report.md")).Where(File.Exists).Take(MostNamed - 1);
        return [.. reports.Append(Path.Combine(folder, FileLedger.FileName)).Where(File.Exists).Select(p => Shown(p, options.Folder))];
    }

    private static string Shown(string path, string from)
    {
        var relative = Path.GetRelativePath(from, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }
}
