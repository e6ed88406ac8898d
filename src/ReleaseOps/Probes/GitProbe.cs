using ReleaseOps.Probes.Git;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>
/// The facts of a git working tree: <c>branch</c> (empty when detached), <c>commit</c> (empty before the first), <c>clean</c>,
/// <c>changes</c> (paths),
/// <c>tag</c> (the exact one, or empty), <c>tags</c> (all at this commit), and where there is an upstream <c>upstream</c>, <c>ahead</c>,
/// <c>behind</c>.
/// </summary>
/// <remarks>
/// Untracked files and changed submodules count as changes, whatever the user's configuration says. Nothing is fetched, so <c>behind</c>
/// is as fresh as the last fetch; nothing is locked or written.
/// </remarks>
internal static class GitProbe
{
    // Paths that are listed; the tree isn't clean whatever their number.
    private const int MaxChanges = 1000;

    /// <summary>Asks git, in two processes.</summary>
    /// <param name="look">The working tree.</param>
    /// <param name="context">Time-out, mask and clock.</param>
    /// <param name="cancellation">Ends the asking, and git.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<Observation> LookAsync(GitLook look, LookContext context, CancellationToken cancellation) =>
        Looking.MakeAsync(
            context,
            token => AskAsync(look.Folder, context.Mask, token),
            () => $"git didn't answer within {Durations.Format(context.Timeout)}",
            cancellation);

    private static async Task<Seen> AskAsync(string folder, SecretMask mask, CancellationToken cancellation)
    {
        var git = new GitProgram(folder, mask);
        // Each option overrides a setting that would hide something: untracked files, submodules, the distance to the upstream.
        var status = GitStatus.Read(await git.RunAsync(
            ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--ignore-submodules=none", "--no-renames",
                "--ahead-behind"],
            cancellation).ConfigureAwait(false));
        var tags = status.Commit.Length == 0
            ? []
            : GitTags.Read(await git.RunAsync(
                ["for-each-ref", "--points-at=" + status.Commit, "--sort=-creatordate", "--format=%(objecttype) %(refname:strip=2)",
                    "refs/tags"],
                cancellation).ConfigureAwait(false));
        var values = new Dictionary<string, object?>
        {
            ["branch"] = mask.Apply(status.Branch),
            ["commit"] = status.Commit,
            ["clean"] = status.Changes.Count == 0,
            ["changes"] = status.Changes.Take(MaxChanges).Select(object? (c) => mask.Apply(c)).ToList(),
            ["tag"] = mask.Apply(GitTags.Exact(tags)),
            ["tags"] = tags.Select(object? (t) => mask.Apply(t.Name)).ToList(),
        };
        if (status.Upstream is { } upstream)
            values["upstream"] = mask.Apply(upstream);
        if (status.Ahead is { } ahead && status.Behind is { } behind)
        {
            values["ahead"] = ahead;
            values["behind"] = behind;
        }
        return new Seen(values, OutsideText.OneLine(Detail(status, GitTags.Exact(tags)), mask))
        {
            Notes = status.Changes.Count > MaxChanges
                ? [Invariant($"only the first {MaxChanges} of {status.Changes.Count} changes are listed")]
                : [],
        };
    }

    private static string Detail(GitStatus status, string tag)
    {
        var place = status.Branch.Length == 0 ? "detached" : status.Branch;
        var commit = status.Commit.Length == 0 ? "no commit yet" : status.Commit[..Math.Min(12, status.Commit.Length)];
        var changes = status.Changes.Count switch
        {
            0 => "clean",
            1 => "1 change: " + status.Changes[0],
            _ => Invariant($"{status.Changes.Count} changes: {status.Changes[0]} ..."),
        };
        return $"{place} at {commit}{(tag.Length == 0 ? "" : $" ({tag})")}, {changes}";
    }
}
