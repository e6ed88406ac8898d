namespace ReleaseOps.Runbooks.Format;

/// <summary><c>hotfix</c>: what may go out as a hotfix, and what must be known before it does.</summary>
internal static class HotfixFormat
{
    private static readonly Key<string> Title = new("title", TextShape.Any, "What it is, in a sentence for people.");
    private static readonly Key<IReadOnlyList<string>> ClassPaths = new("paths", HotfixKeys.Globs,
        "The only paths that such a change may touch; any unless told otherwise.");
    private static readonly Key<IReadOnlyList<string>> DomainPaths = new("paths", HotfixKeys.Globs, "Its paths.") { Required = true };

    private static readonly Key<IReadOnlyList<HotfixClass>> Classes = new("classes",
        new NamedShape<HotfixClass, HotfixClass>(Names.HotfixClass,
        new MapShape<HotfixClass>("a class", [Title, ClassPaths, HotfixKeys.Steps],
            f => new HotfixClass("") { Title = f.Get(Title), Paths = f.List(ClassPaths), Steps = HotfixKeys.NamesOf(f.List(HotfixKeys.Steps)) })
        { Check = HotfixKeys.CheckSteps }, (name, it) => it with { Name = name }, "a map of names to classes"),
        "The classes of change that are allowed; where there are any, one is declared for each hotfix.");

    private static readonly Key<IReadOnlyList<HotfixDomain>> Domains = new("domains",
        new NamedShape<HotfixDomain, HotfixDomain>(Names.HotfixDomain,
        new MapShape<HotfixDomain>("a domain", [DomainPaths, HotfixKeys.Steps],
            f => new HotfixDomain("") { Paths = f.List(DomainPaths), Steps = HotfixKeys.NamesOf(f.List(HotfixKeys.Steps)) })
        { Check = HotfixKeys.CheckSteps }, (name, it) => it with { Name = name }, "a map of names to domains"),
        "The parts of the product, each with the checks that a change of it needs. A path that is in none needs those of all.");

    private static readonly Key<Template> File = new("file", InRepository("a path in the repository"),
        "Its path in the repository: api/openapi.yaml.")
    { Required = true };
    private static readonly Key<ChangeLevel> FailOn = new("fail-on", new ChoiceShape<ChangeLevel>("breaking, warning or info",
        ("breaking", ChangeLevel.Breaking), ("warning", ChangeLevel.Warning), ("info", ChangeLevel.Info)),
        "The least level of a difference that refuses the hotfix; breaking unless told otherwise.");
    private static readonly Key<Template> Ignore = new("ignore", InRepository("a path in the repository"),
        "Path of a list of differences that are known and accepted.");
    private static readonly Key<HotfixContract> Contract = new("contract",
        new MapShape<HotfixContract>("the contract of a hotfix", [File, FailOn, Ignore],
        f => new HotfixContract(f.Need(File)) { FailOn = f.GetValue(FailOn) ?? ChangeLevel.Breaking, Ignore = f.Get(Ignore) }),
        "The API's description in the repository (OpenAPI), which is compared with that of the base.");

    private static readonly Key<string> Ask = new("ask", TextShape.Any, "The question for a person; yes is: go back first.");
    private static readonly Key<Criterion> When = new("when", GuardFormat.Expression,
        "A criterion over metrics that is true where one goes back first.");
    private static readonly Key<Reference> Step = new("step", new ReferenceShape(NameKind.Step, "the id of a step"),
        "The step whose failure is a yes.");
    private static readonly Key<bool> TooLate = new("too-late", BooleanShape.Any,
        "true: does the hotfix take longer than its severity leaves to mitigate?");
    private static readonly Key<IReadOnlyList<RollbackFirstCondition>> RollbackFirst = new("rollback-first",
        new NamedShape<RollbackFirstCondition, RollbackFirstCondition>(Names.RollbackFirst,
            new MapShape<RollbackFirstCondition>("a condition", [HotfixKeys.Title], BuildCondition)
            { Alternatives = [new(Ask), new(When), new(Step), new(TooLate)], Check = CheckCondition },
            (name, it) => it with { Name = name }, "a map of names to conditions"),
        "The conditions under which one goes back first, before anything is patched.");

    private static readonly Key<Template> Base = new("base", new TemplateShape("a git revision"),
        "What is live: the git revision that the change is compared with, from their common ancestor on.")
    { Required = true };
    private static readonly Key<string> TicketPattern = new("ticket", PatternShape.Any,
        "How a ticket reads: a regular expression for the whole of it.");
    private static readonly Key<Template> Branch = new("branch", Form("the form of a branch's name"),
        "How the branch is named: hotfix/<ticket>-<short-description>.");
    private static readonly Key<Template> PullRequest = new("pull-request", Form("the form of a pull request's title"),
        "How the pull request is titled: 'Hotfix: <ticket> <impact summary>'.");
    private static readonly Key<Template> Tag = new("tag", Form("the form of a tag"),
        "How the tag is named, if one is used: 1.4.0+hotfix.<n>.");
    private static readonly Key<Reference> Approvals = new("approvals", new ReferenceShape(NameKind.Poll, "the name of a poll"),
        "The poll whose roles must approve the hotfix.");
    private static readonly Key<Template> Status = new("status", new TemplateShape("the status of a hotfix") { Scope = ExpressionScope.Status },
        "The status message, with ${{ hotfix.ticket }}, ${{ hotfix.decision }} ... in it.");

    public static readonly MapShape<Hotfix> Shape = new("a hotfix",
        [Base, TicketPattern, Branch, PullRequest, Tag, Classes, HotfixRuleFormat.Rules, Domains, Contract, Approvals, RollbackFirst, Status], Build)
    { Check = Check };

    private static Hotfix Build(Fields fields) => new(fields.Need(Base))
    {
        Ticket = fields.Get(TicketPattern),
        Branch = fields.Get(Branch),
        PullRequest = fields.Get(PullRequest),
        Tag = fields.Get(Tag),
        Classes = fields.List(Classes),
        Rules = fields.List(HotfixRuleFormat.Rules),
        Domains = fields.List(Domains),
        Contract = fields.Get(Contract),
        Approvals = fields.Get(Approvals)?.Name,
        RollbackFirst = fields.List(RollbackFirst),
        Status = fields.Get(Status),
    };

    private static RollbackFirstCondition BuildCondition(Fields fields) => new("")
    {
        Title = fields.Need(HotfixKeys.Title),
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

    private static void CheckCondition(Fields fields, Reading reading)
    {
        if (fields.Get(Step) is { } step)
            reading.WhenWhole(runbook => HotfixInPlace.CheckCondition(runbook, step, reading));
        if (fields.GetValue(TooLate) == false)
            reading.Error(fields.PositionOf(TooLate), ErrorId.BadValue, "a condition that is turned off asks nothing",
                "write true, or leave the condition out");
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
}
