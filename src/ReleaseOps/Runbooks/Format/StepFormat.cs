namespace ReleaseOps.Runbooks.Format;

/// <summary>A step: one thing to look at or do.</summary>
internal static class StepFormat
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(5);

    private static readonly Key<int> Times = new("times", new IntegerShape(1, 100), "How many more tries.") { Required = true };
    private static readonly Key<TimeSpan> Delay = new("delay", DurationShape.Any, "The wait before each; 5s unless told otherwise.");

    private static readonly Key<string> Id = new("id", Names.Step, "Unique in its runbook.") { Required = true };
    private static readonly Key<string> Title = new("title", TextShape.Any, "One line for people.");
    private static readonly Key<IReadOnlyList<Criterion>> Expect = new("expect",
        new OneOrManyShape<Criterion>(new ExpressionShape(null), "a list of expressions"),
        "What must hold of what was seen: one expression or several. params, release and steps can be spoken of everywhere.");
    private static readonly Key<Template> Changes = new("changes", new TemplateShape("what it changes"),
        "What it changes (\"production schema\"). A step that has it is an action; any other is a check.");
    public static readonly Key<TimeSpan> Timeout = new("timeout", DurationShape.Any,
        "How long one try may take; 5m unless told otherwise.");
    private static readonly Key<Retry> Retry = new("retry", new ShortOrLongShape<Retry>(new RetryShape(),
        new MapShape<Retry>("a map of times and delay", [Times, Delay],
            f => new Retry(f.GetValue(Times) ?? 0, f.GetValue(Delay) ?? DefaultDelay))),
        "Further tries after one that didn't pass: how many, or { times, delay }.");
    private static readonly Key<bool> Required = new("required", BooleanShape.Any, "false where its verdict is shown but doesn't decide.");
    private static readonly Key<Criterion> If = new("if", new ExpressionShape(ExpressionScope.Condition), "Run only where this is true.");
    private static readonly Key<IReadOnlyList<Reference>> Needs = new("needs",
        new ListShape<Reference>(new ReferenceShape(NameKind.Step, "the id of a step"), "a list of step ids"),
        "Steps that must have finished first, and none of them badly.");
    private static readonly Key<string> Owner = new("owner", TextShape.Any, "Who answers for it.");
    private static readonly Key<Reference> Role = new("role", new ReferenceShape(NameKind.Role, "the name of a role"),
        "The role that it takes to run it or attest it.");
    private static readonly Key<Reference> Approval = new("approval", new ReferenceShape(NameKind.Role, "the name of a role"),
        "The role that must approve it before it is done.");
    public static readonly Key<bool> Idempotent = new("idempotent", BooleanShape.Any,
        "true where repeating it does no harm: after a crash it is done again without asking.");

    private static readonly MapShape<Verification> Look = new("a 'verify'", [Expect],
        f => new Verification(((WorkKind)f.Chosen!).Build(f), f.List(Expect)))
    { Alternatives = WorkFormat.Looks, Check = CheckExpect, Definition = "look" };

    public static readonly Key<Verification> Verify = new("verify", Look,
        "How to tell whether it took effect, after a crash between doing it and recording it: a look and what to expect of it.");

    public static readonly MapShape<Step> Shape = new("a step",
        [Id, Title, Expect, Changes, Timeout, Retry, Required, If, Needs, Owner, Role, Approval, Idempotent, Verify], Build)
    { Alternatives = WorkFormat.Kinds, Check = Check, Definition = "step" };

    public static readonly Shape<IReadOnlyList<Step>> List = new ListShape<Step>(Shape, "a list of steps");

    private static Step Build(Fields fields) => new(fields.Need(Id), ((WorkKind)fields.Chosen!).Build(fields))
    {
        Title = fields.Get(Title),
        Expect = fields.List(Expect),
        Changes = fields.Get(Changes),
        Timeout = fields.GetValue(Timeout) ?? Step.DefaultTimeout,
        Retry = fields.Get(Retry),
        Required = fields.GetValue(Required) ?? true,
        If = fields.Get(If),
        Needs = [.. fields.List(Needs).Select(need => need.Name)],
        Owner = fields.Get(Owner),
        Role = fields.Get(Role)?.Name,
        Approval = fields.Get(Approval)?.Name,
        Idempotent = fields.GetValue(Idempotent) ?? false,
        Verify = fields.Get(Verify),
        At = fields.At,
    };

    private static void Check(Fields fields, Reading reading)
    {
        CheckExpect(fields, reading);
        if (fields.Get(Id) is { } id)
            reading.Needs.AddStep(id, fields.List(Needs));
        if (WorkFormat.IsUnsafeHttp(fields) && !fields.Has(Changes))
            reading.Warn(WorkFormat.PositionOfMethod(fields), "this request may change something, and the step doesn't say what",
                "add 'changes': then a crash can't make it happen twice, and a dry run shows it");
        if (fields.Has(Retry) && fields.Has(Changes) && fields.GetValue(Idempotent) != true)
            reading.Error(fields.PositionOf(Retry), ErrorId.BadValue, "what changes something is tried again only where repeating it does no harm",
                "add 'idempotent: true', or leave out 'retry'");
        if (!fields.Has(Changes) && (fields.Has(Idempotent) || fields.Has(Verify)))
            reading.Warn(fields.PositionOf(fields.Has(Verify) ? Verify : Idempotent), "only matters for a step that changes something",
                "add 'changes'");
    }

    private static void CheckExpect(Fields fields, Reading reading)
    {
        if (fields.Chosen is not WorkKind kind)
            return;
        WorkFormat.ReferToDefaults(fields, reading);
        WorkFormat.CheckSchema(fields, reading);
        if (kind.Scope is { } scope)
            reading.Expressions.SetScope(fields.List(Expect), scope);
        else if (fields.Has(Expect))
            reading.Error(fields.PositionOf(Expect), ErrorId.UnknownKey,
                $"'expect' doesn't go with '{kind.Main.Name}': there is nothing to see");
    }

    /// <summary><c>retry: 3</c>.</summary>
    private sealed class RetryShape() : ScalarShape<Retry>("a number of tries")
    {
        private static readonly IntegerShape Number = new(1, 100);

        public override string Expected => Number.Expected;

        protected override bool TryParse(YamlScalar scalar, Reading reading, out Retry value)
        {
            var fits = Number.TryRead(scalar, reading, out var times);
            value = new Retry(times, DefaultDelay);
            return fits;
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => Number.Schema(definitions);
    }
}
