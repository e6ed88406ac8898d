using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Looks at what a gate or a criterion over metrics speaks of, and has it judged.</summary>
internal sealed class GateLooks(Plan plan, BindingScope scope, SecretMask mask, TimeProvider clock, string folder) : IDisposable
{
    /// <summary>What a comparison is over where nobody says since when.</summary>
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    private readonly Lazy<MetricReader> _reader = new(() => new MetricReader(plan.Runbook, scope, mask, clock));

    /// <summary>Reads the metrics.</summary>
    public MetricReader Reader => _reader.Value;

    /// <summary>Looks once at everything that the criteria and gates speak of.</summary>
    public Task<GateInput> LookAsync(IEnumerable<Criterion> criteria, CancellationToken cancellation) =>
        LookAsync(MetricNeeds.Of(criteria, plan.Runbook.Metrics), clock.GetUtcNow(), cancellation);

    /// <summary>Looks at metrics as they were at a time.</summary>
    public async Task<GateInput> LookAsync(MetricNeeds needs, DateTimeOffset at, CancellationToken cancellation) => InputOf(
        needs.Metrics.Count + needs.Controls.Count == 0 ? new Snapshot(at) : await Reader.ReadAsync(needs, at, cancellation).ConfigureAwait(false));

    /// <summary>All that a judgement of a look rests on.</summary>
    public GateInput InputOf(Snapshot look) => new(look)
    {
        Metrics = plan.Runbook.Metrics,
        Waivers = plan.Runbook.Waivers,
        Shared = scope.Variables,
        RunbookFile = plan.Runbook.File,
    };

    /// <summary>Judges a gate: a fresh look, its baseline, and the samples since a time for what it compares.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="since">Since when samples count; null for the last hour.</param>
    /// <param name="cancellation">Ends the look.</param>
    public Task<GateResult> JudgeAsync(Gate gate, DateTimeOffset? since, CancellationToken cancellation) =>
        JudgeAsync(gate, since, clock.GetUtcNow(), cancellation);

    /// <summary>Judges a gate as of a time.</summary>
    public async Task<GateResult> JudgeAsync(Gate gate, DateTimeOffset? since, DateTimeOffset at, CancellationToken cancellation)
    {
        var needs = MetricNeeds.Of(gate.Criteria.Select(c => c.Expect).OfType<Criterion>(), plan.Runbook.Metrics);
        var input = await LookAsync(needs, at, cancellation).ConfigureAwait(false);
        return Masked(GateJudge.Judge(gate, await CompletedAsync(gate, input, since, cancellation).ConfigureAwait(false)));
    }

    /// <summary>Adds what only this gate asks for: its baseline and its samples.</summary>
    private async Task<GateInput> CompletedAsync(Gate gate, GateInput input, DateTimeOffset? since, CancellationToken cancellation)
    {
        var to = input.Look.At;
        var from = since ?? to - DefaultWindow;
        var step = MetricReader.StepOver(to - from);
        var samples = new Dictionary<string, SampleSet>(StringComparer.Ordinal);
        foreach (var metric in gate.Criteria.Select(c => c.Compare?.Metric).OfType<string>().Distinct(StringComparer.Ordinal))
            samples[metric] = await Reader.ReadSamplesAsync(metric, from, to, step, cancellation).ConfigureAwait(false);
        input = input with { Samples = samples };
        return WithBaseline(gate, input);
    }

    /// <summary>Adds the baseline that a gate speaks of, if it does.</summary>
    public GateInput WithBaseline(Gate gate, GateInput input) =>
        gate.Baseline is { } baseline ? WithBaseline(input, Path.GetFullPath(scope.Bind(baseline), folder)) : input;

    /// <summary>A finding with its secrets hidden.</summary>
    public GateResult Masked(GateResult result) => result with { Findings = [.. result.Findings.Select(Masked)] };

    /// <summary>A finding with its secrets hidden.</summary>
    public Finding Masked(Finding finding) => finding with
    {
        Text = mask.Apply(finding.Text),
        Observed = finding.Observed is null ? null : mask.Apply(finding.Observed),
        Query = finding.Query is null ? null : mask.Apply(finding.Query),
        Condition = finding.Condition is null ? null : mask.Apply(finding.Condition),
        Source = finding.Source is null ? null : mask.Apply(finding.Source),
    };

    public void Dispose()
    {
        if (_reader.IsValueCreated)
            _reader.Value.Dispose();
    }

    private static GateInput WithBaseline(GateInput input, string path)
    {
        try
        {
            return input with { Baseline = KpiFile.Read(path).Means };
        }
        catch (ReleaseOpsException error)
        {
            return input with { BaselineProblem = error.Message };
        }
    }
}
