namespace ReleaseOps.Runbooks.Format;

/// <summary><c>gates</c> and <c>waivers</c>.</summary>
internal static class GateFormat
{
    private static readonly Shape<Criterion> Expression = new ExpressionShape(ExpressionScope.OfGate);

    private static readonly Key<Criterion> Expect = new("expect", Expression, "What must hold.");
    private static readonly Key<Reference> Compare = new("compare", new ReferenceShape(NameKind.Metric, "the name of a metric"),
        "The metric whose samples are compared with its control's (Mann-Whitney U).");
    private static readonly Key<double> Tolerance = new("tolerance", new NumberShape(0, 10),
        "Share of the difference's estimate that is no difference; 0.25 unless told otherwise.");
    private static readonly Key<double> Confidence = new("confidence", new NumberShape(50, 100),
        "The confidence level in percent; 98 unless told otherwise.");
    private static readonly Key<string> Name = new("name", Names.Criterion, "What it is called, unique in its gate.");
    private static readonly Key<double> Weight = new("weight", new NumberShape(0, 1000), "How much it counts in the score; 1 unless told otherwise.");
    private static readonly Key<string> Group = new("group", TextShape.Any, "The group that it counts in.");
    private static readonly Key<bool> Veto = new("key", BooleanShape.Any, "true where its failure fails the gate whatever the score.");
    private static readonly Key<bool> Shadow = new("shadow", BooleanShape.Any, "true where it is measured and shown, and doesn't decide.");

    private static readonly Shape<GateCriterion> Criterion = new ShortOrLongShape<GateCriterion>(
        new ShortShape(),
        new MapShape<GateCriterion>("a map of expect or compare", [Name, Weight, Group, Veto, Shadow], BuildCriterion)
        { Alternatives = [new(Expect), new(Compare, Tolerance, Confidence)] });

    private static readonly Shape<IReadOnlyList<GateCriterion>> List = new OneOrManyShape<GateCriterion>(Criterion, "a list of criteria");

    private static readonly Key<IReadOnlyList<GateCriterion>> Criteria = new("criteria", List, "The criteria.") { Required = true };
    private static readonly Key<double> Pass = new("pass", new NumberShape(0, 100),
        "The score from which it passes; without it every criterion must pass.");
    private static readonly Key<double> Marginal = new("marginal", new NumberShape(0, 100),
        "The score from which it holds instead of failing; 'pass' unless told otherwise.");
    private static readonly Key<Template> Baseline = new("baseline", new TemplateShape("a path"),
        "The file of an earlier measurement that 'baseline' and 'change' speak of.");

    private static readonly MapShape<Gate> Long = new("a gate", [Criteria, Pass, Marginal, Baseline], f => new Gate("", f.List(Criteria))
    {
        Pass = f.GetValue(Pass),
        Marginal = f.GetValue(Marginal),
        Baseline = f.Get(Baseline),
    })
    { Check = CheckGate };

    public static readonly Shape<IReadOnlyList<Gate>> Gates = new NamedShape<Gate, Gate>(
        Names.Gate, new GateShape(), (name, gate) => gate with { Name = name }, "a map of names to gates");

    private static readonly Key<Reference> WaivedGate = new("gate", new ReferenceShape(NameKind.Gate, "the name of a gate"), "The gate.")
    { Required = true };
    private static readonly Key<string> Waived = new("criterion", TextShape.Any, "Name of the criterion, or the expression itself.") { Required = true };
    private static readonly Key<string> Reason = new("reason", TextShape.Any, "Why.") { Required = true };
    private static readonly Key<string> By = new("by", TextShape.Any, "Who gave it.") { Required = true };
    private static readonly Key<DateOnly> Until = new("until", DateShape.Any, "The day from which it is void (UTC).") { Required = true };

    public static readonly Shape<IReadOnlyList<Waiver>> Waivers = new ListShape<Waiver>(
        new MapShape<Waiver>("a waiver", [WaivedGate, Waived, Reason, By, Until], f => new Waiver(
            f.Need(WaivedGate).Name, f.Need(Waived), f.Need(Reason), f.Need(By),
            new DateTimeOffset((f.GetValue(Until) ?? default).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))),
        "a list of waivers");

    private static GateCriterion BuildCriterion(Fields fields)
    {
        var expect = fields.Get(Expect);
        var comparison = new SampleComparison(fields.Get(Compare)?.Name ?? "");
        return new GateCriterion(fields.Get(Name) ?? expect?.ToString() ?? "compare " + comparison.Metric)
        {
            Expect = expect,
            Compare = expect is not null ? null : comparison with
            {
                Tolerance = fields.GetValue(Tolerance) ?? comparison.Tolerance,
                Confidence = fields.GetValue(Confidence) ?? comparison.Confidence,
            },
            Weight = fields.GetValue(Weight) ?? 1,
            Group = fields.Get(Group),
            Key = fields.GetValue(Veto) ?? false,
            Shadow = fields.GetValue(Shadow) ?? false,
            At = fields.At,
        };
    }

    private static void CheckGate(Fields fields, Reading reading)
    {
        if (fields.Has(Marginal) && (!fields.Has(Pass) || fields.GetValue(Marginal) > fields.GetValue(Pass)))
            reading.Error(fields.PositionOf(Marginal), ErrorId.BadValue, "'marginal' is a score below 'pass'", "give both, 'pass' the larger");
        CheckNames(fields.List(Criteria), reading);
    }

    private static void CheckNames(IReadOnlyList<GateCriterion> criteria, Reading reading)
    {
        foreach (var twice in criteria.GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            reading.Error(twice.Last().At, ErrorId.DuplicateId, $"a second criterion '{Reading.Show(twice.Key)}' in one gate");
    }

    /// <summary><c>error_rate &lt; 0.5</c>.</summary>
    private sealed class ShortShape() : ScalarShape<GateCriterion>("an expression such as error_rate < 0.5")
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out GateCriterion value)
        {
            var fits = Expression.TryRead(scalar, reading, out var criterion);
            value = fits ? new GateCriterion(criterion.ToString()) { Expect = criterion, At = scalar.At } : null!;
            return fits;
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => Expression.Schema(definitions);
    }

    /// <summary>A list of criteria, or a map when there is more to say.</summary>
    private sealed class GateShape : Shape<Gate>
    {
        public override string Expected => "a list of criteria, or a gate with 'criteria'";

        public override bool TryRead(YamlNode node, Reading reading, out Gate value)
        {
            if (node is YamlMap map && map.Entries.Any(e => e.Key.Text is "criteria" or "pass" or "marginal" or "baseline"))
                return Long.TryRead(node, reading, out value);
            var fits = List.TryRead(node, reading, out var criteria);
            if (fits)
                CheckNames(criteria, reading);
            value = new Gate("", criteria);
            return fits;
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) =>
            new() { ["anyOf"] = new System.Text.Json.Nodes.JsonArray(List.Schema(definitions), Long.Schema(definitions)) };
    }
}
