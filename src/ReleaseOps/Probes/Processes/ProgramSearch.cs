using System.Runtime.Versioning;

namespace ReleaseOps.Probes;

/// <summary>
/// Finds the program that a command names, as a shell that stands in the command's folder would: a name with a slash is a path from that
/// folder, any other is looked up in PATH. (System.Diagnostics.Process also tries our own folder; a release must not depend on that.)
/// </summary>
internal static class ProgramSearch
{
    /// <summary>The full path of a program; null, and a sentence why, where there is none that may be started.</summary>
    /// <param name="program">The name.</param>
    /// <param name="folder">The folder that the command runs in.</param>
    /// <param name="searchPath">The value of PATH.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public static string? Find(string program, string folder, string? searchPath, out string problem)
    {
        problem = "";
        if (!Directory.Exists(folder))
        {
            problem = $"{program}: the folder {folder} that it should run in isn't there; create it or correct the step's folder.";
            return null;
        }
        if (program.Length == 0)
        {
            problem = "The command names no program; its first part must be one.";
            return null;
        }
        if (OperatingSystem.IsWindows())
            return program;
        if (program.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(program, Path.GetFullPath(folder));
            if (MayStart(path))
                return path;
            problem = Directory.Exists(path) ? $"{program}: {path} is a folder, not a program; correct the path."
                : File.Exists(path) ? $"{program}: {path} may not be executed; make it executable (chmod +x)."
                : $"{program}: there is no file {path}; correct the path or the step's folder.";
            return null;
        }
        string? found = null;
        foreach (var part in (searchPath ?? "/usr/local/bin:/usr/bin:/bin").Split(':'))
        {
            // An empty part means the current folder; a program that lies there by chance isn't the one that was meant.
            if (!Path.IsPathRooted(part))
                continue;
            var path = Path.Combine(part, program);
            if (MayStart(path))
                return path;
            if (found is null && File.Exists(path))
                found = path;
        }
        problem = found is not null
            ? $"{program}: {found} may not be executed; make it executable (chmod +x)."
            : $"{program}: no program of that name in PATH ({searchPath}); install it or correct PATH.";
        return null;
    }

    [UnsupportedOSPlatform("windows")]
    private static bool MayStart(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
