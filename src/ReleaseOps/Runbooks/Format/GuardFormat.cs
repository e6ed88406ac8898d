namespace ReleaseOps.Runbooks.Format;

/// <summary>What is watched, and what follows: sources, metrics, gates, triggers and severities.</summary>
internal static class GuardFormat
{
    private static readonly Shape<Criterion> Expression = new ExpressionShape(ExpressionScope.OverMetrics);
    private static readonly Key<string> Description = new("description", TextShape.Any, "What it means, for people.");
    private static readonly Key<TimeSpan> For = new("for", DurationShape.Any, "How long it must hold; at once unless told otherwise.");

    private static readonly Key<Template> Url = new("url", new TemplateShape("a URL") { Check = WorkFormat.StartsLikeUrl }, "Its address.")
    { Required = true };

    public static readonly Shape<IReadOnlyList<Source>> Sources = new NamedShape<Template, Source>(
        Names.Source, new MapShape<Template>("a source", [Url], f => f.Need(Url)), (name, url) => new Source(name, url),
        "a map of names to sources");

    private static readonly Key<Template> Query = new("prometheus", new TemplateShape("a query"), "The query (PromQL).")
    { Required = true };
    private static readonly Key<Reference> From = new("source", new ReferenceShape(NameKind.Source, "the name of a source"),
        "The source that it is asked of; 'prometheus' unless told otherwise.");
    private static readonly Key<string> Unit = new("unit", TextShape.Any, "Its unit, for people: '%', ms.");
    private static readonly Key<string> Reduce = new("reduce", new ChoiceShape<string>("max, min, avg, sum or each",
        ("max", "max"), ("min", "min"), ("avg", "avg"), ("sum", "sum"), ("each", "each")),
        "How several series become one: max, min, avg or sum; each judges every one. Without it, one series is expected.");

    public static readonly Shape<IReadOnlyList<Metric>> Metrics = new NamedShape<Metric, Metric>(
        Names.Metric, new MapShape<Metric>("a metric", [Query, From, Unit, Reduce, Description], BuildMetric) { Check = CheckSource },
        (name, metric) => metric with { Name = name }, "a map of names to metrics");

    public static readonly Shape<IReadOnlyList<Gate>> Gates = new NamedShape<IReadOnlyList<Criterion>, Gate>(
        Names.Gate, new OneOrManyShape<Criterion>(Expression, "a list of expressions"), (name, criteria) => new Gate(name, criteria),
        "a map of names to lists of criteria");

    private static readonly Key<Reference> Step = new("step", new ReferenceShape(NameKind.Step, "the id of a step"),
        "The step whose failures count.");
    private static readonly Key<Criterion> When = new("when", Expression, "The criterion over metrics that must hold.");
    private static readonly Key<int> Consecutive = new("consecutive", new IntegerShape(1, 1000),
        "How many looks in a row; one unless told otherwise.");
    private static readonly Key<Consequence> Then = new("then", new ChoiceShape<Consequence>("rollback, hold or page",
        ("rollback", Consequence.Rollback), ("hold", Consequence.Hold), ("page", Consequence.Page)),
        "What follows: rollback (go back), hold (stop and wait for a person) or page (call somebody).")
    { Required = true };

    public static readonly Shape<IReadOnlyList<Trigger>> Triggers = new NamedShape<Trigger, Trigger>(
        Names.Trigger,
        new MapShape<Trigger>("a trigger", [For, Consecutive, Then, Description], BuildTrigger) { Alternatives = [new(Step), new(When)] },
        (name, trigger) => trigger with { Name = name }, "a map of names to triggers");

    private static readonly Key<string> Definition = new("definition", TextShape.Any, "When an incident is this bad, for people.")
    { Required = true };
    private static readonly Key<TimeSpan> Acknowledge = new("acknowledge", DurationShape.Any, "Time to acknowledge.");
    private static readonly Key<TimeSpan> Mitigate = new("mitigate", DurationShape.Any, "Time to mitigate.");
    private static readonly Key<string> Owner = new("owner", TextShape.Any, "Who answers for it.");
    private static readonly Key<string> Escalation = new("escalation", TextShape.Any, "Whom it goes to next, and what is done.");

    public static readonly Shape<IReadOnlyList<Severity>> Severities = new NamedShape<Severity, Severity>(
        Names.Severity, new MapShape<Severity>("a severity", [Definition, When, For, Acknowledge, Mitigate, Owner, Escalation],
            BuildSeverity),
        (name, severity) => severity with { Name = name }, "a map of names to severities");

    private static Metric BuildMetric(Fields fields)
    {
        var metric = new Metric("", fields.Need(Query));
        return metric with
        {
            Source = fields.Get(From)?.Name ?? metric.Source,
            Unit = fields.Get(Unit),
            Reduce = fields.Get(Reduce),
            Description = fields.Get(Description),
        };
    }

    private static void CheckSource(Fields fields, Reading reading)
    {
        if (fields.Has(Query) && !fields.Has(From))
            reading.Names.Refer(NameKind.Source, "prometheus", fields.PositionOf(Query));
    }

    private static Trigger BuildTrigger(Fields fields) => new("", fields.GetValue(Then) ?? Consequence.Hold)
    {
        Step = fields.Get(Step)?.Name,
        When = fields.Get(When),
        For = fields.GetValue(For),
        Consecutive = fields.GetValue(Consecutive),
        Description = fields.Get(Description),
    };

    private static Severity BuildSeverity(Fields fields) => new("", fields.Need(Definition))
    {
        When = fields.Get(When),
        For = fields.GetValue(For),
        Acknowledge = fields.GetValue(Acknowledge),
        Mitigate = fields.GetValue(Mitigate),
        Owner = fields.Get(Owner),
        Escalation = fields.Get(Escalation),
    };
}
