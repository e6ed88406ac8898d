using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Finds runbooks from the session's location, which isn't the process's working folder.</summary>
internal static class RunbookFiles
{
    public static IReadOnlyList<RunbookSummary> List(string folder) => RunbookFinder.List();

    /// <summary>The file of a runbook that is named, or given as a path relative to the folder.</summary>
    public static string Find(string nameOrPath, string folder) =>
        IsPath(nameOrPath) ? Path.GetFullPath(nameOrPath, folder) : RunbookFinder.Find(nameOrPath);

    private static bool IsPath(string nameOrPath) =>
        nameOrPath.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.GetExtension(nameOrPath) is ".yaml" or ".yml";
}
