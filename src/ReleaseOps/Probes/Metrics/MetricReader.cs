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
    public async Task<Snapshot> ReadAsync(MetricNeeds needs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(needs);
        var at = _clock.GetUtcNow();
        var look = new MetricLook(_client, _turns, at);
        var metrics = _runbook.Metrics.Where(m => needs.Metrics.Contains(m.Name))
            .Select(m => MeasureAsync(m, m.Query, look, cancellation)).ToArray();
        var controls = _runbook.Metrics.Where(m => needs.Controls.Contains(m.Name) && m.Control is not null)
            .Select(m => MeasureAsync(m, m.Control!, look, cancellation)).ToArray();
        return new Snapshot(at)
        {
            Metrics = (await Task.WhenAll(metrics).ConfigureAwait(false)).ToDictionary(m => m.Metric, StringComparer.Ordinal),
            Controls = (await Task.WhenAll(controls).ConfigureAwait(false)).ToDictionary(m => m.Metric, StringComparer.Ordinal),
        };
    }

    /// <summary>Makes one look at a time that has passed: as <see cref="ReadAsync(MetricNeeds, CancellationToken)"/>, with every query evaluated at that time.</summary>
    /// <param name="needs">Which metrics and controls.</param>
    /// <param name="at">The time, UTC.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<Snapshot> ReadAsync(MetricNeeds needs, DateTimeOffset at, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>
    /// Looks at a row of times that have passed, as <see cref="ReadAsync(MetricNeeds, DateTimeOffset, CancellationToken)"/> would at each of
    /// them, but by range queries: a bounded number of them, however many times there are. Snapshots come in order, one a time.
    /// </summary>
    /// <param name="needs">Which metrics and controls.</param>
    /// <param name="from">The first time, UTC, in whole milliseconds.</param>
    /// <param name="step">The time from one to the next; at least a second.</param>
    /// <param name="count">How many times.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public IAsyncEnumerable<Snapshot> ReadHistoryAsync(
        MetricNeeds needs, DateTimeOffset from, TimeSpan step, int count, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Counts an objective's events in steps that have passed, by range queries. What can't be told is null in its step.</summary>
    /// <param name="slo">The objective.</param>
    /// <param name="firstEnd">The end of the first step, UTC, in whole milliseconds.</param>
    /// <param name="count">How many steps, each <see cref="Slo.Step"/> long.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<IReadOnlyList<SloCount>> CountAsync(Slo slo, DateTimeOffset firstEnd, int count, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>What was counted of an objective before a watch: the three days before it step by step, and the rest of its window as one.</summary>
    /// <param name="slo">The objective.</param>
    /// <param name="before">The beginning of the watch, UTC.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<SloPast> PastAsync(Slo slo, DateTimeOffset before, CancellationToken cancellation) => throw new NotImplementedException();

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
        var experiment = SampleAsync(asked, asked.Query, look, (from, to, step), cancellation);
        var control = asked.Control is null ? null : SampleAsync(asked, asked.Control, look, (from, to, step), cancellation);
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

    private async Task<Measurement> MeasureAsync(Metric metric, Template template, MetricLook look, CancellationToken cancellation)
    {
        var measured = new Measurement(metric.Name, template.Text) { Reduce = metric.Reduce, Unit = metric.Unit };
        try
        {
            var (source, query) = Bound(metric, template);
            measured = measured with { Query = _mask.Apply(query) };
            var asked = look.AskAsync(source, query, cancellation);
            var freshness = await Freshness.OfAsync(look, source, query, metric, cancellation).ConfigureAwait(false);
            var series = await asked.ConfigureAwait(false);
            measured = Reduction.Reduced(measured with { Age = freshness.Age, Notes = look.WarningsOf(source, query) }, series);
            // What the query itself came to says more than how old its samples are.
            if (measured.CouldNotTell is null && freshness.CouldNotTell is { } why)
                measured = Reduction.Nothing(measured, why, freshness.Detail);
            else if (measured.CouldNotTell is null && freshness.Detail.Length > 0)
                measured = measured with { Notes = [.. measured.Notes, freshness.Detail] };
        }
        catch (CouldNotTellException e)
        {
            measured = Reduction.Nothing(measured, e.Id, e.Message);
        }
        catch (ReleaseOpsException e)
        {
            measured = Reduction.Nothing(measured, e.Id, e.Message);
        }
        return measured with { Detail = _mask.Apply(measured.Detail), Notes = [.. measured.Notes.Select(_mask.Apply)] };
    }

    private async Task<(IReadOnlyList<double> Values, string Query, CouldNotTellException? Problem)> SampleAsync(
        Metric metric, Template template, MetricLook look, (DateTimeOffset From, DateTimeOffset To, TimeSpan Step) time, CancellationToken cancellation)
    {
        var shown = template.Text;
        try
        {
            var (source, query) = Bound(metric, template);
            shown = _mask.Apply(query);
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
            var values = Samples.Of(answer, metric.Reduce);
            // At its end a series that isn't scraped any more repeats its last value.
            var freshness = await Freshness.OfAsync(look, source, query, metric, cancellation).ConfigureAwait(false);
            return freshness.CouldNotTell is { } why ? ([], shown, new CouldNotTellException(why, freshness.Detail)) : (values, shown, null);
        }
        catch (CouldNotTellException e)
        {
            return ([], shown, e);
        }
        catch (ReleaseOpsException e)
        {
            return ([], shown, new CouldNotTellException(e.Id, e.Message));
        }
    }

    private (BoundSource Source, string Query) Bound(Metric metric, Template template)
    {
        var source = _runbook.Sources.FirstOrDefault(s => s.Name == metric.Source)
            ?? throw new CouldNotTellException(ErrorId.BadValue, $"the runbook has no source '{metric.Source}'");
        return (BoundSource.Of(source, _scope), _scope.Bind(template));
    }
}
