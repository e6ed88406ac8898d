using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges a gate's comparison of samples.</summary>
internal static class SampleJudge
{
    public static Finding Judge(GateCriterion criterion, GateInput input)
    {
        var asked = criterion.Compare!;
        var metric = input.Metrics.FirstOrDefault(m => m.Name == asked.Metric);
        var samples = input.Samples.GetValueOrDefault(asked.Metric);
        var finding = samples is null ? Unknown(criterion, ErrorId.NoData, $"the samples of {asked.Metric} weren't read")
            : samples.CouldNotTell is { } reason ? Unknown(criterion, reason, $"{asked.Metric} can't be compared: {samples.Detail}")
            : Compared(criterion, asked, metric, samples);
        return finding with { Condition = criterion.ToString(), Query = samples?.Query };
    }

    private static Finding Compared(GateCriterion criterion, SampleComparison asked, Metric? metric, SampleSet samples)
    {
        var comparison = SampleComparer.Compare(samples.Experiment, samples.Control, new ComparisonOptions
        {
            Tolerance = asked.Tolerance,
            Confidence = asked.Confidence,
            Worse = metric?.Worse ?? Worse.Either,
            Noise = metric?.Noise ?? 0,
            Name = asked.Metric,
            Unit = metric?.Unit,
        });
        var count = comparison.ExperimentSamples + comparison.ControlSamples;
        return comparison.Classification switch
        {
            Classification.Nodata => Unknown(criterion, ErrorId.NoData, comparison.Text) with { Samples = count },
            var found => new Finding(criterion.Name, found == Classification.Pass ? Verdict.Passed : Verdict.Failed, comparison.Text)
            {
                Samples = count,
                Observed = MetricColumn.WithUnit(comparison.Estimate!.Value, metric?.Unit),
            },
        };
    }

    private static Finding Unknown(GateCriterion criterion, ErrorId reason, string text) =>
        new(criterion.Name, Verdict.Inconclusive, text) { Reason = reason };
}
