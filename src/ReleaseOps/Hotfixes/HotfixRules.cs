using ReleaseOps.Expressions;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Hotfixes;

/// <summary>What the rules of a runbook come to for a change.</summary>
/// <param name="Findings">One for each rule that it keeps, and one for each place that breaks one.</param>
/// <param name="Fitting">The rules that it fits, or may fit: their steps are needed.</param>
internal sealed record RuleAnswer(IReadOnlyList<Finding> Findings, IReadOnlyList<HotfixRule> Fitting);

/// <summary>Holds a change against the rules of a runbook. Pure.</summary>
/// <param name="change">The change.</param>
/// <param name="texts">The new files' texts by path, of those that <see cref="NeededTexts"/> named; null for one that can't be read.</param>
/// <param name="paths">The globs.</param>
/// <param name="mask">Hides secrets in what is shown; it is judged as it is.</param>
internal sealed class HotfixRules(GitChange change, IReadOnlyDictionary<string, string?> texts, HotfixPaths paths, SecretMask mask)
{
    /// <summary>How many places of one rule are told; the rest is counted.</summary>
    private const int MostPlaces = 20;

    /// <summary>Paths of the files whose whole text the rules ask for.</summary>
    public static IReadOnlyList<string> NeededTexts(IReadOnlyList<HotfixRule> rules, GitChange change)
    {
        var about = new HotfixRules(change, new Dictionary<string, string?>(), new HotfixPaths(), SecretMask.None);
        return [.. rules.Where(r => r.Lacks is not null).SelectMany(r => change.Files.Where(f => about.IsNew(r, f)))
            .Select(f => f.Path).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Judges them all.</summary>
    public RuleAnswer Judge(IReadOnlyList<HotfixRule> rules)
    {
        var (findings, fitting) = (new List<Finding>(), new List<HotfixRule>());
        foreach (var rule in rules)
        {
            var patterns = new Patterns(rule);
            var places = change.Files.Where(f => IsNew(rule, f) || IsGone(rule, f)).SelectMany(f => PlacesIn(patterns, f)).ToList();
            if (places.Count > 0)
                fitting.Add(rule);
            findings.AddRange(rule.Then == HotfixConsequence.Check ? [Checked(rule, places)] : Refused(rule, places));
        }
        return new RuleAnswer(findings, fitting);
    }

    /// <summary>A place that fits a rule; one of which it can't be told whether it does has no verdict but that.</summary>
    private readonly record struct Place(string Path, int? Line, string What, bool IsUnknown = false);

    /// <summary>The expressions of a rule, each read once.</summary>
    private sealed class Patterns(HotfixRule rule)
    {
        public HotfixRule Rule => rule;

        public Pattern? Added { get; } = Of(rule.Added);

        public Pattern? Removed { get; } = Of(rule.Removed);

        public Pattern? Unless { get; } = Of(rule.Unless);

        public Pattern? Lacks { get; } = Of(rule.Lacks);

        private static Pattern? Of(string? expression) => expression is null ? null : Pattern.Of(expression);
    }

    /// <summary>Whether a rule is about what is now at a file's path. A file that has moved is new there, and gone from where it was.</summary>
    private bool IsNew(HotfixRule rule, ChangedFile file) =>
        file.Change != FileChange.Deleted && IsDone(rule, file, FileChange.Added) && IsOf(rule, file.Path);

    /// <summary>Whether a rule is about what was at a file's path.</summary>
    private bool IsGone(HotfixRule rule, ChangedFile file) =>
        file.Change != FileChange.Added && IsDone(rule, file, FileChange.Deleted) && IsOf(rule, file.OldPath ?? file.Path);

    private static bool IsDone(HotfixRule rule, ChangedFile file, FileChange moved) =>
        rule.Change.Count == 0 || rule.Change.Contains(file.Change) || (file.Change == FileChange.Renamed && rule.Change.Contains(moved));

    private bool IsOf(HotfixRule rule, string path) => paths.FitIfAny(rule.Paths, path) && !paths.Fit(rule.Except, path);

    private IEnumerable<Place> PlacesIn(Patterns rule, ChangedFile file)
    {
        var lines = (rule.Added ?? rule.Removed) is not null;
        var isNew = IsNew(rule.Rule, file);
        var places = lines ? [.. Lines(rule, file)]
            : new List<Place> { isNew || file.OldPath is null ? new(file.Path, null, Words(file)) : new(file.OldPath, null, $"is now {Shown(file.Path)}") };
        // What was read of such a file is judged all the same; the rest is unknown.
        if (lines && file.Unread is { } why)
            return [.. places, new Place(file.Path, null, $"its lines can't be told: {why}", IsUnknown: true)];
        if (places.Count == 0 || rule.Lacks is not { } lacks || !isNew)
            return places;
        return (texts.GetValueOrDefault(file.Path) is { } text ? lacks.IsMatch(text) : null) switch
        {
            true => [],
            false => [new Place(file.Path, null, $"nothing in it fits {rule.Rule.Lacks}")],
            null => [new Place(file.Path, null, "its text can't be told", IsUnknown: true)],
        };
    }

    private IEnumerable<Place> Lines(Patterns rule, ChangedFile file) =>
        Lines(rule, IsNew(rule.Rule, file) ? file.Added : [], rule.Added, file.Path, "adds")
            .Concat(Lines(rule, IsGone(rule.Rule, file) ? file.Removed : [], rule.Removed, file.OldPath ?? file.Path, "removes"));

    private IEnumerable<Place> Lines(Patterns rule, IReadOnlyList<ChangedLine> lines, Pattern? pattern, string path, string verb)
    {
        foreach (var line in pattern is null ? [] : lines)
        {
            var found = pattern!.IsMatch(line.Text);
            if (found != false && rule.Unless?.IsMatch(line.Text) != true)
                yield return new Place(path, line.Number, $"{verb} '{OutsideText.OneLine(line.Text, mask, 120)}'", IsUnknown: found is null);
        }
    }

    private IEnumerable<Finding> Refused(HotfixRule rule, List<Place> places)
    {
        if (places.Count == 0)
            return [new Finding(rule.Name, Verdict.Passed, rule.Title)];
        var told = places.Take(MostPlaces).Select(p =>
            new Finding(rule.Name, p.IsUnknown ? Verdict.Inconclusive : Verdict.Failed, $"{rule.Title}: {Shown(p)} {p.What}") { Source = Shown(p) });
        return places.Count <= MostPlaces ? told
            : told.Append(new Finding(rule.Name, Verdict.Failed, FormattableString.Invariant($"{rule.Title}: {places.Count - MostPlaces} more places")));
    }

    /// <summary>It decides by the steps that it asks for, not by itself.</summary>
    private Finding Checked(HotfixRule rule, List<Place> places) => places.Count == 0
        ? new Finding(rule.Name, Verdict.Passed, $"{rule.Title}: nothing in the change is about it") { Required = false }
        : new Finding(rule.Name, Verdict.Passed,
            $"{rule.Title}: {Shown(places[0])} {places[0].What}{HotfixScope.More(places.Count)}; it needs {string.Join(", ", rule.Steps)}")
        { Source = Shown(places[0]), Required = false };

    // The line stays where a long path is cut.
    private string Shown(Place place) => place.Line is { } line ? FormattableString.Invariant($"{Shown(place.Path)}:{line}") : Shown(place.Path);

    private string Shown(string path) => OutsideText.OneLine(path, mask);

    private string Words(ChangedFile file) => file.Change switch
    {
        FileChange.Added => "is new",
        FileChange.Deleted => "is deleted",
        FileChange.Renamed => $"was {Shown(file.OldPath ?? "")}",
        _ => "is changed",
    };
}
