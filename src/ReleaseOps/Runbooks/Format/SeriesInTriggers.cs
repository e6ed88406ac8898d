namespace ReleaseOps.Runbooks.Format;

/// <summary>
/// A metric that is judged series by series (<c>reduce: each</c>) belongs into a gate, or a day-one threshold, which holds where any series does. In a trigger, a severity or the decision tree it would
/// have to be bad everywhere before anything followed.
/// </summary>
internal static class SeriesInTriggers
{
    public static void Check(Runbook runbook, Reading reading)
    {
        var each = runbook.Metrics.Where(m => m.Reduce == Reduce.Each).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        if (each.Count == 0)
            return;
        var criteria = runbook.Triggers.Select(t => t.When).Concat(runbook.Severities.Select(s => s.When))
            .Concat((runbook.Rollback?.Decide ?? []).Select(r => r.When)).OfType<Criterion>();
        foreach (var criterion in criteria)
            if (criterion.Expression.Variables.FirstOrDefault(each.Contains) is { } metric)
                reading.Error(criterion.At, ErrorId.BadValue, $"'{metric}' is judged series by series (reduce: each), which only a gate or a threshold of a watch can do",
                    "add a metric of the same query with reduce: max, or min, for this");
    }
}
