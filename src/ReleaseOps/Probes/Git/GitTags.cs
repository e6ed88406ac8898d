namespace ReleaseOps.Probes.Git;

/// <summary>A tag at the commit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsAnnotated">True for a tag object, with a tagger and a message.</param>
internal sealed record GitTag(string Name, bool IsAnnotated);

/// <summary>The tags at a commit, newest first.</summary>
internal static class GitTags
{
    /// <summary>Reads lines of object type and name.</summary>
    internal static IReadOnlyList<GitTag> Read(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2)
            .Select(parts => new GitTag(parts[1], parts[0] == "tag"))];

    /// <summary>
    /// The one that <c>git describe --exact-match --tags</c> names: annotated before lightweight, then the newest; empty for none.
    /// </summary>
    internal static string Exact(IReadOnlyList<GitTag> tags) =>
        tags.OrderByDescending(t => t.IsAnnotated).Select(t => t.Name).FirstOrDefault("");
}
