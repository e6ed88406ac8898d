namespace ReleaseOps.Runbooks.Format;

/// <summary>Which lines of an event log a review counts.</summary>
internal static class ReviewLineFormat
{
    private static readonly Key<string> Stage = new("stage", TextShape.Any, "The line's stage; any unless told otherwise.");
    private static readonly Key<string> Event = new("event", TextShape.Any, "The line's event; any unless told otherwise.");
    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Where = new("where",
        new NamedShape<string, KeyValuePair<string, string>>(EventField.Path, TextShape.Any, KeyValuePair.Create, "a map of fields to texts"),
        "Texts that fields must have, in any case: payload.transition: cooldown.");
    private static readonly Key<Criterion> When = new("when",
        new ExpressionShape(new ExpressionScope("the criterion of a line", ["ts", "run_id", "stage", "event", "payload"])),
        "A criterion over ts, run_id, stage, event and payload.");
    private static readonly Key<string> Title = new("title", TextShape.Any, "What it means, for people.");
    private static readonly Key<IReadOnlyList<string>> Duplicate = new("duplicate",
        new OneOrManyShape<string>(new FieldShape(), "a list of fields"),
        "The fields that make a line one: each further line with the same values counts.");

    private static readonly NameShape Named = new("a name of small letters, digits and '_'", "^[a-z][a-z0-9_]*$",
        name => char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));

    public static readonly Key<IReadOnlyList<EventCounter>> Counters = new("counters", new NamedShape<EventSelector, EventCounter>(Named,
        new MapShape<EventSelector>("a counter", [Stage, Event, Where, When], Selector) { OneAtLeast = [Stage, Event, Where, When] },
        (name, lines) => new EventCounter(name, lines), "a map of names to counters"),
        "What is counted beside events, runs and errors; each stands under 'incident' in the review.");

    public static readonly Key<IReadOnlyList<FloorRule>> Floor = new("floor", new NamedShape<FloorRule, FloorRule>(Named,
        new MapShape<FloorRule>("a rule of the floor", [Title, Stage, Event, Where, When, Duplicate],
            f => new FloorRule("", Selector(f)) { Title = f.Get(Title), Duplicate = f.List(Duplicate) })
        { OneAtLeast = [Stage, Event, Where, When, Duplicate] },
        (name, rule) => rule with { Name = name }, "a map of names to rules"),
        "What must not happen at all: lines that must not be, or of which there must be one only.");

    private static readonly NameShape StageName = new("a stage's name", @"\S", name => !string.IsNullOrWhiteSpace(name));
    private static readonly Key<string> Start = new("start", TextShape.Any, "The event that begins it; 'start' unless told otherwise.");
    private static readonly Key<string> End = new("end", TextShape.Any, "The event that ends it; 'end' unless told otherwise.");
    private static readonly Key<TimeSpan> MaxP95 = new("max-p95", DurationShape.Any, "The largest p95 of a day; none unless told otherwise.");

    public static readonly Key<IReadOnlyList<StageSpan>> Latency = new("latency", new NamedShape<StageSpan, StageSpan>(StageName,
        new MapShape<StageSpan>("a stage", [Start, End, MaxP95],
            f => new StageSpan("", f.Get(Start) ?? "start", f.Get(End) ?? "end") { MaxP95 = f.GetValue(MaxP95) })
        { Check = CheckSpan },
        (stage, span) => span with { Stage = stage }, "a map of stages to what begins and ends them"),
        "The stages whose latency is measured, from a run's beginning to its end.");

    private static EventSelector Selector(Fields fields) => new()
    {
        Stage = fields.Get(Stage),
        Event = fields.Get(Event),
        Where = new Dictionary<string, string>(fields.List(Where), StringComparer.Ordinal),
        When = fields.Get(When),
    };

    private static void CheckSpan(Fields fields, Reading reading)
    {
        if ((fields.Get(Start) ?? "start") == (fields.Get(End) ?? "end"))
            reading.Error(fields.PositionOf(End), ErrorId.BadValue, "a stage begins and ends by two different events", "change 'start' or 'end'");
    }

    /// <summary>The path of a field, as a value.</summary>
    private sealed class FieldShape() : ScalarShape<string>(EventField.Path.Expected)
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
        {
            value = scalar.Text;
            return EventField.Path.Fits(value) || Misfit(scalar, reading);
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => EventField.Path.Schema(definitions);
    }
}
