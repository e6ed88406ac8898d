using System.Runtime.CompilerServices;
using ReleaseOps.Gates;
using ReleaseOps.Probes.Http;
using ReleaseOps.Probes.Metrics;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes;

/// <summary>Reads a runbook's metrics from their sources. Safe to use from many threads.</summary>
public sealed class MetricReader : IDisposable
{
    /// <summary>How many queries are on their way at once.</summary>
    private const int SideBySide = 8;

    /// <summary>How long before a watch is counted step by step: the longest window of the SRE workbook's burn-rate alerts.</summary>
    private static readonly TimeSpan StepByStep = TimeSpan.FromDays(3);

    private readonly Runbook _runbook;
    private readonly BindingScope _scope;
    private readonly SecretMask _mask;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;
    private readonly PrometheusClient _client;
    private readonly SemaphoreSlim _turns = new(SideBySide);

    /// <summary>Prepares it; nothing is asked yet.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="scope">Parameters and secrets.</param>
    /// <param name="mask">Hides secrets in all that is kept or shown.</param>
    /// <param name="clock">The clock.</param>
    public MetricReader(Runbook runbook, BindingScope scope, SecretMask mask, TimeProvider clock)
        : this(runbook, scope, mask, clock, HttpConnections.Shared)
    {
    }

    internal MetricReader(Runbook runbook, BindingScope scope, SecretMask mask, TimeProvider clock, HttpConnections connections)
    {
        (_runbook, _scope, _mask, _clock) = (runbook, scope, mask, clock);
        _http = connections.Fresh();
        _client = new PrometheusClient(new MonitoringApi(_http, connections, mask, clock), mask);
    }

    /// <summary>The time between two samples of a comparison: 60 points, Kayenta's own measure for an hour, and never less than a second.</summary>
    /// <param name="window">The time that is compared.</param>
    internal static TimeSpan StepOver(TimeSpan window) => TimeSpan.FromSeconds(Math.Max(1, Math.Floor(window.TotalSeconds / 60)));

    /// <summary>Makes one look: every query side by side. What can't be told is in the measurement, never an exception.</summary>
    /// <param name="needs">Which metrics and controls.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<Snapshot> ReadAsync(MetricNeeds needs, CancellationToken cancellation) => ReadAsync(needs, _clock.GetUtcNow(), cancellation);

