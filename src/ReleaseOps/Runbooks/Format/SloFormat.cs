namespace ReleaseOps.Runbooks.Format;

/// <summary><c>slos</c>: the service level objectives.</summary>
internal static class SloFormat
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(90);
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(30);

    private static readonly Shape<Template> Counter = new TemplateShape("the selector of a counter") { Check = IsSelector };

    private static readonly Key<double> Objective = new("objective", new NumberShape(0, 100) { WithoutEnds = true },
        "The share of good events, in percent: 99.9.")
    { Required = true };
    private static readonly Key<Template> Total = new("total", Counter,
        "The counter of all events: a PromQL selector, without a range: http_requests_total{job=\"api\"}.")
    { Required = true };
    private static readonly Key<Template> Good = new("good", Counter, "The counter of the events that were good.");
    private static readonly Key<Template> Bad = new("bad", Counter, "The counter of the events that were bad.");
    private static readonly Key<TimeSpan> Window = new("window", DurationShape.Any,
        "The time that the error budget is for, 1h to 90d; 30d unless told otherwise.");
    private static readonly Key<TimeSpan> Step = new("step", DurationShape.Any,
        "Events are counted in steps of this length, which divides 5m; 5m unless told otherwise.");
    private static readonly Key<Reference> From = new("source", new ReferenceShape(NameKind.Source, "the name of a source"),
        "The source that is asked; 'prometheus' unless told otherwise.");
    private static readonly Shape<Reference> SeverityName = new ReferenceShape(NameKind.Severity, "the name of a severity");
    private static readonly Key<Reference> Page = new("page", SeverityName,
        "The severity of the incident that a burn rate worth a page opens; it opens none unless told otherwise.");
    private static readonly Key<Reference> Ticket = new("ticket", SeverityName,
        "The severity of the incident that a burn rate worth a ticket opens; it opens none unless told otherwise.");

    public static readonly Shape<IReadOnlyList<Slo>> Slos = new NamedShape<Slo, Slo>(Names.Slo,
        new MapShape<Slo>("a service level objective", [Objective, Total, Window, Step, From, Page, Ticket, GuardFormat.Description], Build)
        { Alternatives = [new(Good), new(Bad)], Check = Check },
        (name, slo) => slo with { Name = name }, "a map of names to service level objectives");

    private static Slo Build(Fields fields)
    {
        var slo = new Slo("", fields.GetValue(Objective) ?? 0, fields.Need(Total));
        return slo with
        {
            Good = fields.Get(Good),
            Bad = fields.Get(Bad),
            Source = fields.Get(From)?.Name ?? slo.Source,
            Window = fields.GetValue(Window) ?? Slo.DefaultWindow,
            Step = fields.GetValue(Step) ?? Slo.DefaultStep,
            Page = fields.Get(Page)?.Name,
            Ticket = fields.Get(Ticket)?.Name,
            Description = fields.Get(GuardFormat.Description),
        };
    }

    private static void Check(Fields fields, Reading reading)
    {
        if (!fields.Has(From))
            reading.Names.Refer(NameKind.Source, "prometheus", fields.PositionOf(Total));
        if (fields.GetValue(Window) is { } window && (window < ShortestWindow || window > LongestWindow))
            reading.Error(fields.PositionOf(Window), ErrorId.BadValue, $"an error budget is for 1h to 90d, not for {Durations.Format(window)}");
        if (fields.GetValue(Step) is { } step && (step < ShortestStep || Slo.DefaultStep.Ticks % step.Ticks != 0))
            reading.Error(fields.PositionOf(Step), ErrorId.BadValue, $"a step of {Durations.Format(step)} doesn't divide 5m, or is shorter than 30s",
                "give 5m, 150s, 100s, 1m, 30s or the like");
    }

    /// <summary>One selector and nothing else: its events are counted over each window by increase(), which puts the range behind it.</summary>
    private static bool IsSelector(YamlScalar scalar, Reading reading)
    {
        var tokens = PromQlLexer.Run(scalar.Text);
        var named = tokens[0].Kind is PromQlTokenKind.Word or PromQlTokenKind.Hole ? 1 : 0;
        var end = tokens[named].Kind == PromQlTokenKind.Matchers ? named + 1 : named;
        // A comment would hide what is put behind it.
        var last = end == 0 ? 0 : tokens[end - 1].End;
        var rest = end < tokens.Count - 1 ? tokens[end].Text : scalar.Text[last..].Trim();
        if (end > named && !tokens[named].Text.EndsWith('}'))
            (rest, last) = (tokens[named].Text, tokens[named].Start);
        else if (end > 0 && rest.Length == 0)
            return true;
        else if (end < tokens.Count - 1)
            last = tokens[end].Start;
        reading.Error(reading.Source.Locate(scalar, last), ErrorId.BadValue, $"expected one selector and nothing else, found '{Reading.Show(rest)}'",
            "write the counter alone, without range, offset or function: http_requests_total{job=\"api\"}");
        return false;
    }
}
