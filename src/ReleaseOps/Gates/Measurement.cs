using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>What one query of a metric came to.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Query">The query that was sent, with its parameters put in.</param>
public sealed record Measurement(string Metric, string Query)
{
    /// <summary>The one value; null where nothing could be told, and where every series is judged by itself.</summary>
    public double? Value { get; init; }

    /// <summary>The series, in the order answered.</summary>
    public IReadOnlyList<SeriesValue> Series { get; init; } = [];

    /// <summary>How they became one.</summary>
    public Reduce Reduce { get; init; }

    /// <summary>Its unit; null where nobody said.</summary>
    public string? Unit { get; init; }

    /// <summary>How old the newest sample was that the query read; null where that isn't known.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Why nothing could be told; null where something was measured.</summary>
    public ErrorId? CouldNotTell { get; init; }

    /// <summary>One sentence: what was measured, or why nothing was.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What the server had to say about its answer (warnings), a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One look at metrics.</summary>
/// <param name="At">When it was made, UTC.</param>
public sealed record Snapshot(DateTimeOffset At)
{
    /// <summary>What each metric came to, by name.</summary>
    public IReadOnlyDictionary<string, Measurement> Metrics { get; init; } = new Dictionary<string, Measurement>();

    /// <summary>What each metric's control came to, by the metric's name.</summary>
    public IReadOnlyDictionary<string, Measurement> Controls { get; init; } = new Dictionary<string, Measurement>();

    /// <summary>
    /// True where something was asked and no server could be: unreachable, TLS, a time-out, 5xx or 429, or who asks refused. What a server does
    /// answer (no data, stale, a query refused) is something seen, and so is an answer that can't be read.
    /// </summary>
    public bool IsUnreachable
    {
        get
        {
            var all = Metrics.Values.Concat(Controls.Values).ToList();
            return all.Count > 0 && all.All(m => CouldNotAsk(m.CouldNotTell));
        }
    }

    /// <summary>Whether nothing could be told because the server couldn't be asked.</summary>
    internal static bool CouldNotAsk(ErrorId? why) => why
        is ErrorId.Unreachable or ErrorId.TlsFailed or ErrorId.TimedOut or ErrorId.ServerFailed or ErrorId.AccessDenied or ErrorId.RedirectRefused;
}

/// <summary>The samples of one metric over a time, of what is judged and of what it is compared with.</summary>
/// <param name="Experiment">The samples of what is judged; without those that are NaN.</param>
/// <param name="Control">The samples of what it is compared with; without those that are NaN.</param>
public sealed record SampleSet(IReadOnlyList<double> Experiment, IReadOnlyList<double> Control)
{
    /// <summary>Why there are none; null where there are.</summary>
    public ErrorId? CouldNotTell { get; init; }

    /// <summary>The sentence that goes with it.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The query of what is judged.</summary>
    public string? Query { get; init; }
}
