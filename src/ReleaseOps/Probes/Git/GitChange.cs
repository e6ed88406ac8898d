using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Git;

/// <summary>What a commit changed since it left another line of history.</summary>
/// <param name="Base">The common ancestor that it is compared with: a full commit id.</param>
/// <param name="Commit">The commit: a full commit id.</param>
/// <param name="Files">The changed files, by path.</param>
internal sealed record GitChange(string Base, string Commit, IReadOnlyList<ChangedFile> Files)
{
    /// <summary>The branch that is checked out; empty when detached, or when it isn't at <see cref="Commit"/>.</summary>
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
    /// <summary>The path that it had; null where it has the same.</summary>
    public string? OldPath { get; init; }

    /// <summary>The lines that are new, with their numbers in the new file.</summary>
    public IReadOnlyList<ChangedLine> Added { get; init; } = [];

    /// <summary>The lines that are gone, with their numbers in the old file.</summary>
    public IReadOnlyList<ChangedLine> Removed { get; init; } = [];

    /// <summary>Why its lines can't be told: a binary file, a submodule, larger than what is read; null where they can.</summary>
    public string? Unread { get; init; }
}

/// <summary>A line of a changed file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text, without the line's end.</param>
internal readonly record struct ChangedLine(int Number, string Text);
