using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes;

/// <summary>A runbook's metrics, ready to be read outside a run: only what the metrics themselves speak of needs to be given.</summary>
public sealed class MetricSession : IDisposable
{
    private readonly SecretMask _mask;

    private MetricSession(Runbook runbook, IReadOnlyList<Metric> metrics, BindingScope scope, SecretMask mask, TimeProvider clock)
    {
        _mask = mask;
        Metrics = metrics;
        Reader = new MetricReader(runbook, scope, mask, clock);
    }

    /// <summary>The metrics that were chosen, in the runbook's order.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Reads them.</summary>
    public MetricReader Reader { get; }

    /// <summary>Prepares the reading; nothing is asked yet.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Values of its parameters, as text, by name.</param>
    /// <param name="names">Names of the metrics; all of them where none is named.</param>
    /// <param name="variable">Gives an environment variable's value, or null: secrets come from there.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="ReleaseOpsException">
    /// NothingToRun: the runbook has no metrics. UnknownReference: none of a name. What <see cref="ParameterBinder.Bind"/> and
    /// <see cref="EnvironmentSecrets.Resolve"/> say, and MissingParameter.
    /// </exception>
    public static MetricSession Open(
        Runbook runbook, IReadOnlyDictionary<string, string> given, IReadOnlyList<string> names, Func<string, string?> variable,
        TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(names);
        if (runbook.Metrics.Count == 0)
            throw new ReleaseOpsException(ErrorId.NothingToRun, $"'{runbook.Name}' has no metrics.",
                "Add them under 'metrics'.", runbook.Name);
        if (names.FirstOrDefault(n => runbook.Metrics.All(m => m.Name != n)) is { } unknown)
            throw new ReleaseOpsException(ErrorId.UnknownReference,
                $"'{runbook.Name}' has no metric '{OutsideText.OneLine(unknown, SecretMask.None)}'.",
                "It has: " + string.Join(", ", runbook.Metrics.Select(m => m.Name)), unknown);
        var metrics = runbook.Metrics.Where(m => names.Count == 0 || names.Contains(m.Name)).ToList();
        Template?[] templates =
        [
            .. metrics.SelectMany(m => new[] { m.Query, m.Control }),
            .. runbook.Sources.Where(s => metrics.Any(m => m.Source == s.Name))
                .SelectMany(s => new[] { s.Address, s.Token, s.User, s.Password }),
        ];
        var parameters = ParameterBinder.Bind(runbook, given);
        var missing = templates.OfType<Template>().SelectMany(t => t.ParameterNames)
            .Where(parameters.Missing.Contains).Distinct().Order().ToList();
        if (missing.Count > 0)
            throw new ReleaseOpsException(ErrorId.MissingParameter, $"The metrics of '{runbook.Name}' need {string.Join(", ", missing)}.",
                "Give each of them a value.", missing[0]);
        var secrets = EnvironmentSecrets.Resolve(templates.OfType<Template>().SelectMany(t => t.SecretNames), variable);
        var scope = BindingScope.ForRun(parameters, ParameterBinder.ReleaseOf(runbook, parameters), secrets);
        var mask = secrets.Count == 0 ? SecretMask.None : new SecretMask([.. secrets.Values]);
        return new MetricSession(runbook, metrics, scope, mask, clock);
    }

    /// <summary>Measures the chosen metrics for a while; see <see cref="KpiCollector.CollectAsync"/>.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="interval">The time from one look to the next.</param>
    /// <param name="path">Full path of the file to keep it in; null for none.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="looked">Told of each look; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<KpiReport> CollectAsync(
        TimeSpan duration, TimeSpan interval, string? path, TimeProvider clock, Action<Snapshot>? looked, CancellationToken cancellation) =>
        KpiCollector.CollectAsync(Reader, [.. Metrics.Select(m => m.Name)], duration, interval, path, clock, looked, cancellation);

    /// <summary>A measurement with each mean compared with that of an earlier one.</summary>
    /// <param name="report">The measurement.</param>
    /// <param name="baseline">Means of the earlier one, by metric.</param>
    /// <param name="tolerance">Share of the baseline that is no difference.</param>
    public KpiReport Compared(KpiReport report, IReadOnlyDictionary<string, double> baseline, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report with
        {
            Kpis = [.. report.Kpis.Select(k => k with
            {
                Comparison = Masked(BaselineComparer.Compare(
                    Metrics.First(m => m.Name == k.Metric), k.Mean, k.Problem, baseline, tolerance)),
            })],
        };
    }

    /// <summary>A comparison with its secrets hidden.</summary>
    internal Comparison Masked(Comparison comparison) => comparison with { Text = _mask.Apply(comparison.Text) };

    /// <summary>Lets go of its connections.</summary>
    public void Dispose() => Reader.Dispose();
}
