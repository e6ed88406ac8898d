namespace ReleaseOps.Runbooks.Format;

/// <summary><c>hotfix</c>: what may go out as a hotfix, and what must be known before it does.</summary>
internal static class HotfixFormat
{
    private static readonly Key<string> Title = new("title", TextShape.Any, "What it is, in a sentence for people.");
    private static readonly Key<string> TitleNeeded = new("title", TextShape.Any, "What it says, in a sentence for people.") { Required = true };
    private static readonly Key<IReadOnlyList<Reference>> Steps = new("steps",
        new ListShape<Reference>(new ReferenceShape(NameKind.Step, "the id of a step"), "a list of step ids"),
        "The checks that it needs: ids of steps of the phases. A step that is named so is left out where none of those that name it applies.");

    private static readonly Shape<IReadOnlyList<string>> Globs = new OneOrManyShape<string>(new GlobShape(), "a list of globs");
    private static readonly Key<IReadOnlyList<string>> ClassPaths = new("paths", Globs, "The only paths that such a change may touch; any unless told otherwise.");
    private static readonly Key<IReadOnlyList<string>> RulePaths = new("paths", Globs, "The paths that it is about; all unless told otherwise.");
    private static readonly Key<IReadOnlyList<string>> DomainPaths = new("paths", Globs, "Its paths.") { Required = true };

    private static readonly Key<IReadOnlyList<HotfixClass>> Classes = new("classes", new NamedShape<HotfixClass, HotfixClass>(Names.HotfixClass,
        new MapShape<HotfixClass>("a class", [Title, ClassPaths, Steps],
            f => new HotfixClass("") { Title = f.Get(Title), Paths = f.List(ClassPaths), Steps = NamesOf(f.List(Steps)) })
        { Check = CheckSteps }, (name, it) => it with { Name = name }, "a map of names to classes"),
        "The classes of change that are allowed; where there are any, one is declared for each hotfix.");

    private static readonly Shape<string> Expression = new LinePatternShape();
    private static readonly Key<IReadOnlyList<string>> Except = new("except", Globs, "Paths that it leaves out.");
    private static readonly Key<IReadOnlyList<FileChange>> Change = new("change", new OneOrManyShape<FileChange>(
        new ChoiceShape<FileChange>("added, modified, deleted or renamed", ("added", FileChange.Added), ("modified", FileChange.Modified),
            ("deleted", FileChange.Deleted), ("renamed", FileChange.Renamed)), "a list of them"), "What was done to the file; anything unless told otherwise.");
    private static readonly Key<string> Added = new("added", Expression, "A regular expression that an added line fits.");
    private static readonly Key<string> Removed = new("removed", Expression, "A regular expression that a removed line fits.");
    private static readonly Key<string> Lacks = new("lacks", Expression,
        "A regular expression that the new file's text doesn't fit: what must be in it is missing.");
    private static readonly Key<string> Unless = new("unless", Expression, "A regular expression: lines that it fits are left out of 'added' and 'removed'.");
    private static readonly Key<HotfixConsequence> Then = new("then", new ChoiceShape<HotfixConsequence>("refuse or check",
        ("refuse", HotfixConsequence.Refuse), ("check", HotfixConsequence.Check)),
        "What follows where it fits: refuse (the change is no hotfix), or check (its steps are needed).")
    { Required = true };

    private static readonly Key<IReadOnlyList<HotfixRule>> Rules = new("rules", new NamedShape<HotfixRule, HotfixRule>(Names.HotfixRule,
        new MapShape<HotfixRule>("a rule", [TitleNeeded, RulePaths, Except, Change, Added, Removed, Lacks, Unless, Then, Steps], BuildRule) { Check = CheckRule },
        (name, rule) => rule with { Name = name }, "a map of names to rules"),
        "What a hotfix must not do, or not without more. A rule fits where a changed file fits each of what it names.");

    private static readonly Key<IReadOnlyList<HotfixDomain>> Domains = new("domains", new NamedShape<HotfixDomain, HotfixDomain>(Names.HotfixDomain,
        new MapShape<HotfixDomain>("a domain", [DomainPaths, Steps],
            f => new HotfixDomain("") { Paths = f.List(DomainPaths), Steps = NamesOf(f.List(Steps)) })
        { Check = CheckSteps }, (name, it) => it with { Name = name }, "a map of names to domains"),
        "The parts of the product, each with the checks that a change of it needs. A path that is in none needs those of all.");

