namespace ReleaseOps.Runbooks.Format;

/// <summary><c>rules</c> of a hotfix: what it must not do, or not without more.</summary>
internal static class HotfixRuleFormat
{
    private static readonly Key<IReadOnlyList<string>> Paths = new("paths", HotfixKeys.Globs,
        "The paths that it is about; all unless told otherwise.");
    private static readonly Shape<string> Expression = new LinePatternShape();
    private static readonly Key<IReadOnlyList<string>> Except = new("except", HotfixKeys.Globs, "Paths that it leaves out.");
    private static readonly Key<IReadOnlyList<FileChange>> Change = new("change", new OneOrManyShape<FileChange>(
        new ChoiceShape<FileChange>("added, modified, deleted or renamed", ("added", FileChange.Added), ("modified", FileChange.Modified),
            ("deleted", FileChange.Deleted), ("renamed", FileChange.Renamed)), "a list of them"),
        "What was done to the file; anything unless told otherwise.");
    private static readonly Key<string> Added = new("added", Expression, "A regular expression that an added line fits.");
    private static readonly Key<string> Removed = new("removed", Expression, "A regular expression that a removed line fits.");
    private static readonly Key<string> Lacks = new("lacks", Expression,
        "A regular expression that the new file's text doesn't fit: what must be in it is missing.");
    private static readonly Key<string> Unless = new("unless", Expression,
        "A regular expression: lines that it fits are left out of 'added' and 'removed'.");
    private static readonly Key<HotfixConsequence> Then = new("then", new ChoiceShape<HotfixConsequence>("refuse or check",
        ("refuse", HotfixConsequence.Refuse), ("check", HotfixConsequence.Check)),
        "What follows where it fits: refuse (the change is no hotfix), or check (its steps are needed).")
    { Required = true };

    public static readonly Key<IReadOnlyList<HotfixRule>> Rules = new("rules", new NamedShape<HotfixRule, HotfixRule>(Names.HotfixRule,
        new MapShape<HotfixRule>("a rule",
            [HotfixKeys.Title, Paths, Except, Change, Added, Removed, Lacks, Unless, Then, HotfixKeys.Steps], BuildRule)
        { Check = CheckRule },
        (name, rule) => rule with { Name = name }, "a map of names to rules"),
        "What a hotfix must not do, or not without more. A rule fits where a changed file fits each of what it names.");

    private static HotfixRule BuildRule(Fields fields) => new("")
    {
        Title = fields.Need(HotfixKeys.Title),
        Paths = fields.List(Paths),
        Except = fields.List(Except),
        Change = fields.List(Change),
        Added = fields.Get(Added),
        Removed = fields.Get(Removed),
        Lacks = fields.Get(Lacks),
        Unless = fields.Get(Unless),
        Then = fields.GetValue(Then) ?? HotfixConsequence.Refuse,
        Steps = HotfixKeys.NamesOf(fields.List(HotfixKeys.Steps)),
        At = fields.At,
    };

    private static void CheckRule(Fields fields, Reading reading)
    {
        HotfixKeys.CheckSteps(fields, reading);
        if (fields.GetValue(Then) == HotfixConsequence.Check && !fields.Has(HotfixKeys.Steps))
            reading.Error(fields.PositionOf(Then), ErrorId.MissingKey, "a rule that says 'check' must have 'steps'",
                "name what is needed where it fits");
        if (fields.GetValue(Then) == HotfixConsequence.Refuse && fields.Has(HotfixKeys.Steps))
            reading.Error(fields.PositionOf(HotfixKeys.Steps), ErrorId.BadValue,
                "a rule that refuses needs no 'steps': nothing more is looked at", "say 'then: check', or leave them out");
        if (!((Key[])[Paths, Except, Change, Added, Removed, Lacks]).Any(fields.Has))
            reading.Error(fields.At, ErrorId.MissingKey, "a rule that names nothing fits every change",
                "give it paths, change, added, removed or lacks");
        if (fields.Has(Unless) && !fields.Has(Added) && !fields.Has(Removed))
            reading.Error(fields.PositionOf(Unless), ErrorId.BadValue,
                "'unless' leaves out lines of 'added' and 'removed', and there is neither");
        CheckNeverFits(fields, reading);
    }

    /// <summary>A rule that can fit nothing would let everything through.</summary>
    private static void CheckNeverFits(Fields fields, Reading reading)
    {
        var change = fields.List(Change);
        (Key<string> Key, FileChange Without, string Why)[] never =
        [
            (Added, FileChange.Deleted, "a file that is gone has no new text"), (Lacks, FileChange.Deleted, "a file that is gone has no new text"),
            (Removed, FileChange.Added, "a file that is new has no removed lines"),
        ];
        foreach (var (key, without, why) in never)
        {
            if (fields.Has(key) && change.Count > 0 && change.All(c => c == without))
                reading.Error(fields.PositionOf(key), ErrorId.BadValue, "this rule never fits: " + why, "change 'change'");
        }
        foreach (var key in (Key<string>[])[Unless, Lacks])
        {
            if (fields.Get(key) is { } pattern && LinePatternShape.FitsAnything(pattern))
                reading.Warn(fields.PositionOf(key), $"'{Reading.Show(pattern)}' fits any text, so the rule never fits",
                    "say more of what it is about");
        }
    }
}
