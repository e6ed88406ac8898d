using ReleaseOps.Expressions;

namespace ReleaseOps.Runbooks.Format;

/// <summary>The expressions of a runbook, each with its place; their names are settled when the whole file is read.</summary>
internal sealed class ExpressionTable
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<Criterion, Entry> _unscoped = new(ReferenceEqualityComparer.Instance);
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>The secrets that the runbook speaks of.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>Takes a criterion; without a scope, the step that it belongs to gives it one.</summary>
    public void Add(Criterion criterion, YamlScalar scalar, ExpressionScope? scope)
    {
        var entry = new Entry(criterion.Expression, scalar, 0) { Scope = scope };
        _entries.Add(entry);
        if (scope is null)
            _unscoped[criterion] = entry;
    }

    /// <summary>Gives criteria their scope, when it is known what they speak of.</summary>
    public void SetScope(IReadOnlyList<Criterion> criteria, ExpressionScope scope)
    {
        foreach (var criterion in criteria)
            _unscoped[criterion].Scope = scope;
    }

    /// <summary>Takes the expressions of a template.</summary>
    public void Add(Template template, YamlScalar scalar, ExpressionScope scope)
    {
        foreach (var part in template.Parts)
        {
            if (part.Expression is { } expression)
                _entries.Add(new Entry(expression, scalar, part.Offset) { Scope = scope });
        }
        _secrets.UnionWith(template.SecretNames);
    }

    /// <summary>Reports each name that can't exist.</summary>
    public void Settle(Reading reading)
    {
        foreach (var entry in _entries)
        {
            var free = entry.Expression.Variables;
            var metrics = entry.Scope?.Metrics == true ? reading.Names.Of(NameKind.Metric) : [];
            if (entry.Scope?.Metrics == true)
            {
                foreach (var (offset, message, hint) in NaNComparisons.In(entry.Expression.Source))
                    reading.Warn(reading.Source.Locate(entry.Scalar, entry.Offset + offset), message, hint);
            }
            if (entry.Scope == ExpressionScope.Status)
                HotfixStatus.Check(entry.Expression.Source, offset => reading.Source.Locate(entry.Scalar, entry.Offset + offset), reading);
            var reported = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in ExpressionNames.Of(entry.Expression.Source))
            {
                if (!free.Contains(name.Name))
                    continue;
                var exists = entry.Scope is not { } scope || scope.Names.Contains(name.Name) || metrics.Contains(name.Name);
                var at = reading.Source.Locate(entry.Scalar, entry.Offset + name.Offset);
                if (exists && reported.Add(name.Name + "." + name.Field))
                    SettleField(name, at, reading);
                else if (!exists && reported.Add(name.Name))
                    reading.Error(at, ErrorId.UnknownReference, $"{entry.Scope!.Where} knows no '{name.Name}'",
                        Known(name.Name, entry.Scope, metrics, reading));
            }
        }
    }

    private static void SettleField(ExpressionName name, Position at, Reading reading)
    {
        if (name is { Name: "params", Field: { } parameter } && !reading.Names.Of(NameKind.Parameter).Contains(parameter))
            reading.Error(at, ErrorId.UnknownReference, $"no parameter '{parameter}' in this runbook",
                reading.HintFor(parameter, reading.Names.Of(NameKind.Parameter)) ?? "add it under 'parameters'");
        else if (name is { Name: "control" or "drift" or "baseline" or "change", Field: { } metric } && !reading.Names.Of(NameKind.Metric).Contains(metric))
            reading.Error(at, ErrorId.UnknownReference, $"no metric '{metric}' in this runbook",
                reading.HintFor(metric, reading.Names.Of(NameKind.Metric)) ?? "add it under 'metrics'");
        else if (name is { Name: "release", Field: { } field } && field is not ("product" or "version"))
            reading.Error(at, ErrorId.UnknownReference, $"a release has no '{field}'", "known: product, version");
    }

    private static string? Known(string name, ExpressionScope scope, IReadOnlyCollection<string> metrics, Reading reading) =>
        reading.HintFor(name, scope.Names.Concat(metrics)) is { } hint && hint.StartsWith("did", StringComparison.Ordinal) ? hint
        : scope.Metrics && metrics.Count == 0 ? "the runbook has no 'metrics'"
        : "it knows: " + string.Join(", ", metrics.Take(20).Concat(scope.Names));

    private sealed class Entry(CelExpression expression, YamlScalar scalar, int offset)
    {
        public CelExpression Expression { get; } = expression;

        public YamlScalar Scalar { get; } = scalar;

        /// <summary>Where the expression starts in the value.</summary>
        public int Offset { get; } = offset;

        public ExpressionScope? Scope { get; set; }
    }
}
