namespace ReleaseOps.Runbooks.Format;

/// <summary><c>sources</c> and <c>metrics</c>: where numbers come from, and what they are called.</summary>
internal static class MetricFormat
{
    private static readonly Shape<Template> Address = new TemplateShape("a URL") { Check = WorkFormat.StartsLikeUrl };
    private static readonly Key<Template> Url = new("url", Address, "Address of a Prometheus HTTP API (Prometheus, Thanos, Mimir, VictoriaMetrics).");
    private static readonly Key<Template> Alertmanager = new("alertmanager", Address, "Address of an Alertmanager.");
    private static readonly Key<Template> Postgres = new("postgres", new TemplateShape("a connection string") { Check = HasNoPassword },
        "A PostgreSQL connection string without its password: Host=db;Port=5432;Database=app;Username=reader.");
    private static readonly Key<Template> Token = new("token", new TemplateShape("a token", secrets: true), "A bearer token; a secret may stand here.");
    private static readonly Key<Template> User = new("user", new TemplateShape("a user's name"), "The user of basic authentication.");
    private static readonly Key<Template> Password = new("password", new TemplateShape("a password", secrets: true),
        "The password that goes with it; a secret may stand here.");
    private static readonly Key<TimeSpan> Timeout = new("timeout", DurationShape.Any, "How long one query may take; 30s unless told otherwise.");

    public static readonly Shape<IReadOnlyList<Source>> Sources = new NamedShape<Source, Source>(
        Names.Source,
        new MapShape<Source>("a source", [Timeout], BuildSource)
        { Alternatives = [new(Url, Token, User, Password), new(Alertmanager, Token, User, Password), new(Postgres, Password)] },
        (name, source) => source with { Name = name }, "a map of names to sources");

    private static readonly Key<Template> Query = new("prometheus", new TemplateShape("a query"), "The query (PromQL).") { Required = true };
    private static readonly Key<Template> Control = new("control", new TemplateShape("a query"),
        "The same for what it is compared with: the stable deployment, staging, an earlier window. Criteria see control.NAME and drift.NAME (percent).");
    private static readonly Key<Reference> From = new("source", new ReferenceShape(NameKind.Source, "the name of a source"),
        "The source that it is asked of; 'prometheus' unless told otherwise.");
    private static readonly Key<string> Unit = new("unit", TextShape.Any, "Its unit, for people: '%', ms.");
    private static readonly Key<Reduce> ReduceBy = new("reduce", new ChoiceShape<Reduce>("max, min, avg, sum or each",
        ("max", Reduce.Max), ("min", Reduce.Min), ("avg", Reduce.Avg), ("sum", Reduce.Sum), ("each", Reduce.Each)),
        "How several series become one: max, min, avg or sum; each judges every one. Without it, one series is expected.");
    private static readonly Key<Worse> WorseWhen = new("worse", new ChoiceShape<Worse>("higher, lower or either",
        ("higher", Worse.Higher), ("lower", Worse.Lower), ("either", Worse.Either)),
        "Which way it gets worse: higher, lower, or either (which is taken unless told otherwise).");
    private static readonly Key<double> Noise = new("noise", new NumberShape(0, 1_000_000_000),
        "A difference from its control or baseline up to this, in its own unit, is no difference; 0 unless told otherwise.");
    private static readonly Key<TimeSpan> MaxAge = new("max-age", DurationShape.Any,
        "Samples older than this can't tell; 2m unless told otherwise.");
    private static readonly Key<string> Description = new("description", TextShape.Any, "What it means, for people.");

    public static readonly Shape<IReadOnlyList<Metric>> Metrics = new NamedShape<Metric, Metric>(
        Names.Metric,
        new MapShape<Metric>("a metric", [Query, Control, From, Unit, ReduceBy, WorseWhen, Noise, MaxAge, Description], BuildMetric)
        { Check = Check },
        (name, metric) => metric with { Name = name }, "a map of names to metrics");

    /// <summary>A password in the address would be seen by whoever reads the runbook.</summary>
    private static bool HasNoPassword(YamlScalar address, Reading reading)
    {
        if (address.Text.Contains("://", StringComparison.Ordinal))
        {
            reading.Error(address.At, ErrorId.BadValue, "expected a connection string, found a URL", "write Host=db;Port=5432;Database=app;Username=reader");
            return false;
        }
        var keys = address.Text.Split(';').Select(part => part.Split('=')[0].Trim());
        if (!keys.Any(key => key.EndsWith("password", StringComparison.OrdinalIgnoreCase) || key.ToUpperInvariant() is "PWD" or "PSW"))
            return true;
        reading.Error(address.At, ErrorId.BindingNotAllowed, "no password in a connection string: others could see it",
            "give it under 'password', as ${{ secrets.NAME }}");
        return false;
    }

    private static Source BuildSource(Fields fields)
    {
        var (kind, address) =
            fields.Get(Url) is { } url ? (SourceKind.Prometheus, url)
            : fields.Get(Alertmanager) is { } alertmanager ? (SourceKind.Alertmanager, alertmanager)
            : (SourceKind.Postgres, fields.Need(Postgres));
        var source = new Source("", kind, address);
        return source with
        {
            Token = fields.Get(Token),
            User = fields.Get(User),
            Password = fields.Get(Password),
            Timeout = fields.GetValue(Timeout) ?? source.Timeout,
        };
    }

    private static Metric BuildMetric(Fields fields)
    {
        var metric = new Metric("", fields.Need(Query));
        return metric with
        {
            Source = fields.Get(From)?.Name ?? metric.Source,
            Control = fields.Get(Control),
            Unit = fields.Get(Unit),
            Reduce = fields.GetValue(ReduceBy) ?? Reduce.None,
            Worse = fields.GetValue(WorseWhen) ?? Worse.Either,
            Noise = fields.GetValue(Noise) ?? 0,
            MaxAge = fields.GetValue(MaxAge) ?? Metric.DefaultMaxAge,
            Description = fields.Get(Description),
        };
    }

    private static void Check(Fields fields, Reading reading)
    {
        if (fields.Has(Query) && !fields.Has(From))
            reading.Names.Refer(NameKind.Source, "prometheus", fields.PositionOf(Query));
        foreach (var query in (Template?[])[fields.Get(Query), fields.Get(Control)])
        {
            if (query is null)
                continue;
            foreach (var warning in PromQl.Warnings(query.Text, isReduced: fields.Has(ReduceBy)))
                reading.Warn(query.At, warning.Message, warning.Hint);
        }
    }
}
