using ReleaseOps.Expressions;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Gates;

/// <summary>What a criterion asks of a metric.</summary>
internal enum Ask
{
    /// <summary>Its value: <c>error_rate</c>.</summary>
    Value,
    /// <summary><c>control.error_rate</c>.</summary>
    Control,
    /// <summary><c>drift.error_rate</c>.</summary>
    Drift,
    /// <summary><c>baseline.error_rate</c>.</summary>
    Baseline,
    /// <summary><c>change.error_rate</c>.</summary>
    Change,
}

/// <summary>One thing that a criterion asks of one metric.</summary>
internal readonly record struct MetricUse(Ask Ask, string Metric)
{
    /// <summary>The map that it stands in; null for the value itself.</summary>
    public string? Map => Ask switch
    {
        Ask.Control => "control",
        Ask.Drift => "drift",
        Ask.Baseline => "baseline",
        Ask.Change => "change",
        _ => null,
    };

    /// <summary>As the criterion writes it.</summary>
    public override string ToString() => Map is { } map ? $"{map}.{Metric}" : Metric;

    /// <summary>
    /// All that an expression asks, each once, in its order. A map that stands there without a field (<c>drift[params.metric]</c>) asks for
    /// every metric: which of them it will read, nobody can tell before.
    /// </summary>
    /// <param name="expression">The expression.</param>
    /// <param name="metrics">Names of the metrics that there are.</param>
    /// <param name="controlled">Names of those that have a control.</param>
    public static IReadOnlyList<MetricUse> Of(CelExpression expression, IReadOnlySet<string> metrics, IReadOnlySet<string> controlled)
    {
        var uses = new List<MetricUse>();
        foreach (var name in ExpressionNames.Of(expression.Source).Where(n => expression.Variables.Contains(n.Name)))
        {
            Ask? map = name.Name switch
            {
                "control" => Ask.Control,
                "drift" => Ask.Drift,
                "baseline" => Ask.Baseline,
                "change" => Ask.Change,
                _ => null,
            };
            if (map is not { } ask)
                uses.AddRange(metrics.Contains(name.Name) ? [new MetricUse(Ask.Value, name.Name)] : []);
            else if (name.Field is { } field && metrics.Contains(field))
                uses.Add(new MetricUse(ask, field));
            else
            {
                var every = ask is Ask.Control or Ask.Drift ? controlled : metrics;
                uses.AddRange(every.Order(StringComparer.Ordinal).Select(m => new MetricUse(ask, m)));
            }
        }
        return [.. uses.Distinct()];
    }
}
