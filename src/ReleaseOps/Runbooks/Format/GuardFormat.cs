namespace ReleaseOps.Runbooks.Format;

/// <summary>What follows from what is watched: triggers and severities.</summary>
internal static class GuardFormat
{
    public static readonly Shape<Criterion> Expression = new ExpressionShape(ExpressionScope.OverMetrics);
    public static readonly Key<string> Description = new("description", TextShape.Any, "What it means, for people.");
    public static readonly Key<TimeSpan> For = new("for", DurationShape.Any, "How long it must hold; at once unless told otherwise.");

    private static readonly Key<Reference> Step = new("step", new ReferenceShape(NameKind.Step, "the id of a step"),
        "The step whose failures count.");
    private static readonly Key<Criterion> When = new("when", Expression, "The criterion over metrics that must hold.");
    public static readonly Key<int> Consecutive = new("consecutive", new IntegerShape(1, 1000),
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
    private static readonly Key<TimeSpan> NextUpdate = new("next-update", DurationShape.Any,
        "The time from one update to people to the next; half of 'mitigate' unless told otherwise.");

    public static readonly Shape<IReadOnlyList<Severity>> Severities = new NamedShape<Severity, Severity>(
        Names.Severity, new MapShape<Severity>("a severity", [Definition, When, For, Acknowledge, Mitigate, NextUpdate, Owner, Escalation],
            BuildSeverity),
        (name, severity) => severity with { Name = name }, "a map of names to severities");

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
        NextUpdate = fields.GetValue(NextUpdate) ?? fields.GetValue(Mitigate) / 2,
    };
}
