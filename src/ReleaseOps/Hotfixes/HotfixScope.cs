using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Hotfixes;

/// <summary>What a change is about, and what must therefore be checked. Pure.</summary>
/// <param name="Findings">Its class, what it touches, and the rules.</param>
/// <param name="Domains">The parts of the product that it touches.</param>
/// <param name="Needed">Ids of the steps that it needs, of those that only some changes need.</param>
internal sealed record HotfixScope(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Domains, IReadOnlySet<string> Needed)
{
    /// <summary>Ids of the steps that only some changes need.</summary>
    public static IReadOnlySet<string> Conditional(Hotfix hotfix) =>
        hotfix.Classes.SelectMany(c => c.Steps).Concat(hotfix.Rules.SelectMany(r => r.Steps)).Concat(hotfix.Domains.SelectMany(d => d.Steps))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Judges a change.</summary>
    /// <param name="hotfix">What a hotfix may be.</param>
    /// <param name="change">The change.</param>
    /// <param name="declared">The declared class; null where nobody declared one.</param>
    /// <param name="texts">The new files' texts that the rules ask for.</param>
    /// <param name="mask">Hides secrets in what is shown, before it is cut, so that no half of one stays.</param>
    public static HotfixScope Of(Hotfix hotfix, GitChange change, HotfixClass? declared, IReadOnlyDictionary<string, string?> texts, SecretMask mask)
    {
        var paths = new HotfixPaths();
        var rules = new HotfixRules(change, texts, paths, mask).Judge(hotfix.Rules);
        var (domains, mapped) = DomainsOf(hotfix, change, paths, mask);
        var needed = (declared?.Steps ?? []).Concat(rules.Fitting.SelectMany(r => r.Steps)).Concat(domains.SelectMany(d => d.Steps));
        return new HotfixScope(
            [.. ClassFindings(hotfix, change, declared, paths, mask), .. ChangeFindings(change, mask), .. mapped, .. rules.Findings],
            [.. domains.Select(d => d.Name)], needed.ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<Finding> ClassFindings(Hotfix hotfix, GitChange change, HotfixClass? declared, HotfixPaths paths, SecretMask mask)
    {
        if (hotfix.Classes.Count == 0)
            yield break;
        if (declared is null)
        {
            yield return new Finding("class", Verdict.Inconclusive,
                $"nobody has declared what kind of change this is: give --class (-Class), one of {string.Join(", ", hotfix.Classes.Select(c => c.Name))}")
            { Reason = ErrorId.NobodyToAsk };
            yield break;
        }
        var outside = PathsOf(change).Where(p => !paths.FitIfAny(declared.Paths, p)).ToList();
        foreach (var path in outside.Take(MostPaths))
            yield return new Finding(
                "class", Verdict.Failed, $"{Shown(path, mask)} is not what a change of class '{declared.Name}' touches: {string.Join(", ", declared.Paths)}")
            { Source = Shown(path, mask) };
        if (outside.Count > MostPaths)
            yield return new Finding(
                "class", Verdict.Failed, FormattableString.Invariant($"{outside.Count - MostPaths} more paths are outside of class '{declared.Name}'"));
        if (outside.Count == 0)
            yield return new Finding("class", Verdict.Passed, $"{declared.Name}: {declared.Title ?? "allowed"}");
    }

    private static IEnumerable<Finding> ChangeFindings(GitChange change, SecretMask mask)
    {
        if (change.Files.Count == 0)
            yield return new Finding("change", Verdict.Inconclusive,
                $"{Short(change.Commit)} changes nothing against {Short(change.Base)}: is that what is live? Give --base (-Base).")
            { Reason = ErrorId.NoData };
        if (!change.IsCheckedOut)
            yield return new Finding("working-tree", Verdict.Inconclusive,
                $"{Short(change.Commit)} is not what is checked out here, so that the checks would look at something else: check it out")
            { Reason = ErrorId.NoData };
        else if (change.Uncommitted.Count > 0)
            yield return new Finding("working-tree", Verdict.Skipped,
                $"{Count(change.Uncommitted.Count, "path is", "paths are")} not committed: not judged, and seen by the checks all the same: "
                + string.Join(", ", change.Uncommitted.Take(5).Select(p => Shown(p, mask))) + (change.Uncommitted.Count > 5 ? " ..." : ""))
            { Required = false };
    }

    /// <summary>A path that nobody has put into a part of the product may be of any: then all of their checks are needed.</summary>
    private static (IReadOnlyList<HotfixDomain> Domains, IReadOnlyList<Finding> Findings) DomainsOf(Hotfix hotfix, GitChange change, HotfixPaths globs, SecretMask mask)
    {
        if (hotfix.Domains.Count == 0)
            return ([], []);
        var paths = PathsOf(change).ToList();
        var unmapped = paths.Where(p => !hotfix.Domains.Any(d => globs.Fit(d.Paths, p))).ToList();
        var touched = hotfix.Domains.Where(d => paths.Any(p => globs.Fit(d.Paths, p))).ToList();
        return unmapped.Count == 0
            ? (touched,
            [
                new Finding("domains", Verdict.Passed, touched.Count == 0 ? "no part of the product is touched" : string.Join(", ", touched.Select(d => d.Name)))
                { Required = false },
            ])
            : (hotfix.Domains, [new Finding("domains", Verdict.Passed,
                $"{Shown(unmapped[0], mask)}{More(unmapped.Count)} may be of any part of the product: the checks of all of them are needed")
                { Source = Shown(unmapped[0], mask), Required = false }]);
    }

    /// <summary>What has moved was touched where it was, too.</summary>
    private static IEnumerable<string> PathsOf(GitChange change) => change.Files.SelectMany(f => f.OldPath is { } old ? new[] { f.Path, old } : [f.Path]);

    private const int MostPaths = 20;

    private static string Shown(string path, SecretMask mask) => OutsideText.OneLine(path, mask);

    /// <summary>How many more there are than the one that is told.</summary>
    internal static string More(int count) => count > 1 ? FormattableString.Invariant($" and {count - 1} more") : "";

    internal static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;

    private static string Count(int count, string one, string several) => FormattableString.Invariant($"{count} {(count == 1 ? one : several)}");
}
