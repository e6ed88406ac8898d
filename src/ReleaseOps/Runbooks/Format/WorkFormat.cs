namespace ReleaseOps.Runbooks.Format;

/// <summary>A kind of work: the key that a step says it with, the keys that go with it, and what its criteria may speak of.</summary>
internal sealed class WorkKind(Key main, IReadOnlyList<Key> own, Func<Fields, StepWork> build, IReadOnlyList<string>? seen)
    : Alternative(main, own)
{
    /// <summary>Makes the work from the keys.</summary>
    public Func<Fields, StepWork> Build { get; } = build;

    /// <summary>What its criteria may speak of; null where there is nothing to expect.</summary>
    public ExpressionScope? Scope { get; } = seen is null ? null : ExpressionScope.Step($"a '{main.Name}' step", seen);
}

/// <summary>What a step can do.</summary>
internal static class WorkFormat
{
    private static readonly Shape<IReadOnlyList<NamedTemplate>> Environment =
        new NamedShape<Template, NamedTemplate>(
            Names.Variable, new TemplateShape("a variable's value", secrets: true, mayBeEmpty: true),
            (name, value) => new NamedTemplate(name, value), "a map of variables to values");

    private const string DefaultDatabase = "postgres";

    private static readonly Shape<Template> Path = new TemplateShape("a path");

    public static readonly Shape<IReadOnlyList<Template>> Arguments =
        new ListShape<Template>(new TemplateShape("an argument", mayBeEmpty: true), "a list of a program and its arguments")
        {
            HintForText = text =>
                $"no shell takes it apart: write [{string.Join(", ", text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))}]",
        };

    private static readonly Key<IReadOnlyList<NamedTemplate>> Env = new("env", Environment,
        "Variables added to the environment; the place for secrets.");
    private static readonly Key<Template> Folder = new("folder", Path, "The folder that it runs in; the run's own unless told otherwise.");
    private static readonly Key<ExitCodes> Codes = new("exit-codes", new ChoiceShape<ExitCodes>("zero or pytest",
        ("zero", ExitCodes.Zero), ("pytest", ExitCodes.Pytest)),
        "How its exit code is read: zero (0 is good, anything else bad), or pytest (2 to 5 say that it couldn't tell).");
    private static readonly Key<TimeSpan> MaxAge = new("max-age", DurationShape.Any, "Older than this is Inconclusive.");

    private static readonly Key<IReadOnlyList<Template>> Command = new("command", Arguments,
        "Starts a program directly, never through a shell: [program, argument, ...]. "
        + "Expectations speak of exit, output, error_output, lines, json, elapsed, truncated.");

    private static readonly Key<string> Script = new("script", new ScriptShape(),
        "Runs a script in a shell. Parameters reach it as environment variables PARAM_NAME; ${{ }} can't stand in it.");
    private static readonly Key<ScriptShell> Shell = new("shell", new ChoiceShape<ScriptShell>("bash, sh or pwsh",
        ("bash", ScriptShell.Bash), ("sh", ScriptShell.Sh), ("pwsh", ScriptShell.Pwsh)),
        "The shell that the script is for: bash (the default), sh or pwsh.");

