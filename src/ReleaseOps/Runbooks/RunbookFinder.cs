using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>
/// Finds runbooks by name: in <c>runbooks</c> under the working folder, then in each folder of RELEASEOPS_RUNBOOKS, then among those that
/// ship with ReleaseOps. The first found wins.
/// </summary>
public sealed class RunbookFinder
{
    /// <summary>The environment variable that lists further folders, separated as PATH is.</summary>
    public const string Variable = "RELEASEOPS_RUNBOOKS";

    // A folder with more isn't a folder of runbooks.
    private const int MostFiles = 1000;

    private static readonly string[] Endings = [".yaml", ".yml"];

    private readonly string _workingFolder;
    private readonly List<(string Folder, RunbookSource Source)> _folders = [];

    /// <summary>A finder that looks from one folder.</summary>
    /// <param name="workingFolder">The folder that the operator stands in; relative paths start here.</param>
    /// <param name="sharedFolders">The value of <see cref="Variable"/>; null for none.</param>
    /// <param name="builtInFolder">The folder of the runbooks that ship with ReleaseOps; null to look for it near the engine.</param>
    public RunbookFinder(string workingFolder, string? sharedFolders = null, string? builtInFolder = null)
    {
        _workingFolder = Path.GetFullPath(workingFolder);
        _folders.Add((Path.Combine(_workingFolder, "runbooks"), RunbookSource.Project));
        foreach (var folder in (sharedFolders ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            _folders.Add((Path.GetFullPath(folder, _workingFolder), RunbookSource.Shared));
        if ((builtInFolder ?? BuiltInFolder(AppContext.BaseDirectory)) is { } builtIn)
            _folders.Add((Path.GetFullPath(builtIn, _workingFolder), RunbookSource.BuiltIn));
    }

    /// <summary>The folder of the runbooks that ship with ReleaseOps, looked for from a folder upward; null where there is none.</summary>
    /// <param name="from">The engine's folder.</param>
    public static string? BuiltInFolder(string from)
    {
        // Beside the program, or in the module: the engine stands in its module/bin/dependencies, or some folders deep in a build's output.
        const int highest = 8;
        if (Path.Combine(from, "runbooks") is var beside && Directory.Exists(beside))
            return beside;
        var folder = new DirectoryInfo(from);
        for (var steps = 0; folder is not null && steps < highest; steps++, folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "module", "runbooks") is var shipped && Directory.Exists(shipped))
                return shipped;
        }
        return null;
    }

    /// <summary>The file of a runbook.</summary>
    /// <param name="nameOrPath">Its name; or its path, which has a separator in it or ends in .yaml or .yml.</param>
    /// <exception cref="ReleaseOpsException">RunbookNotFound: what was looked for and where, and the nearest name.</exception>
    public string Find(string nameOrPath)
    {
        if (IsPath(nameOrPath))
            return FindPath(nameOrPath);
        if (Names.Runbook.Fits(nameOrPath))
        {
            foreach (var (folder, _) in _folders)
            {
                if (FileIn(folder, nameOrPath) is { } file)
                    return file;
            }
        }
        var names = _folders.SelectMany(f => FilesIn(f.Folder)).Select(file => Path.GetFileNameWithoutExtension(file))
            .Distinct(StringComparer.Ordinal);
        var near = Nearest.Of(nameOrPath, names);
        throw new ReleaseOpsException(ErrorId.RunbookNotFound,
            $"no runbook '{Reading.Show(nameOrPath)}'{(near is null ? "." : $"; did you mean '{near}'?")} "
            + $"Looked in: {string.Join(", ", _folders.Select(f => f.Folder))}",
            $"Name one that `releaseops runbook list` shows, give a path, or add its folder to {Variable}.", nameOrPath);
    }

    /// <summary>
    /// All runbooks that have names, in the order in which they are found; one that can't be read is listed with its problem.
    /// </summary>
    public IReadOnlyList<RunbookSummary> List()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var summaries = new List<RunbookSummary>();
        foreach (var (folder, source) in _folders.DistinctBy(f => f.Folder))
        {
            foreach (var file in FilesIn(folder))
            {
                var summary = RunbookHead.Read(file, source);
                summaries.Add(found.TryAdd(summary.Name, file) ? summary : summary with { ShadowedBy = found[summary.Name] });
            }
        }
        return summaries;
    }

    private string FindPath(string path)
    {
        var full = Path.GetFullPath(path, _workingFolder);
        return File.Exists(full) ? full : throw new ReleaseOpsException(ErrorId.RunbookNotFound, $"no runbook file '{full}'",
            Directory.Exists(full) ? "This is a folder; name a file in it." : "Look at the path; it is relative to the working folder.",
            path);
    }

    private static bool IsPath(string text) =>
        text.Contains('/', StringComparison.Ordinal) || text.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || Endings.Contains(Path.GetExtension(text), StringComparer.OrdinalIgnoreCase);

    private static string? FileIn(string folder, string name) =>
        Endings.Select(ending => Path.Combine(folder, name + ending)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> FilesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.Ordinal))
                .Take(MostFiles).Order(StringComparer.Ordinal)];
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