    private static readonly Key<Template> File = new("file", InRepository("a path in the repository"), "Its path in the repository: api/openapi.yaml.")
    { Required = true };
    private static readonly Key<ChangeLevel> FailOn = new("fail-on", new ChoiceShape<ChangeLevel>("breaking, warning or info",
        ("breaking", ChangeLevel.Breaking), ("warning", ChangeLevel.Warning), ("info", ChangeLevel.Info)),
        "The least level of a difference that refuses the hotfix; breaking unless told otherwise.");
    private static readonly Key<Template> Ignore = new("ignore", InRepository("a path in the repository"),
        "Path of a list of differences that are known and accepted.");
    private static readonly Key<HotfixContract> Contract = new("contract", new MapShape<HotfixContract>("the contract of a hotfix", [File, FailOn, Ignore],
        f => new HotfixContract(f.Need(File)) { FailOn = f.GetValue(FailOn) ?? ChangeLevel.Breaking, Ignore = f.Get(Ignore) }),
        "The API's description in the repository (OpenAPI), which is compared with that of the base.");

    private static readonly Key<string> Ask = new("ask", TextShape.Any, "The question for a person; yes is: go back first.");
    private static readonly Key<Criterion> When = new("when", GuardFormat.Expression, "A criterion over metrics that is true where one goes back first.");
    private static readonly Key<Reference> Step = new("step", new ReferenceShape(NameKind.Step, "the id of a step"), "The step whose failure is a yes.");
    private static readonly Key<bool> TooLate = new("too-late", BooleanShape.Any,
        "true: does the hotfix take longer than its severity leaves to mitigate?");
    private static readonly Key<IReadOnlyList<RollbackFirstCondition>> RollbackFirst = new("rollback-first",
        new NamedShape<RollbackFirstCondition, RollbackFirstCondition>(Names.RollbackFirst,
            new MapShape<RollbackFirstCondition>("a condition", [TitleNeeded], BuildCondition)
            { Alternatives = [new(Ask), new(When), new(Step), new(TooLate)], Check = CheckCondition },
            (name, it) => it with { Name = name }, "a map of names to conditions"),
        "The conditions under which one goes back first, before anything is patched.");

    private static readonly Key<Template> Base = new("base", new TemplateShape("a git revision"),
        "What is live: the git revision that the change is compared with, from their common ancestor on.")
    { Required = true };
    private static readonly Key<string> TicketPattern = new("ticket", PatternShape.Any, "How a ticket reads: a regular expression for the whole of it.");
    private static readonly Key<Template> Branch = new("branch", Form("the form of a branch's name"),
        "How the branch is named: hotfix/<ticket>-<short-description>.");
    private static readonly Key<Template> PullRequest = new("pull-request", Form("the form of a pull request's title"),
        "How the pull request is titled: 'Hotfix: <ticket> <impact summary>'.");
    private static readonly Key<Template> Tag = new("tag", Form("the form of a tag"), "How the tag is named, if one is used: 1.4.0+hotfix.<n>.");
    private static readonly Key<Reference> Approvals = new("approvals", new ReferenceShape(NameKind.Poll, "the name of a poll"),
        "The poll whose roles must approve the hotfix.");
    private static readonly Key<Template> Status = new("status", new TemplateShape("the status of a hotfix") { Scope = ExpressionScope.Status },
        "The status message, with ${{ hotfix.ticket }}, ${{ hotfix.decision }} ... in it.");

    public static readonly MapShape<Hotfix> Shape = new("a hotfix",
        [Base, TicketPattern, Branch, PullRequest, Tag, Classes, Rules, Domains, Contract, Approvals, RollbackFirst, Status], Build)
    { Check = Check };

    private static Hotfix Build(Fields fields) => new(fields.Need(Base))
    {
        Ticket = fields.Get(TicketPattern),
        Branch = fields.Get(Branch),
        PullRequest = fields.Get(PullRequest),
        Tag = fields.Get(Tag),
        Classes = fields.List(Classes),
        Rules = fields.List(Rules),
        Domains = fields.List(Domains),
        Contract = fields.Get(Contract),
        Approvals = fields.Get(Approvals)?.Name,
        RollbackFirst = fields.List(RollbackFirst),
        Status = fields.Get(Status),
    };

    private static HotfixRule BuildRule(Fields fields) => new("")
    {
        Title = fields.Need(TitleNeeded),
        Paths = fields.List(RulePaths),
        Except = fields.List(Except),
        Change = fields.List(Change),
        Added = fields.Get(Added),
        Removed = fields.Get(Removed),
        Lacks = fields.Get(Lacks),
        Unless = fields.Get(Unless),
        Then = fields.GetValue(Then) ?? HotfixConsequence.Refuse,
        Steps = NamesOf(fields.List(Steps)),
        At = fields.At,
    };

