using ReleaseOps.Probes.Git;

namespace ReleaseOps.Probes.Contracts;

/// <summary>
/// A revision of a git repository. The revision is looked up once: a branch that moves meanwhile doesn't mix two of them.
/// </summary>
internal sealed class GitPlace : IApiPlace
{
    private readonly GitProgram _git;
    private readonly string _revision;
    private readonly string _tree;

    private GitPlace(GitProgram git, string revision, string tree, string start) =>
        (_git, _revision, _tree, Start) = (git, revision, tree, start);

    /// <summary>The description itself, from the top of the repository.</summary>
    public string Start { get; }

    /// <summary>Finds a revision.</summary>
    /// <param name="specification">
    /// <c>REV:path</c>; as git has it, the path is from the top, from the current folder where it begins with a dot.
    /// </param>
    /// <param name="folder">The current folder.</param>
    /// <param name="mask">Hides secrets in what git says.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">ProgramNotFound, or GitFailed with git's own words.</exception>
    public static async Task<GitPlace> FindAsync(string specification, string folder, SecretMask mask, CancellationToken cancellation)
    {
        var colon = Colon(specification);
        var (revision, path) = (specification[..colon], specification[(colon + 1)..]);
        if (revision is ['-' or '^', ..])
            throw new CouldNotTellException(ErrorId.GitFailed, $"{OutsideText.OneLine(revision, mask, 60)} isn't a revision");
        var git = new GitProgram(folder, mask);
        try
        {
            var said = await git.RunAsync(["rev-parse", "--show-prefix", specification, revision + "^{tree}"], cancellation)
                .ConfigureAwait(false);
            if (said.Split('\n') is not [.. var prefix, { Length: 40 or 64 }, { Length: 40 or 64 } tree, ""])
                throw new CouldNotTellException(
                    ErrorId.GitFailed, $"{OutsideText.OneLine(specification, mask)} isn't one file of one revision");
            var isRelative = path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal);
            var start = SlashPath.Join(isRelative ? string.Join('\n', prefix) : "", path);
            return new GitPlace(git, revision, tree, start ?? path);
        }
        catch (CouldNotTellException e) when (e.Id == ErrorId.GitFailed)
        {
            if (!await IsShallowAsync(git, cancellation).ConfigureAwait(false))
                throw;
            throw new CouldNotTellException(e.Id, e.Message + " (the clone is shallow: `git fetch --unshallow` brings older revisions)");
        }
    }

    /// <summary>
    /// Where the path begins after a revision, which may have colons in braces (<c>main@{12:00}:api.yaml</c>); below zero for none.
    /// </summary>
    public static int Colon(string specification)
    {
        var depth = 0;
        for (var i = 0; i < specification.Length; i++)
        {
            depth += specification[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (specification[i] == ':' && depth <= 0)
                return i;
        }
        return -1;
    }

    public string Locate(string from, string elsewhere) =>
        SlashPath.Of(elsewhere) is not { } path
        ? throw new CouldNotTellException(ErrorId.PathOutside, "it isn't a path relative to its file")
        : SlashPath.Join(from, path)
            ?? throw new CouldNotTellException(ErrorId.PathOutside, "it leads out of the repository");

    public async Task<FetchedFile> ReadAsync(string location, int most, CancellationToken cancellation)
    {
        var name = $"{_revision}:{location}";
        try
        {
            var bytes = await _git.ReadAsync(["cat-file", "blob", $"{_tree}:{location}"], most, cancellation).ConfigureAwait(false);
            return new FetchedFile(bytes, name, location);
        }
        catch (CouldNotTellException e) when (e.Id == ErrorId.GitFailed)
        {
            throw new CouldNotTellException(e.Id, e.Message.Replace(_tree, _revision, StringComparison.Ordinal));
        }
    }

    private static async Task<bool> IsShallowAsync(GitProgram git, CancellationToken cancellation)
    {
        try
        {
            return (await git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellation).ConfigureAwait(false)).Trim() == "true";
        }
        catch (CouldNotTellException)
        {
            return false;
        }
    }
}
