using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Git;

/// <summary>What a commit changed since it left another line of history.</summary>
/// <param name="Base">The common ancestor that it is compared with: a full commit id.</param>
/// <param name="Commit">The commit: a full commit id.</param>
/// <param name="Files">The changed files, by path.</param>
internal sealed record GitChange(string Base, string Commit, IReadOnlyList<ChangedFile> Files)
{
    /// <summary>
    /// What the common ancestor was looked for with: the base that was asked for, or <c>origin/NAME</c> for a branch that <c>origin</c>
    /// has.
    /// </summary>
    public string ComparedWith { get; init; } = "";

    /// <summary>
    /// The branch: the one that the revision names (without <c>origin/</c>), else the one that is checked out where it is at
    /// <see cref="Commit"/>; empty when there is none (detached: see <see cref="CiBranch"/>).
    /// </summary>
    public string Branch { get; init; } = "";

    /// <summary>True where the commit is the one that is checked out.</summary>
    public bool IsCheckedOut { get; init; }

    /// <summary>The tags of the commit.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Paths of what lies in the working tree and is in no commit: it is not judged.</summary>
    public IReadOnlyList<string> Uncommitted { get; init; } = [];
}

/// <summary>One changed file.</summary>
/// <param name="Path">Its path in the repository, with <c>/</c>; that of the base where it is gone.</param>
/// <param name="Change">What was done to it.</param>
internal sealed record ChangedFile(string Path, FileChange Change)
{
    /// <summary>
    /// The path that it had; null where it has the same. Of a file that has moved all lines are <see cref="Removed"/> and
    /// <see cref="Added"/>, the same ones too: they are gone from the one path and new at the other, which rules may treat differently.
    /// </summary>
    public string? OldPath { get; init; }

    /// <summary>The lines that are new, by number, with their numbers in the new file.</summary>
    public IReadOnlyList<ChangedLine> Added { get; init; } = [];

    /// <summary>The lines that are gone, by number, with their numbers in the old file.</summary>
    public IReadOnlyList<ChangedLine> Removed { get; init; } = [];

    /// <summary>
    /// Why not all of its lines can be told: a binary file, a submodule, a symbolic link, not UTF-8, larger than what is read; null where
    /// they can. <see cref="Added"/> and <see cref="Removed"/> hold what could be read all the same.
    /// </summary>
    public string? Unread { get; init; }
}

/// <summary>A line of a changed file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text, without the line's end (LF or CR LF).</param>
internal readonly record struct ChangedLine(int Number, string Text);
