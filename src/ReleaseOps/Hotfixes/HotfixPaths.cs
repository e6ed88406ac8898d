using ReleaseOps.Expressions;

namespace ReleaseOps.Hotfixes;

/// <summary>The globs of a runbook, each read once.</summary>
internal sealed class HotfixPaths
{
    private readonly Dictionary<string, PathGlob> _globs = new(StringComparer.Ordinal);

    /// <summary>True where one of the globs fits a path.</summary>
    public bool Fit(IReadOnlyList<string> globs, string path) => globs.Any(g => Of(g).Fits(path));

    /// <summary>True where one of the globs fits a path, or there are none.</summary>
    public bool FitIfAny(IReadOnlyList<string> globs, string path) => globs.Count == 0 || Fit(globs, path);

    private PathGlob Of(string glob) => _globs.TryGetValue(glob, out var known) ? known : _globs[glob] = PathGlob.Parse(glob);
}
