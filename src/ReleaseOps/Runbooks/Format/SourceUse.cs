namespace ReleaseOps.Runbooks.Format;

/// <summary>That each source is asked what its kind can answer.</summary>
internal static class SourceUse
{
    /// <summary>Reports every query that its source can't answer.</summary>
    public static void Check(
        IReadOnlyList<Source> sources, IReadOnlyList<Metric> metrics, IReadOnlyList<Slo> slos, IEnumerable<Step> steps, Reading reading)
    {
        var kinds = new Dictionary<string, SourceKind>(StringComparer.Ordinal);
        foreach (var source in sources)
            kinds.TryAdd(source.Name, source.Kind);
        foreach (var metric in metrics)
            Expect(metric.Source, metric.Query.At, "a metric", kinds, reading, SourceKind.Prometheus);
        foreach (var slo in slos)
            Expect(slo.Source, slo.Total.At, "an objective", kinds, reading, SourceKind.Prometheus);
        foreach (var step in steps)
        {
            foreach (var work in new[] { step.Work, step.Verify?.Work })
            {
                if (work is SqlWork sql)
                    Expect(sql.Source, step.At, $"the query of '{step.Id}'", kinds, reading, SourceKind.Postgres);
                else if (work is AlertsWork alerts)
                    Expect(alerts.Source, step.At, $"'{step.Id}'", kinds, reading, SourceKind.Prometheus, SourceKind.Alertmanager);
            }
        }
    }

    private static void Expect(
        string source, Position at, string what, Dictionary<string, SourceKind> kinds, Reading reading, params SourceKind[] expected)
    {
        if (kinds.TryGetValue(source, out var kind) && !expected.Contains(kind))
            reading.Error(at, ErrorId.BadValue,
                $"{what} asks the source '{source}', which is {Word(kind)}, not {string.Join(" or ", expected.Select(Word))}", "name another one with 'source'");
    }

    private static string Word(SourceKind kind) => kind switch
    {
        SourceKind.Prometheus => "a Prometheus",
        SourceKind.Alertmanager => "an Alertmanager",
        _ => "a PostgreSQL database",
    };
}
