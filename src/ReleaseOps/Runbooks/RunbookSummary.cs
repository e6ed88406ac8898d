namespace ReleaseOps.Runbooks;

/// <summary>Where a runbook was found.</summary>
public enum RunbookSource
{
    /// <summary>The folder <c>runbooks</c> where the operator stands.</summary>
    Project,
    /// <summary>A folder of the environment variable RELEASEOPS_RUNBOOKS.</summary>
    Shared,
    /// <summary>What ships with ReleaseOps.</summary>
    BuiltIn,
}

/// <summary>A runbook in a list, read no further than its head.</summary>
/// <param name="Name">What it is found by: its file's name without the ending.</param>
/// <param name="Title">One line for people; the name where the file has none.</param>
/// <param name="Product">The product that it releases; the name where the file has none.</param>
/// <param name="File">Full path of its file.</param>
/// <param name="Source">Where it was found.</param>
public sealed record RunbookSummary(string Name, string Title, string Product, string File, RunbookSource Source)
{
    /// <summary>Why it can't be read; null where it can (it may have problems all the same).</summary>
    public RunbookProblem? Problem { get; init; }

    /// <summary>The file that is found first by the same name; null where this one is.</summary>
    public string? ShadowedBy { get; init; }
}
