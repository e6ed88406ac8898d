using System.Collections;
using System.Management.Automation;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Compares samples as a canary is judged, or a runbook's metrics with their controls and with a baseline.</summary>
/// <remarks>
/// <para>Samples are compared by the Mann-Whitney U test, as Kayenta does it: High or Low where the whole confidence interval of the
/// difference lies beyond the tolerance, which is a share of the estimated difference. Only the bad direction counts. An empty side, or
/// points too few to show any difference, is Nodata, and never a pass.</para>
/// <para>With a runbook, each metric that has a control is compared with it by its samples since some time ago, and with -Baseline each
/// metric's value of now with the mean in that file. A file has no spread; there the tolerance is a share of the baseline.</para>
/// </remarks>
/// <example>
/// <code>Compare-ReleaseMetric -Control (Get-Content stable.txt) -Experiment (Get-Content canary.txt) -Direction Higher</code>
/// <para>Compares two files of one number a line.</para>
/// </example>
/// <example>
/// <code>Compare-ReleaseMetric ./release.yaml -Since 30m | Where-Object { $_.Comparison.Classification -ne 'Pass' }</code>
/// <para>Shows the metrics of a runbook that aren't as their controls.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "ReleaseMetric", DefaultParameterSetName = BySamples)]
[OutputType(typeof(Comparison), ParameterSetName = [BySamples])]
[OutputType(typeof(MetricComparison), ParameterSetName = [ByName])]
public sealed class CompareReleaseMetricCommand : EngineCmdlet
{
    private const string BySamples = "Samples";
    private const string ByName = "Runbook";

    /// <summary>Name or path of the runbook.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [Alias("PSPath", "FullName")]
    public string Name { get; set; } = "";

    /// <summary>The samples that are compared with; NaN doesn't count.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySamples)]
    [AllowEmptyCollection]
    public double[] Control { get; set; } = [];

    /// <summary>The samples that are judged; NaN doesn't count.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySamples)]
    [AllowEmptyCollection]
    public double[] Experiment { get; set; } = [];

    /// <summary>Which way is bad: Higher, Lower or Either. A runbook's metrics say it themselves.</summary>
    [Parameter(ParameterSetName = BySamples)]
    public Worse Direction { get; set; }

    /// <summary>Metrics to compare; all of them when none is named.</summary>
    [Parameter(ParameterSetName = ByName)]
    public string[] Metric { get; set; } = [];

    /// <summary>Values of the runbook's parameters, by name. Only those that its metrics speak of are needed.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Alias("Parameters")]
    public Hashtable? Parameter { get; set; }

    /// <summary>Path of a file of means, as Measure-ReleaseMetric -OutputPath writes it, to compare what is measured now with.</summary>
    [Parameter(ParameterSetName = ByName)]
    public string? Baseline { get; set; }

    /// <summary>Since how long samples count: 30m, 1h, or a TimeSpan. An hour unless told otherwise.</summary>
    [Parameter(ParameterSetName = ByName)]
    [DurationTransformation]
    public TimeSpan Since { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Share of the estimated difference, or of the baseline, that is none; 0 to 10, and 0.25 unless told otherwise.</summary>
    [Parameter]
    [ValidateRange(0.0, 10.0)]
    public double Tolerance { get; set; } = 0.25;

    /// <summary>The confidence level in percent, below 100; 98 unless told otherwise.</summary>
    [Parameter]
    [ValidateRange(50.0, 99.9999)]
    public double Confidence { get; set; } = 98;

    /// <summary>Compares.</summary>
    protected override void ProcessItem()
    {
        if (ParameterSetName == BySamples)
            WriteObject(SampleComparer.Compare(Experiment, Control, new ComparisonOptions
            {
                Tolerance = Tolerance,
                Confidence = Confidence,
                Worse = Direction,
            }));
        else
            WriteObject(CompareMetrics(), enumerateCollection: true);
    }

    private IReadOnlyList<MetricComparison> CompareMetrics()
    {
        if (Since < TimeSpan.FromMinutes(1))
            throw new ReleaseOpsException(ErrorId.Usage, "-Since is at least 1m.", "Give a longer time.", nameof(Since));
        var options = new DriftOptions
        {
            Since = Since,
            Tolerance = Tolerance,
            Confidence = Confidence,
            Baseline = Baseline is null ? null : KpiFile.Read(this.FullPath(Baseline)).Means,
        };
        using var session = MetricSession.Open(
            RunbookReader.Load(this.File(Name)), ParameterValues.ToText(Parameter), Metric,
            Environment.GetEnvironmentVariable, TimeProvider.System);
        return Await((_, cancellation) => DriftCheck.CompareAsync(session, options, TimeProvider.System, cancellation));
    }
}
