using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>The numbers behind every name of a criterion, or why they can't be told; series are joined by their labels.</summary>
internal sealed class MetricColumns
{
    private readonly GateInput _input;
    private Dictionary<string, int>? _rows;
    private IReadOnlyList<SeriesValue>? _series;

    private MetricColumns(GateInput input) => _input = input;

    /// <summary>How many series there are; null where no metric of the criterion is judged by series.</summary>
    public int? Rows => _series?.Count;

    /// <summary>The columns, in the order of the criterion.</summary>
    public IReadOnlyList<MetricColumn> Columns { get; private set; } = [];

    /// <summary>Why the criterion can't be told; null where it can.</summary>
    public Unknown? Problem { get; private set; }

    /// <summary>The queries that the numbers came from, with <c>; </c> between them; null for none.</summary>
    public string? Query { get; private set; }

    /// <summary>How many series the numbers came from, those of controls included; null for none.</summary>
    public int? Samples { get; private set; }

    /// <summary>The labels of a series; written out at each call, because few are ever asked for.</summary>
    public string LabelsOf(int row) => _series![row].Labels;

    /// <summary>Which series stands in a row, as a hash of its labels.</summary>
    public ulong HashOf(int row) => _series![row].LabelHash;

    /// <summary>Looks up what a criterion asks.</summary>
    public static MetricColumns Of(CelExpression expression, GateInput input)
    {
        var columns = new MetricColumns(input);
        var look = input.Look;
        var metrics = input.Metrics.Select(m => m.Name).Concat(look.Metrics.Keys).ToHashSet(StringComparer.Ordinal);
        var controlled = input.Metrics.Where(m => m.Control is not null).Select(m => m.Name)
            .Concat(look.Controls.Keys).ToHashSet(StringComparer.Ordinal);
        var uses = MetricUse.Of(expression, metrics, controlled);
        columns.Query = columns.QueriesOf(uses);
        columns.Samples = columns.CountOf(uses);
        columns.Problem = columns.JoinSeries(uses);
        if (columns.Problem is not null)
            return columns;
        var built = new List<MetricColumn>();
        foreach (var use in uses)
        {
            if (columns.Build(use, out var problem) is { } column)
                built.Add(column);
            columns.Problem ??= problem;
        }
        columns.Columns = built;
        return columns;
    }

    private MetricColumn? Build(MetricUse use, out Unknown? problem)
    {
        var metric = _input.Metrics.FirstOrDefault(m => m.Name == use.Metric) ?? new Metric(use.Metric, new Template("", default));
        var measurement = _input.Look.Metrics.GetValueOrDefault(use.Metric);
        if (metric.Unit is null && measurement?.Unit is { } unit)
            metric = metric with { Unit = unit };
        problem = null;
        if (use.Ask == Ask.Value)
        {
            var own = Numbers(measurement, use.Metric, out problem);
            return own is null ? null : new MetricColumn(use, metric, own) { PerSeries = IsEach(measurement) };
        }
        var reference = use.Ask is Ask.Control or Ask.Drift ? OfControl(metric, out problem) : OfBaseline(metric, out problem);
        if (reference is null)
            return null;
        var referenceEach = use.Ask is Ask.Control or Ask.Drift && IsEach(_input.Look.Controls.GetValueOrDefault(use.Metric));
        if (use.Ask is Ask.Control or Ask.Baseline)
            return new MetricColumn(use, metric, reference) { PerSeries = referenceEach };
        if (Numbers(measurement, use.Metric, out problem) is not { } values)
            return null;
        var perSeries = referenceEach || IsEach(measurement);
        var percent = new double[perSeries ? _series!.Count : 1];
        for (var row = 0; row < percent.Length; row++)
            percent[row] = PercentWorse.Of(metric, values[values.Length == 1 ? 0 : row], reference[reference.Length == 1 ? 0 : row]);
        return new MetricColumn(use, metric, percent) { PerSeries = perSeries, Measured = values, Reference = reference };
    }

    private double[]? OfControl(Metric metric, out Unknown? problem)
    {
        if (!_input.Look.Controls.TryGetValue(metric.Name, out var control) && metric.Control is null)
        {
            problem = new Unknown(ErrorId.NoData, $"{metric.Name} has no 'control' to be compared with");
            return null;
        }
        return Numbers(control, "the control of " + metric.Name, out problem);
    }