    private static readonly Key<IReadOnlyList<Template>> Http = new("http",
        new OneOrManyShape<Template>(new TemplateShape("a URL") { Check = StartsLikeUrl }, "a list of URLs"),
        "Asks one URL or several; each answer must meet the expectations. "
        + "They speak of status, headers, body, text, latency, latency_ms, url.");
    private static readonly Key<string> Method = new("method", new ChoiceShape<string>("an HTTP method",
        [.. ((string[])["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]).Select(m => (m, m))]),
        "The method; GET unless told otherwise.");
    private static readonly Key<IReadOnlyList<NamedTemplate>> Headers = new("headers",
        new NamedShape<Template, NamedTemplate>(
            Names.Header, new TemplateShape("a header's value", secrets: true, mayBeEmpty: true),
            (name, value) => new NamedTemplate(name, value), "a map of headers to values"),
        "Headers to send; secrets may stand here.");
    private static readonly Key<Template> Body = new("body", new TemplateShape("a body", secrets: true, mayBeEmpty: true),
        "The body to send; secrets may stand here.");
    private static readonly Key<int> Redirects = new("redirects", new IntegerShape(0, 10),
        "How many redirects are followed; 0 unless told otherwise.");
    private static readonly Key<long> MaxBody = new("max-body", ByteSizeShape.Any,
        "The largest body that is read; 4MiB unless told otherwise.");

    private static readonly Key<bool> NoAnswer = new("no-answer", new ChoiceShape<bool>("fails or unknown", ("fails", true), ("unknown", false)),
        "What no answer (refused, unreachable, too late) means: unknown (it could not be told), or fails (for a health check, silence is an answer).");

    private static readonly Key<Template> Schema = new("schema", new TemplateShape("a schema's file") { Check = IsSchemaPlace },
        "The schema that the body of each answer must be as: FILE, or FILE#/json/pointer, of JSON Schema 2020-12 or an OpenAPI description.");
    private static readonly Key<Template> Contract = new("contract", new TemplateShape("an OpenAPI description") { Check = IsContractPlace },
        "The OpenAPI description that the body of each answer must be as: its schema for the method, path, status and content type.");

    private static readonly Key<string> Sql = new("sql", new QueryShape(),
        "Asks a PostgreSQL database in a read-only transaction; parameters reach it as @name. "
        + "Expectations speak of rows, row_count, value (first column of the first row), columns, truncated.");
    private static readonly Key<Reference> From = new("source", new ReferenceShape(NameKind.Source, "the name of a source"),
        "The source that it is asked of; 'postgres' unless told otherwise.");
    private static readonly Key<Reference> Alerts = new("alerts", new ReferenceShape(NameKind.Source, "the name of a source"),
        "Looks at the alerts of a source. Expectations speak of alerts, firing, pending, silenced; none may be firing unless told otherwise.");
    private static readonly Key<IReadOnlyList<NamedTemplate>> Match = new("match",
        new NamedShape<Template, NamedTemplate>(Names.AlertLabel, new TemplateShape("a label's value"),
            (name, value) => new NamedTemplate(name, value), "a map of labels to values"),
        "The labels that an alert must have to count.");
    private static readonly Key<Reference> Gate = new("gate", new ReferenceShape(NameKind.Gate, "the name of a gate"), "Judges a gate, once.");
    private static readonly Key<Template> Measure = new("measure", Path,
        "Measures metrics for a while and keeps what it saw in this file. Expectations speak of the means by name: kpis.error_rate.");
    private static readonly Key<IReadOnlyList<Reference>> Measured = new("metrics",
        new ListShape<Reference>(new ReferenceShape(NameKind.Metric, "the name of a metric"), "a list of metrics"),
        "The metrics; all of them unless told otherwise.");
    private static readonly Key<TimeSpan> Duration = new("duration", DurationShape.Any, "For how long; 5m unless told otherwise.");
    private static readonly Key<TimeSpan> Interval = new("interval", DurationShape.Any, "The time from one look to the next; 30s unless told otherwise.");
    private static readonly Key<Reference> Poll = new("poll", new ReferenceShape(NameKind.Poll, "the name of a poll"),
        "Waits for the votes of a poll, and comes to its decision.");

    private static readonly Key<Template> Git = new("git", Path,
        "The facts of a git working tree ('.' for the run's own folder): "
        + "branch, commit, clean, changes, tag, tags, ahead, behind, upstream.");
    private static readonly Key<Template> File = new("file", Path, "The facts of a file: exists, size, sha256, modified, age.");
    private static readonly Key<Template> Checksums = new("checksums", Path,
        "Checks the files that a SHA256SUMS file names. Expectations speak of ok, files, bad, missing.");
    private static readonly Key<Template> Document = new("document", Path, "Reads a JSON or YAML file. Expectations speak of doc.");
    private static readonly Key<Template> JUnit = new("junit", Path,
        "Reads test results in JUnit XML. Expectations speak of tests, passed, failed, errors, skipped, pass_rate, failures.");

    private static readonly Key<Template> Confirm = new("confirm", new TemplateShape("a statement to confirm"),
        "Asks a person to confirm a statement. Without an answer it is Inconclusive.");
    private static readonly Key<Reference> By = new("by", new ReferenceShape(NameKind.Role, "the name of a role"),
        "The role that may answer; anyone unless told otherwise.");
    private static readonly Key<Reference> Message = new("message", new ReferenceShape(NameKind.Message, "the name of a message"),
        "Sends one of the runbook's messages.");

    private static readonly WorkKind HttpKind = new(Http, [Method, Headers, Body, Redirects, MaxBody, NoAnswer, Schema, Contract], BuildHttp,
        ["status", "headers", "body", "text", "latency", "latency_ms", "url"]);

    /// <summary>What an action's effect can be seen with.</summary>
    public static readonly IReadOnlyList<WorkKind> Looks =
    [
        new(Command, [Env, Folder, Codes], BuildCommand, ["exit", "output", "error_output", "lines", "json", "elapsed", "truncated"]),
        new(Script, [Shell, Env, Folder, Codes], BuildScript, ["exit", "output", "error_output", "lines", "json", "elapsed", "truncated"]),
        HttpKind,
        new(Git, [], f => new GitWork(f.Need(Git)), ["branch", "commit", "clean", "changes", "tag", "tags", "ahead", "behind", "upstream"]),
        new(File, [MaxAge], f => new FileWork(f.Need(File)) { MaxAge = f.GetValue(MaxAge) },
            ["exists", "size", "sha256", "modified", "age"]),
        new(Checksums, [], f => new ChecksumsWork(f.Need(Checksums)), ["ok", "files", "bad", "missing"]),
        new(Document, [MaxAge], f => new DocumentWork(f.Need(Document)) { MaxAge = f.GetValue(MaxAge) }, ["doc"]),
        new(JUnit, [MaxAge], f => new JUnitWork(f.Need(JUnit)) { MaxAge = f.GetValue(MaxAge) },
            ["tests", "passed", "failed", "errors", "skipped", "pass_rate", "failures"]),
        new(Sql, [From], f => new SqlWork(f.Need(Sql), f.Get(From)?.Name ?? DefaultDatabase), ["rows", "row_count", "value", "columns", "truncated"]),
        new(Alerts, [Match], f => new AlertsWork(f.Need(Alerts).Name) { Match = Map(f.List(Match)) },
            ["alerts", "firing", "pending", "silenced"]),
        new(Confirm, [By], f => new ConfirmWork(f.Need(Confirm)) { By = f.Get(By)?.Name }, null),
    ];

    /// <summary>What a step can do.</summary>
    public static readonly IReadOnlyList<WorkKind> Kinds =
    [
        .. Looks,
        new(Gate, [], f => new GateWork(f.Need(Gate).Name), null),
        new(Measure, [Measured, Duration, Interval], BuildMeasure, ["kpis", "looks"]),
        new(Poll, [], f => new PollWork(f.Need(Poll).Name), null),
        new(Message, [], f => new MessageWork(f.Need(Message).Name), null),
    ];

    /// <summary>True for an http step that a server may take as an order: neither GET nor HEAD nor OPTIONS (RFC 9110, 9.2.1).</summary>
    public static bool IsUnsafeHttp(Fields fields) =>
        fields.Chosen == HttpKind && fields.Get(Method) is not (null or "GET" or "HEAD" or "OPTIONS");

    /// <summary>Notes the use of what is meant where nothing is named.</summary>
    public static void ReferToDefaults(Fields fields, Reading reading)
    {
        if (fields.Has(Sql) && !fields.Has(From))
            reading.Names.Refer(NameKind.Source, DefaultDatabase, fields.PositionOf(Sql));
    }

    /// <summary>Reports what can't be had of an answer's body: two shapes, or one of an answer that has none.</summary>
    public static void CheckSchema(Fields fields, Reading reading)
    {
        if (fields.Has(Schema) && fields.Has(Contract))
            reading.Error(fields.PositionOf(Contract), ErrorId.BadValue, "'schema' and 'contract' don't go together",
                "'contract' finds the schema by what is asked and answered; leave out the other");
        if ((fields.Has(Schema) || fields.Has(Contract)) && fields.Get(Method) == "HEAD")
            reading.Error(fields.PositionOf(fields.Has(Schema) ? Schema : Contract), ErrorId.BadValue, "an answer to HEAD has no body",
                "use GET, or leave it out");
    }

    public static Position PositionOfMethod(Fields fields) => fields.PositionOf(Method);

    private static CommandWork BuildCommand(Fields fields) => new(fields.Need(Command))
    {
        Environment = Map(fields.List(Env)),
        Folder = fields.Get(Folder),
        ExitCodes = fields.GetValue(Codes) ?? ExitCodes.Zero,
    };

    private static ScriptWork BuildScript(Fields fields) => new(fields.Need(Script), fields.GetValue(Shell) ?? ScriptShell.Bash)
    {
        Environment = Map(fields.List(Env)),
        Folder = fields.Get(Folder),
        ExitCodes = fields.GetValue(Codes) ?? ExitCodes.Zero,
    };

    private static HttpWork BuildHttp(Fields fields)
    {
        var work = new HttpWork(fields.Need(Http));
        return work with
        {
            Method = fields.Get(Method) ?? work.Method,
            Headers = Map(fields.List(Headers)),
            Body = fields.Get(Body),
            Redirects = fields.GetValue(Redirects) ?? work.Redirects,
            MaxBody = fields.GetValue(MaxBody) ?? work.MaxBody,
            NoAnswerFails = fields.GetValue(NoAnswer) ?? false,
            Schema = fields.Get(Schema),
            Contract = fields.Get(Contract),
        };
    }

    private static MeasureWork BuildMeasure(Fields fields)
    {
        var work = new MeasureWork(fields.Need(Measure)) { Duration = fields.GetValue(Duration) ?? TimeSpan.FromMinutes(5) };
        return work with
        {
            Metrics = [.. fields.List(Measured).Select(metric => metric.Name)],
            Interval = fields.GetValue(Interval) ?? work.Interval,
        };
    }

    private static Dictionary<string, Template> Map(IReadOnlyList<NamedTemplate> pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    private sealed record NamedTemplate(string Name, Template Value);

    internal static bool StartsLikeUrl(YamlScalar url, Reading reading)
    {
        if (url.Text.StartsWith("http://", StringComparison.Ordinal) || url.Text.StartsWith("https://", StringComparison.Ordinal)
            || url.Text.StartsWith("${{", StringComparison.Ordinal))
            return true;
        reading.Error(url.At, ErrorId.BadValue, $"expected a URL, found '{Reading.Show(url.Text)}'", "it starts with https:// or http://");
        return false;
    }

    // What begins after '#' is a JSON pointer (RFC 6901): empty, or begun by a slash.
    private static bool IsSchemaPlace(YamlScalar place, Reading reading)
    {
        var hash = place.Text.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0 || hash + 1 == place.Text.Length || place.Text[hash + 1] == '/' || place.Text.Contains("${{", StringComparison.Ordinal))
            return hash != 0 || Misplaced(place, reading, "expected a file before '#'", "write FILE#/json/pointer");
        return Misplaced(place, reading, $"expected a JSON pointer after '#', found '{Reading.Show(place.Text[(hash + 1)..])}'",
            "it starts with a slash: #/components/schemas/Stock");
    }

    private static bool IsContractPlace(YamlScalar place, Reading reading) => !place.Text.Contains('#', StringComparison.Ordinal)
        || Misplaced(place, reading, "'contract' is a whole description", "to name one schema of it, use 'schema'");

    private static bool Misplaced(YamlScalar place, Reading reading, string problem, string hint)
    {
        reading.Error(place.At, ErrorId.BadValue, problem, hint);
        return false;
    }

    /// <summary>A query: one statement; what is put into it could become part of its code.</summary>
    private sealed class QueryShape() : ScalarShape<string>("a query")
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
        {
            value = scalar.Text;
            if (scalar.Text.IndexOf("${{", StringComparison.Ordinal) is >= 0 and var offset)
            {
                reading.Error(reading.Source.Locate(scalar, offset), ErrorId.BindingNotAllowed,
                    "no ${{ }} in a query: a value could become code", "write @name for the parameter 'name'");
                return false;
            }
            var query = QueryText.Read(value);
            if (query.Problem is { } problem)
            {
                reading.Error(reading.Source.Locate(scalar, problem.Offset), ErrorId.BadValue, $"a query has {problem.What}", problem.Remedy);
                return false;
            }
            foreach (var name in query.Names)
                reading.Names.Refer(NameKind.Parameter, name.Name, reading.Source.Locate(scalar, name.Offset));
            return !string.IsNullOrWhiteSpace(value) || Misfit(scalar, reading);
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
    }

    /// <summary>A script: what is put into one could become part of its code.</summary>
    private sealed class ScriptShape() : ScalarShape<string>("a script")
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
        {
            value = scalar.Text;
            if (scalar.Text.IndexOf("${{", StringComparison.Ordinal) is >= 0 and var offset)
            {
                reading.Error(reading.Source.Locate(scalar, offset), ErrorId.BindingNotAllowed,
                    "no ${{ }} in a script: a value could become code",
                    "use the environment variable PARAM_NAME; for a secret, name one under 'env'");
                return false;
            }
            return !string.IsNullOrWhiteSpace(value) || Misfit(scalar, reading);
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
    }
}