    /// <summary>Makes one look at a time that has passed: as <see cref="ReadAsync(MetricNeeds, CancellationToken)"/>, with every query evaluated at that time.</summary>
    /// <param name="needs">Which metrics and controls.</param>
    /// <param name="at">The time, UTC.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<Snapshot> ReadAsync(MetricNeeds needs, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(needs);
        return MeasureAsync(Questions(needs), new MetricLook(_client, _turns, at), at, cancellation);
    }

    /// <summary>
    /// Looks at a row of times that have passed, as <see cref="ReadAsync(MetricNeeds, DateTimeOffset, CancellationToken)"/> would at each of
    /// them, but by range queries: for a metric and for its freshness about one for every 1,440 times, of a fleet of 10,000 series one for every 60.
    /// Snapshots come in order, one a time. A range query that fails leaves its metric unknown at all times that it was about; one that the server
    /// refuses, or answers with too much, is asked again for fewer times, down to one. Queries that speak of <c>start()</c> or <c>end()</c> are
    /// asked for each time. VictoriaMetrics looks back less far in a range query than in one at one time, so that a bare gauge that was silent for
    /// longer than its scrape interval has no data there, where a look would have found an old sample.
    /// </summary>
    /// <param name="needs">Which metrics and controls.</param>
    /// <param name="from">The first time, UTC, in whole milliseconds.</param>
    /// <param name="step">The time from one to the next, in whole milliseconds; at least a second.</param>
    /// <param name="count">How many times.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public IAsyncEnumerable<Snapshot> ReadHistoryAsync(
        MetricNeeds needs, DateTimeOffset from, TimeSpan step, int count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(needs);
        return HistoryAsync(Questions(needs), Row(from, step, count), cancellation);
    }

    /// <summary>
    /// Counts an objective's events in steps that have passed, by range queries. What can't be told is null in its step: both numbers where
    /// nothing was counted, the bad ones where the counter of the good ones isn't there. A counter of the bad ones that isn't there counts as 0.
    /// </summary>
    /// <param name="slo">The objective.</param>
    /// <param name="firstEnd">The end of the first step, UTC, in whole milliseconds.</param>
    /// <param name="count">How many steps, each <see cref="Slo.Step"/> long.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<IReadOnlyList<SloCount>> CountAsync(Slo slo, DateTimeOffset firstEnd, int count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slo);
        return CountAsync(SloCounter.Of(slo, _runbook, _scope), Row(firstEnd, slo.Step, count), cancellation);
    }

    /// <summary>What was counted of an objective before a watch: the three days before it step by step, and the rest of its window as one.</summary>
    /// <param name="slo">The objective.</param>
    /// <param name="before">The beginning of the watch, UTC, in whole milliseconds; the last step ends there.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<SloPast> PastAsync(Slo slo, DateTimeOffset before, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slo);
        var counter = SloCounter.Of(slo, _runbook, _scope);
        var count = (int)((slo.Window < StepByStep ? slo.Window : StepByStep) / slo.Step);
        var steps = await CountAsync(counter, Row(before - (count - 1) * slo.Step, slo.Step, count), cancellation).ConfigureAwait(false);
        if (slo.Window <= StepByStep)
            return new SloPast(steps, 0, 0);
        var at = before - StepByStep;
        var rest = counter is null ? null
            : await counter.CountAsync(new MetricLook(_client, _turns, at), at, slo.Window - StepByStep, cancellation).ConfigureAwait(false);
        return new SloPast(steps, rest?.Bad, rest?.Total);
    }

    /// <summary>
    /// The samples of a metric and of its control over a time; of several series that are reduced, one a time; of <c>each</c>, all of all.
    /// What can't be told is in the set, never an exception.
    /// </summary>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="from">From when, UTC.</param>
    /// <param name="to">Until when, UTC.</param>
    /// <param name="step">The time between two samples.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<SampleSet> ReadSamplesAsync(string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellation)
    {
        var asked = _runbook.Metrics.First(m => m.Name == metric);
        var look = new MetricLook(_client, _turns, to);
        var experiment = SampleAsync(Question(asked, asked.Query), look, (from, to, step), cancellation);
        var control = asked.Control is null ? null : SampleAsync(Question(asked, asked.Control), look, (from, to, step), cancellation);
        var (values, query, problem) = await experiment.ConfigureAwait(false);
        var (others, _, otherProblem) = control is null ? ([], null, null) : await control.ConfigureAwait(false);
        var why = problem ?? (otherProblem is null ? null : new CouldNotTellException(otherProblem.Id, "its control: " + otherProblem.Message));
        return new SampleSet(why is null ? values : [], why is null ? others : [])
        {
            CouldNotTell = why?.Id,
            Detail = _mask.Apply(why?.Message ?? ""),
            Query = query,
        };
    }

    /// <summary>Lets go of its connections.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _turns.Dispose();
    }

    private static TimeRow Row(DateTimeOffset from, TimeSpan step, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new TimeRow(from, step, count);
    }

    private static async Task<Snapshot> MeasureAsync(
        (List<MetricQuestion> Metrics, List<MetricQuestion> Controls) questions, IMetricLook look, DateTimeOffset at, CancellationToken cancellation)
    {
        var metrics = questions.Metrics.Select(q => q.MeasureAsync(look, cancellation)).ToArray();
        var controls = questions.Controls.Select(q => q.MeasureAsync(look, cancellation)).ToArray();
        return new Snapshot(at)
        {
            Metrics = (await Task.WhenAll(metrics).ConfigureAwait(false)).ToDictionary(m => m.Metric, StringComparer.Ordinal),
            Controls = (await Task.WhenAll(controls).ConfigureAwait(false)).ToDictionary(m => m.Metric, StringComparer.Ordinal),
        };
    }

    private async IAsyncEnumerable<Snapshot> HistoryAsync(
        (List<MetricQuestion> Metrics, List<MetricQuestion> Controls) questions, TimeRow times, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var history = new MetricHistory(_client, _turns, times);
        for (var n = 0; n < times.Count; n++)
        {
            // What is asked already answers without asking, and so without noticing.
            cancellation.ThrowIfCancellationRequested();
            yield return await MeasureAsync(questions, history.LookAt(n), times.At(n), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<SloCount>> CountAsync(SloCounter? counter, TimeRow ends, CancellationToken cancellation)
    {
        var history = new MetricHistory(_client, _turns, ends);
        var counts = new List<SloCount>(ends.Count);
        for (var n = 0; n < ends.Count; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            counts.Add(counter is null ? new SloCount(ends.At(n), null, null)
                : await counter.CountAsync(history.LookAt(n), ends.At(n), ends.Step, cancellation).ConfigureAwait(false));
        }
        return counts;
    }

    private async Task<(IReadOnlyList<double> Values, string Query, CouldNotTellException? Problem)> SampleAsync(
        MetricQuestion question, MetricLook look, (DateTimeOffset From, DateTimeOffset To, TimeSpan Step) time, CancellationToken cancellation)
    {
        if (question.Problem is not null)
            return ([], question.Shown, question.Problem);
        try
        {
            var (source, query) = question.Asked;
            await _turns.WaitAsync(cancellation).ConfigureAwait(false);
            PrometheusAnswer answer;
            try
            {
                answer = await _client.QueryRangeAsync(source, query, time.From, time.To, time.Step, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _turns.Release();
            }
            var values = Samples.Of(answer, question.Metric.Reduce);
            // At its end a series that isn't scraped any more repeats its last value.
            var freshness = await Freshness.OfAsync(look, source, question.Selectors, question.Metric, cancellation).ConfigureAwait(false);
            return freshness.CouldNotTell is { } why ? ([], question.Shown, new CouldNotTellException(why, freshness.Detail)) : (values, question.Shown, null);
        }
        catch (CouldNotTellException e)
        {
            return ([], question.Shown, e);
        }
    }

    private (List<MetricQuestion> Metrics, List<MetricQuestion> Controls) Questions(MetricNeeds needs) =>
    (
        [.. _runbook.Metrics.Where(m => needs.Metrics.Contains(m.Name)).Select(m => Question(m, m.Query))],
        [.. _runbook.Metrics.Where(m => needs.Controls.Contains(m.Name) && m.Control is not null).Select(m => Question(m, m.Control!))]
    );

    private MetricQuestion Question(Metric metric, Template template) => new(_runbook, _scope, _mask, metric, template);
}