    private static RollbackFirstCondition BuildCondition(Fields fields) => new("")
    {
        Title = fields.Need(TitleNeeded),
        Ask = fields.Get(Ask),
        When = fields.Get(When),
        Step = fields.Get(Step)?.Name,
        IsTooLate = fields.GetValue(TooLate) ?? false,
        At = fields.At,
    };

    private static void Check(Fields fields, Reading reading)
    {
        foreach (var key in (Key<Template>[])[Branch, PullRequest, Tag])
        {
            if (!fields.Has(TicketPattern) && fields.Get(key) is { } form && FormShape.Has(form, NameForm.Ticket))
                reading.Error(fields.PositionOf(key), ErrorId.MissingKey, "it speaks of <ticket>, and nothing says how one reads",
                    @"add 'ticket', a regular expression: '[A-Z]+-\d+'");
        }
        reading.WhenWhole(runbook => HotfixInPlace.Check(runbook, fields.At, reading));
    }

    private static void CheckSteps(Fields fields, Reading reading)
    {
        foreach (var step in fields.List(Steps))
            reading.WhenWhole(runbook => HotfixInPlace.CheckStep(runbook, step, reading));
    }

    private static void CheckRule(Fields fields, Reading reading)
    {
        CheckSteps(fields, reading);
        if (fields.GetValue(Then) == HotfixConsequence.Check && !fields.Has(Steps))
            reading.Error(fields.PositionOf(Then), ErrorId.MissingKey, "a rule that says 'check' must have 'steps'", "name what is needed where it fits");
        if (fields.GetValue(Then) == HotfixConsequence.Refuse && fields.Has(Steps))
            reading.Error(fields.PositionOf(Steps), ErrorId.BadValue, "a rule that refuses needs no 'steps': nothing more is looked at", "say 'then: check', or leave them out");
        if (!((Key[])[RulePaths, Except, Change, Added, Removed, Lacks]).Any(fields.Has))
            reading.Error(fields.At, ErrorId.MissingKey, "a rule that names nothing fits every change", "give it paths, change, added, removed or lacks");
        if (fields.Has(Unless) && !fields.Has(Added) && !fields.Has(Removed))
            reading.Error(fields.PositionOf(Unless), ErrorId.BadValue, "'unless' leaves out lines of 'added' and 'removed', and there is neither");
        CheckNeverFits(fields, reading);
    }

    /// <summary>A rule that can fit nothing would let everything through.</summary>
    private static void CheckNeverFits(Fields fields, Reading reading)
    {
        var change = fields.List(Change);
        foreach (var (key, only) in ((Key<string>, FileChange)[])[(Added, FileChange.Deleted), (Lacks, FileChange.Deleted), (Removed, FileChange.Added)])
        {
            if (fields.Has(key) && change.Count > 0 && change.All(c => c == only))
                reading.Error(fields.PositionOf(key), ErrorId.BadValue,
                    $"this rule never fits: a file that is {(only == FileChange.Added ? "new has no removed lines" : "gone has no new text")}", "change 'change'");
        }
        foreach (var key in (Key<string>[])[Unless, Lacks])
        {
            if (fields.Get(key) is { } pattern && LinePatternShape.FitsAnything(pattern))
                reading.Warn(fields.PositionOf(key), $"'{Reading.Show(pattern)}' fits any text, so the rule never fits", "say more of what it is about");
        }
    }

    private static void CheckCondition(Fields fields, Reading reading)
    {
        if (fields.Get(Step) is { } step)
            reading.WhenWhole(runbook => HotfixInPlace.CheckCondition(runbook, step, reading));
        if (fields.GetValue(TooLate) == false)
            reading.Error(fields.PositionOf(TooLate), ErrorId.BadValue, "a condition that is turned off asks nothing", "write true, or leave the condition out");
        else if (fields.Has(TooLate))
            reading.WhenWhole(runbook => HotfixInPlace.CheckTooLate(runbook, fields.PositionOf(TooLate), reading));
    }

    private static TemplateShape Form(string expected) => new(expected) { Check = FormShape.Check };

    private static TemplateShape InRepository(string expected) => new(expected) { Check = IsInRepository };

    private static bool IsInRepository(YamlScalar path, Reading reading)
    {
        if (!path.Text.StartsWith('/') && !path.Text.Contains('\\', StringComparison.Ordinal) && !path.Text.Split('/').Contains(".."))
            return true;
        reading.Error(path.At, ErrorId.BadValue, $"expected a path in the repository, found '{Reading.Show(path.Text)}'",
            "it starts at the repository's top, without '/', and its folders are parted by '/'");
        return false;
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyList<Reference> references) => [.. references.Select(r => r.Name)];
}
