using System.Management.Automation;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Finds runbooks from the session's location, which isn't the process's working folder.</summary>
internal static class RunbookFiles
{
    private static readonly string BinFolder = Path.GetDirectoryName(typeof(RunbookFiles).Assembly.Location)!;

    /// <summary>A finder that looks from a folder, then where the environment says, then in the module.</summary>
    public static RunbookFinder From(string folder) =>
        new(folder, Environment.GetEnvironmentVariable(RunbookFinder.Variable), RunbookFinder.BuiltInFolder(BinFolder));

    /// <summary>The files of the runbooks that are named, or given as paths; wildcards allowed.</summary>
    public static IEnumerable<string> Files(this PSCmdlet cmdlet, string nameOrPath)
    {
        if (IsPath(nameOrPath))
            return cmdlet.FullPaths(nameOrPath);
        var finder = From(cmdlet.CurrentFolder());
        if (!WildcardPattern.ContainsWildcardCharacters(nameOrPath))
            return [finder.Find(nameOrPath)];
        var pattern = WildcardPattern.Get(nameOrPath, WildcardOptions.IgnoreCase);
        return finder.List().Where(r => r.ShadowedBy is null && pattern.IsMatch(r.Name)).Select(r => r.File);
    }

    /// <summary>The file of a runbook that is named, or given as a path.</summary>
    public static string File(this PSCmdlet cmdlet, string nameOrPath) =>
        IsPath(nameOrPath) ? cmdlet.FullPath(nameOrPath) : From(cmdlet.CurrentFolder()).Find(nameOrPath);

    private static bool IsPath(string nameOrPath) =>
        nameOrPath.AsSpan().IndexOfAny('/', '\\', ':') >= 0 || Path.GetExtension(nameOrPath) is ".yaml" or ".yml";
}
