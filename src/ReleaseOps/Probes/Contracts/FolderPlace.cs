using ReleaseOps.Probes.Files;

namespace ReleaseOps.Probes.Contracts;

/// <summary>
/// The folder that a description lies in: the current one where it is inside of it, else its own. Files outside, by <c>..</c> or by a
/// link, aren't read: a description may come from somebody else, and what it names shows in what is said about it.
/// </summary>
internal sealed class FolderPlace : IApiPlace
{
    private readonly string _top;
    private readonly string _given;
    private readonly InsideFolder _inside;
    private readonly SecretMask _mask;

    /// <param name="path">The file, as it was given.</param>
    /// <param name="folder">The current folder.</param>
    /// <param name="mask">Hides secrets in what is said.</param>
    public FolderPlace(string path, string folder, SecretMask mask)
    {
        var full = Path.GetFullPath(path, folder);
        var within = Path.GetRelativePath(folder, full);
        var isWithin = !Path.IsPathRooted(within) && within.Split(Path.DirectorySeparatorChar)[0] != "..";
        (_top, _given, _mask) = (isWithin ? folder : Path.GetDirectoryName(full)!, path, mask);
        _inside = new InsideFolder(_top);
        Start = Path.GetRelativePath(_top, full).Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The description itself, from the top of the folder.</summary>
    public string Start { get; }

    public string Locate(string from, string elsewhere) =>
        SlashPath.Of(elsewhere) is not { } path
        ? throw new CouldNotTellException(ErrorId.PathOutside, "it isn't a path relative to its file")
        : SlashPath.Join(from, path) is { } joined && _inside.Find(joined) is not null ? joined
        : throw new CouldNotTellException(ErrorId.PathOutside, $"it leads out of the folder {SeenFile.Shown(_top, _mask)}");

    public async Task<FetchedFile> ReadAsync(string location, int most, CancellationToken cancellation)
    {
        // Who names a file means it, wherever its links lead; what a file names stays inside.
        var isStart = location == Start;
        var path = isStart ? Path.Combine(_top, location) : _inside.Find(location)!;
        var name = isStart ? OutsideText.OneLine(_given, _mask) : Shown(location);
        try
        {
            if (Directory.Exists(path))
                throw new CouldNotTellException(ErrorId.FileUnreadable, $"{name} is a folder, not a file");
            var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
                return new FetchedFile(await BoundedStream.ReadAsync(file, most, name, cancellation).ConfigureAwait(false), name, location);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CouldNotTellException(ErrorId.FileUnreadable, $"{name} isn't there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SeenFile.Unreadable(path, e, _mask);
        }
    }

    // As the description itself was given: relative to the current folder, or beside it.
    private string Shown(string location) => OutsideText.OneLine(
        Path.Combine(
            Path.GetDirectoryName(_given) ?? "",
            Path.GetRelativePath(Path.GetDirectoryName(Start) is { Length: > 0 } own ? own : ".", location)),
        _mask);
}
