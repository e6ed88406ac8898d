using ReleaseOps.Expressions;

namespace ReleaseOps.Gates;

/// <summary>The values that a criterion over metrics is judged on; the same object is moved from series to series.</summary>
internal sealed class CriterionValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly MetricColumn[] _moving;

    public CriterionValues(CelExpression expression, MetricColumns columns, GateInput input)
    {
        foreach (var name in expression.Variables)
        {
            if (input.Shared.TryGetValue(name, out var shared))
                _values[name] = shared;
        }
        foreach (var column in columns.Columns)
        {
            Set(column, 0);
            if (column.Unit is { Length: > 0 } unit)
                Units[column.Use.ToString()] = unit;
        }
        _moving = [.. columns.Columns.Where(c => c.PerSeries)];
    }

    public IReadOnlyDictionary<string, object?> Values => _values;

    /// <summary>Units by name.</summary>
    public Dictionary<string, string> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Goes on to another series.</summary>
    public void MoveTo(int row)
    {
        foreach (var column in _moving)
            Set(column, row);
    }

    private void Set(MetricColumn column, int row)
    {
        object value = column.At(row);
        // Under its whole name, which goes first, it is found without a map being made of the map.
        _values[column.Use.ToString()] = value;
        if (column.Use.Map is not { } map)
            return;
        if (!_values.TryGetValue(map, out var fields))
            _values[map] = fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        ((Dictionary<string, object?>)fields!)[column.Use.Metric] = value;
    }
}
