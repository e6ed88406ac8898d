namespace ReleaseOps.Probes.Files;

/// <summary>Keeps names from a file inside the folder that they belong to, symbolic links followed.</summary>
/// <param name="folder">Full path of the folder.</param>
internal sealed class InsideFolder(string folder)
{
    private const int MostLinks = 40;

    private readonly string _folder = Path.TrimEndingDirectorySeparator(Resolve(Path.GetFullPath(folder)));

    /// <summary>Full path of a name with its links followed; null where it leads outside. The file needn't be there.</summary>
    internal string? Find(string name)
    {
        // ".." is refused wherever it stands: after a link it means another folder to the system than to GetFullPath.
        if (Path.IsPathRooted(name) || name.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Contains(".."))
            return null;
        return Resolve(Path.GetFullPath(Path.Combine(_folder, name))) is var real && Holds(real) ? real : null;
    }

    private bool Holds(string path) => path.StartsWith(
        Path.EndsInDirectorySeparator(_folder) ? _folder : _folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var left = new Stack<string>(Parts(path[root.Length..]).Reverse());
        var real = root;
        for (var links = 0; left.TryPop(out var part);)
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }
            var next = Path.Combine(real, part);
            if (part == "." || new FileInfo(next).LinkTarget is not { } target)
            {
                real = part == "." ? real : next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"too many symbolic links on the way to {path}");
            if (Path.IsPathRooted(target))
                real = Path.GetPathRoot(target)!;
            foreach (var piece in Parts(target).Reverse())
                left.Push(piece);
        }
        return real;
    }

    private static string[] Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
