using ReleaseOps.Expressions;

namespace ReleaseOps.Hotfixes;

/// <summary>Whether a path is one of those that a runbook speaks of.</summary>
internal static class HotfixPaths
{
    /// <summary>True where one of the globs fits, or there are none.</summary>
    public static bool Fit(IReadOnlyList<string> globs, string path) => globs.Count == 0 || globs.Any(g => PathGlob.Of(g).IsMatch(path));
}
