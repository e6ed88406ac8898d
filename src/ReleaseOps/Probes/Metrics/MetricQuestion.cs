using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Metrics;

/// <summary>A metric, or its control, with everything filled in: what is asked of whom, written once however often it is asked.</summary>
internal sealed class MetricQuestion
{
    private readonly SecretMask _mask;
    private readonly Measurement _blank;

    /// <param name="runbook">Knows the source.</param>
    /// <param name="scope">Parameters and secrets.</param>
    /// <param name="mask">Hides secrets in all that is kept or shown.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="template">Its query, or that of its control.</param>
    internal MetricQuestion(Runbook runbook, BindingScope scope, SecretMask mask, Metric metric, Template template)
    {
        (Metric, _mask) = (metric, mask);
        _blank = new Measurement(metric.Name, template.Text) { Reduce = metric.Reduce, Unit = metric.Unit };
        try
        {
            var source = runbook.Sources.FirstOrDefault(s => s.Name == metric.Source)
                ?? throw new CouldNotTellException(ErrorId.BadValue, $"the runbook has no source '{metric.Source}'");
            var (bound, query) = (BoundSource.Of(source, scope), scope.Bind(template));
            _blank = _blank with { Query = mask.Apply(query) };
            (Asked, Selectors) = ((bound, query), SelectorQuestions.Of(query, metric));
        }
        catch (CouldNotTellException e)
        {
            Problem = e;
        }
        catch (ReleaseOpsException e)
        {
            Problem = new CouldNotTellException(e.Id, e.Message);
        }
    }

    internal Metric Metric { get; }

    /// <summary>Who is asked what.</summary>
    internal (BoundSource Source, string Query) Asked { get; }

    /// <summary>What is asked about the query's selectors.</summary>
    internal IReadOnlyList<SelectorQuestions> Selectors { get; } = [];

    /// <summary>Why it can't be asked; null where it can.</summary>
    internal CouldNotTellException? Problem { get; }

    /// <summary>The query as it may be shown.</summary>
    internal string Shown => _blank.Query;

    /// <summary>Asks it. What can't be told is in the measurement, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<Measurement> MeasureAsync(IMetricLook look, CancellationToken cancellation)
    {
        var measured = _blank;
        if (Problem is not null)
            return Masked(Reduction.Nothing(measured, Problem.Id, Problem.Message));
        try
        {
            var (source, query) = Asked;
            var asked = look.AskAsync(source, query, cancellation);
            var freshness = await Freshness.OfAsync(look, source, Selectors, Metric, cancellation).ConfigureAwait(false);
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
        return Masked(measured);
    }

    private Measurement Masked(Measurement measured) =>
        measured with { Detail = _mask.Apply(measured.Detail), Notes = [.. measured.Notes.Select(_mask.Apply)] };
}
