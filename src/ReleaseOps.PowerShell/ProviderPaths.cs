using System.Management.Automation;

namespace ReleaseOps.PowerShell;

/// <summary>
/// PowerShell paths as full paths of the file system. The session's location isn't the process's working folder, so this comes before
/// anything reaches the engine.
/// </summary>
internal static class ProviderPaths
{
    /// <summary>The session's file system location, even where its current location is on another drive (<c>Env:</c>).</summary>
    public static string CurrentFolder(this PSCmdlet cmdlet) => cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>One path, which need not exist; wildcards stand for themselves.</summary>
    public static string FullPath(this PSCmdlet cmdlet, string path)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return IsFileSystem(provider) ? full : throw NotFileSystem(path);
    }

    /// <summary>The files that a path with wildcards names; a path without them, or one that is there as it is written, names itself.</summary>
    public static IReadOnlyList<string> FullPaths(this PSCmdlet cmdlet, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(cmdlet.FullPath(path)))
            return [cmdlet.FullPath(path)];
        var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
        return IsFileSystem(provider) ? found : throw NotFileSystem(path);
    }

    private static bool IsFileSystem(ProviderInfo provider) => provider.Name == "FileSystem";

    private static ReleaseOpsException NotFileSystem(string path) =>
        new(ErrorId.Usage, $"'{path}' isn't a path of the file system.", "Give a path on a FileSystem drive.", path);
}
