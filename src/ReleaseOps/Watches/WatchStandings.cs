namespace ReleaseOps.Watches;

/// <summary>A scheduled review.</summary>
/// <param name="Due">When against T-0, as the runbook has it: <c>T+2h</c>. It names the review.</param>
/// <param name="What">What is due.</param>
/// <param name="DueAt">When, UTC.</param>
public sealed record ReviewStanding(string Due, string What, DateTimeOffset DueAt)
{
    /// <summary>Who does it.</summary>
    public string? Owner { get; init; }

    /// <summary>True where the watch doesn't come to GO without it.</summary>
    public bool Required { get; init; }

    /// <summary>From when on it is overdue.</summary>
    public DateTimeOffset OverdueAt { get; init; }

    /// <summary>When it was done; null where it wasn't.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Who did it.</summary>
    public string? DoneBy { get; init; }

    /// <summary>What they found.</summary>
    public string? Note { get; init; }
}

/// <summary>A day-one threshold or a trigger, and the threshold of every other day beside it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>threshold</c> or <c>trigger</c>.</param>
/// <param name="Condition">What is bad where it holds, as written.</param>
public sealed record ThresholdStanding(string Name, string Kind, string Condition)
{
    /// <summary>What it came to at its last look.</summary>
    public required Finding Latest { get; init; }

    /// <summary>True where it is breached now: it has held for long enough.</summary>
    public bool IsBreached { get; init; }

    /// <summary>How often it was breached.</summary>
    public int Breaches { get; init; }

    /// <summary>When it was breached first; null for never.</summary>
    public DateTimeOffset? FirstBreach { get; init; }

    /// <summary>How long it was breached in all.</summary>
    public TimeSpan Breached { get; init; }

    /// <summary>What is done about it.</summary>
    public string? Action { get; init; }

    /// <summary>The threshold of every other day, as written; null for none.</summary>
    public string? Normal { get; init; }

    /// <summary>How often that would have been breached.</summary>
    public int NormalBreaches { get; init; }

    /// <summary>When it would have been first; null for never.</summary>
    public DateTimeOffset? NormalFirstBreach { get; init; }

    /// <summary>How long it would have been in all.</summary>
    public TimeSpan NormalBreached { get; init; }
}

/// <summary>A time in which something that the watch rests on could not be told.</summary>
/// <param name="From">The first look that saw nothing, UTC.</param>
/// <param name="To">The first look that saw again, or the last one so far.</param>
/// <param name="Looks">How many looks it covers.</param>
/// <param name="Why">Why the first of them could not tell.</param>
public sealed record WatchGap(DateTimeOffset From, DateTimeOffset To, int Looks, string Why)
{
    /// <summary>How long.</summary>
    public TimeSpan Length => To - From;
}

/// <summary>How far hypercare is from its end.</summary>
/// <param name="Clean">How long it must have been clean.</param>
/// <param name="Held">How long it has been, gaps left out.</param>
public sealed record ExitStanding(TimeSpan Clean, TimeSpan Held)
{
    /// <summary>What is left.</summary>
    public TimeSpan Left => Held >= Clean ? TimeSpan.Zero : Clean - Held;

    /// <summary>What broke it last, and when; null where nothing did.</summary>
    public string? LastBreak { get; init; }

    /// <summary>When that was, UTC.</summary>
    public DateTimeOffset? LastBreakAt { get; init; }

    /// <summary>The roles that must accept the closure, each with who did; null where nobody has.</summary>
    public IReadOnlyDictionary<string, string?> Accepted { get; init; } = new Dictionary<string, string?>();

    /// <summary>True where it has been clean for long enough, and everybody has accepted it.</summary>
    public bool IsReached => Left == TimeSpan.Zero && Accepted.Values.All(who => who is not null);
}

/// <summary>One metric over the watch, thinned out to what a plot can show.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Unit">Its unit; null where nobody said.</param>
/// <param name="Points">Oldest first. Of a metric with several series, the worst of them.</param>
public sealed record MetricPlot(string Metric, string? Unit, IReadOnlyList<PlotPoint> Points)
{
    /// <summary>Limits that conditions compare it with, for lines across the plot: <c>error_rate &gt; 0.5</c> gives 0.5.</summary>
    public IReadOnlyList<PlotLimit> Limits { get; init; } = [];
}

/// <summary>One point of a plot: the lowest and the highest value of the looks that it stands for.</summary>
/// <param name="At">The time of the first of them, UTC.</param>
/// <param name="Low">The lowest value; null where none of them could tell.</param>
/// <param name="High">The highest.</param>
public sealed record PlotPoint(DateTimeOffset At, double? Low, double? High);

/// <summary>A line across a plot.</summary>
/// <param name="Name">Whose limit it is: <c>threshold:errors</c>, <c>normal:errors</c>, <c>severity:SEV1</c>, <c>gate:day-one</c>.</param>
/// <param name="Value">Where it is.</param>
public sealed record PlotLimit(string Name, double Value);
