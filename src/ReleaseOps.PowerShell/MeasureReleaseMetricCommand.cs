using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Measures a runbook's metrics for a while.</summary>
/// <remarks>
/// <para>Looks at once, then each interval, until the time is over; writes one object a metric, with mean, smallest, largest and last
/// value and with how many looks saw none, and why. A metric that was never seen has no mean.</para>
/// <para>-OutputPath keeps the means in a file, written anew after each look, which serves as a baseline later: for -CompareBaseline,
/// for Compare-ReleaseMetric, and for the gates of a runbook.</para>
/// </remarks>
/// <example>
/// <code>Measure-ReleaseMetric ./release.yaml -Duration 10m -OutputPath baseline.json</code>
/// <para>Measures for ten minutes and keeps the means.</para>
/// </example>
/// <example>
/// <code>Measure-ReleaseMetric ./release.yaml -Duration 0s -CompareBaseline baseline.json |
///     Where-Object { $_.Comparison.Classification -ne 'Pass' }</code>
/// <para>Looks once and shows what is worse than it was.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "ReleaseMetric")]
[OutputType(typeof(Kpi))]
public sealed class MeasureReleaseMetricCommand : EngineCmdlet
{
    private const int ActivityId = 0x5e1ea5f;

    /// <summary>Name or path of the runbook.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [Alias("PSPath", "FullName")]
    public string Name { get; set; } = "";

    /// <summary>Metrics to measure; all of them when none is named.</summary>
    [Parameter]
    public string[] Metric { get; set; } = [];

    /// <summary>Values of the runbook's parameters, by name. Only those that its metrics speak of are needed.</summary>
    [Parameter]
    [Alias("Parameters")]
    public Hashtable? Parameter { get; set; }

    /// <summary>For how long: 10m, 1h, or a TimeSpan; 0s looks once. Five minutes unless told otherwise.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Duration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time from one look to the next, at least 100ms; 30 seconds unless told otherwise.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Path of the file to keep the means in.</summary>
    [Parameter]
    public string? OutputPath { get; set; }

    /// <summary>Path of the file of an earlier measurement to compare the means with.</summary>
    [Parameter]
    public string? CompareBaseline { get; set; }

    /// <summary>Share of the baseline that is no difference; 0 to 10, and 0.25 unless told otherwise.</summary>
    [Parameter]
    [ValidateRange(0.0, 10.0)]
    public double Tolerance { get; set; } = 0.25;

    /// <summary>Measures.</summary>
    protected override void ProcessItem()
    {
        if (Interval < TimeSpan.FromMilliseconds(100) || Duration < TimeSpan.Zero)
            throw new ReleaseOpsException(ErrorId.Usage, "-Interval is at least 100ms, and -Duration not negative.", "Give longer times.",
                nameof(Interval));
        var baseline = CompareBaseline is null ? null : KpiFile.Read(this.FullPath(CompareBaseline)).Means;
        var output = OutputPath is null ? null : this.FullPath(OutputPath);
        var runbook = RunbookReader.Load(this.File(Name));
        using var session = MetricSession.Open(
            runbook, ParameterValues.ToText(Parameter), Metric, Environment.GetEnvironmentVariable, TimeProvider.System);
        var report = Await((queue, cancellation) =>
        {
            var (looks, began) = (0, TimeProvider.System.GetTimestamp());
            queue.Ended = () =>
                WriteProgress(new ProgressRecord(ActivityId, runbook.Title, "done") { RecordType = ProgressRecordType.Completed });
            return session.CollectAsync(Duration, Interval, output, TimeProvider.System, look => queue.Post(() =>
            {
                looks++;
                ShowProgress(runbook.Title, looks, TimeProvider.System.GetElapsedTime(began));
                foreach (var gap in look.Metrics.Values.Where(m => m.CouldNotTell is not null))
                    WriteVerbose($"{gap.Metric}: {gap.Detail}");
            }), cancellation);
        });
        WriteObject((baseline is null ? report : session.Compared(report, baseline, Tolerance)).Kpis, enumerateCollection: true);
    }

    private void ShowProgress(string activity, int looks, TimeSpan elapsed) =>
        WriteProgress(new ProgressRecord(
            ActivityId, activity, looks == 1 ? "1 look" : looks.ToString(CultureInfo.InvariantCulture) + " looks")
        {
            PercentComplete = Duration <= TimeSpan.Zero ? 100 : (int)Math.Min(100, 100 * elapsed.TotalSeconds / Duration.TotalSeconds),
            SecondsRemaining = (int)Math.Max(0, (Duration - elapsed).TotalSeconds),
        });
}
