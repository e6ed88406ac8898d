namespace ReleaseOps.Probes.Git;

/// <summary>How much of a repository is read. What is larger is said to be unread, and nobody can say that it is harmless.</summary>
internal static class GitLimits
{
    /// <summary>The largest file whose changed lines are read, in MiB: source that a person reviews is far smaller.</summary>
    internal const int File = 4;

    /// <summary>The largest change that is read, in MiB, all its files together.</summary>
    internal const int Change = 64;

    /// <summary>The largest file whose text is read, in MiB: an API's description may have 10.</summary>
    internal const int Text = 64;

    /// <summary>How long git may take for all that is asked about one commit, or about one file of it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Why a file's lines aren't read.</summary>
    internal static readonly string FileTooLarge = FormattableString.Invariant($"one larger than {File} MiB");

    /// <summary>Why the rest of a change isn't read.</summary>
    internal static readonly string ChangeTooLarge = FormattableString.Invariant($"the whole change is larger than {Change} MiB");
}