    private double[]? OfBaseline(Metric metric, out Unknown? problem)
    {
        problem = null;
        if (_input.Baseline is { } baseline && baseline.TryGetValue(metric.Name, out var mean))
            return [mean];
        var why = _input.BaselineProblem
            ?? (_input.Baseline is null ? "the gate has no 'baseline'" : "the baseline file has no such metric");
        problem = new Unknown(ErrorId.NoData, $"the baseline of {metric.Name} can't be told: {CelText.Visible(why)}");
        return null;
    }

    /// <summary>The numbers of a measurement: one, or one a row.</summary>
    private double[]? Numbers(Measurement? measurement, string what, out Unknown? problem)
    {
        problem = ProblemOf(measurement, what);
        if (problem is not null)
            return null;
        if (!IsEach(measurement))
            return [measurement!.Value ?? double.NaN];
        var numbers = new double[_series!.Count];
        for (var i = 0; i < measurement!.Series.Count; i++)
            numbers[_rows is null ? i : _rows[Key(measurement.Series[i])]] = measurement.Series[i].Value;
        return numbers;
    }

    /// <summary>
    /// Gives each label set a row, where there is more than one measurement to join; all of them must have the same ones.
    /// </summary>
    private Unknown? JoinSeries(IEnumerable<MetricUse> uses)
    {
        var joined = uses.SelectMany(Measurements).Where(m => IsEach(m.Measurement)).DistinctBy(m => m.What).ToList();
        if (joined.Select(m => ProblemOf(m.Measurement, m.What)).FirstOrDefault(p => p is not null) is { } problem)
            return problem;
        _series = joined.Count == 0 ? null : joined[0].Measurement!.Series;
        if (joined.Count < 2)
            return null;
        foreach (var (what, measurement) in joined)
        {
            var rows = measurement!.Series.Index().DistinctBy(s => Key(s.Item))
                .ToDictionary(s => Key(s.Item), s => s.Index, StringComparer.Ordinal);
            if (rows.Count < measurement.Series.Count)
                return new Unknown(ErrorId.SeveralSeries, $"{what} has several series with the same labels, so they can't be joined");
            _rows ??= rows;
            if (rows.Count != _rows.Count || !rows.Keys.All(_rows.ContainsKey))
            {
                return new Unknown(ErrorId.SeveralSeries,
                    $"{joined[0].What} and {what} don't have the same series, so they can't be judged series by series");
            }
        }
        return null;
    }

    /// <summary>The labels without the metric's name, as PromQL matches them.</summary>
    private static string Key(SeriesValue series) =>
        series.Labels is var labels && labels.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? labels[at..] : "";

    private IEnumerable<(string What, Measurement? Measurement)> Measurements(MetricUse use)
    {
        if (use.Ask is Ask.Value or Ask.Drift or Ask.Change)
            yield return (use.Metric, _input.Look.Metrics.GetValueOrDefault(use.Metric));
        if (use.Ask is Ask.Control or Ask.Drift)
            yield return ("the control of " + use.Metric, _input.Look.Controls.GetValueOrDefault(use.Metric));
    }

    private int? CountOf(IEnumerable<MetricUse> uses)
    {
        var seen = uses.SelectMany(Measurements).DistinctBy(m => m.What).Select(m => m.Measurement).OfType<Measurement>();
        var count = seen.Sum(m => Math.Max(m.Series.Count, m.Value is null ? 0 : 1));
        return count == 0 ? null : count;
    }

    private string? QueriesOf(IEnumerable<MetricUse> uses)
    {
        var queries = uses.SelectMany(Measurements).Select(m => m.Measurement?.Query).OfType<string>().Where(q => q.Length > 0);
        var text = string.Join("; ", queries.Distinct(StringComparer.Ordinal));
        return text.Length == 0 ? null : text;
    }

    private static bool IsEach(Measurement? measurement) => measurement is { Reduce: Reduce.Each, CouldNotTell: null };

    private static Unknown? ProblemOf(Measurement? measurement, string what)
    {
        if (measurement is null)
            return new Unknown(ErrorId.NoData, $"{what} wasn't measured");
        if (measurement.CouldNotTell is { } reason)
        {
            var why = measurement.Detail.Length > 0 ? measurement.Detail : "nothing was measured";
            return new Unknown(reason, why.Contains(what, StringComparison.Ordinal) ? why : $"{what} can't be told: {why}");
        }
        return measurement.Reduce == Reduce.Each && measurement.Series.Count == 0 ? new Unknown(ErrorId.NoData, $"{what} has no series")
            : measurement.Reduce != Reduce.Each && measurement.Value is null ? new Unknown(ErrorId.NoData, $"{what} has no value")
            : null;
    }
}
