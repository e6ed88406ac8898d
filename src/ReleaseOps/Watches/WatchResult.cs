using System.Text.Json.Serialization;
using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>What a watch came to; while it goes on, what it would come to if it ended now; for a dry run, what it would look at.</summary>
public sealed record WatchResult : RunResult
{
    /// <summary>Go, Hold or NoGo; null for a dry run. It is final where <see cref="Ended"/>.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public Decision? Decision { get; init; }

    /// <summary>True where the watch is over and has decided.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public bool Ended { get; init; }

    /// <summary>Who ended it before its time, and why; null where nobody did.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public string? Stopped { get; init; }

    /// <summary>T-0 of the release: the beginning of the window.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public DateTimeOffset T0 { get; init; }

    /// <summary>The end of the window.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>The time from one look to the next.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public TimeSpan Interval { get; init; }

    /// <summary>The time of the last look; null before the first.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public DateTimeOffset? LastLookAt { get; init; }

    /// <summary>The time of what is said here: the end, or when it was asked.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public DateTimeOffset AsOf { get; init; }

    /// <summary>The incident commander; null where the runbook asks for none.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public string? Commander { get; init; }

    /// <summary>How many looks were made, those included that were made up for.</summary>
    public int Looks { get; init; }

    /// <summary>How many of them were made up for from the metrics' history.</summary>
    public int FromHistory { get; init; }

    /// <summary>How many of them could not tell something that the watch rests on.</summary>
    public int Untold { get; init; }

    /// <summary>The incidents, in the order in which they were opened.</summary>
    public IReadOnlyList<WatchIncident> Incidents { get; init; } = [];

    /// <summary>The reviews of the window, by time.</summary>
    public IReadOnlyList<ReviewStanding> Reviews { get; init; } = [];

    /// <summary>The day-one thresholds and the triggers.</summary>
    public IReadOnlyList<ThresholdStanding> Thresholds { get; init; } = [];

    /// <summary>The severity ladder's conditions at their last look.</summary>
    public IReadOnlyList<Finding> Severities { get; init; } = [];

    /// <summary>Where the objectives stand.</summary>
    public IReadOnlyList<SloStanding> Slos { get; init; } = [];

    /// <summary>The gates: at the end as they were judged, before that as of the last look.</summary>
    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    /// <summary>The last result of each check.</summary>
    public IReadOnlyList<StepResult> Checks { get; init; } = [];

    /// <summary>The gaps.</summary>
    public IReadOnlyList<WatchGap> Gaps { get; init; } = [];

    /// <summary>How far hypercare is from its end; null where the runbook has no exit.</summary>
    public ExitStanding? Exit { get; init; }

    /// <summary>What was said, in order.</summary>
    public IReadOnlyList<WatchCall> Calls { get; init; } = [];

    /// <summary>What people told it, in order.</summary>
    public IReadOnlyList<WatchWord> Words { get; init; } = [];

    /// <summary>The metrics over time.</summary>
    public IReadOnlyList<MetricPlot> Plots { get; init; } = [];

    /// <summary>The budget left of each objective over time, in percent; the metric is the objective's name.</summary>
    public IReadOnlyList<MetricPlot> Budgets { get; init; } = [];

    /// <summary>True where it is a replay over history: nobody was asked, no check was run, nothing was recorded.</summary>
    public bool Replayed { get; init; }

    /// <summary>
    /// The closing line: <c>Stability watch result: GO</c>, <c>NO-GO (reason)</c>, <c>HOLD (reason)</c>; while it goes on
    /// <c>Stability watch so far:</c>, for a replay <c>Stability watch replay:</c>.
    /// </summary>
    [JsonPropertyOrder(LastPlace)]
    public override string Summary => (Replayed ? "Stability watch replay: " : DryRun || Ended ? "Stability watch result: " : "Stability watch so far: ") + Word;

    private string Word => Decision switch
    {
        null => "DRY-RUN",
        ReleaseOps.Decision.Go => "GO",
        ReleaseOps.Decision.NoGo => $"NO-GO{Why(Verdict.Failed)}",
        _ => $"HOLD{Why(Verdict.Inconclusive)}",
    };

    private string Why(Verdict verdict) =>
        Findings.FirstOrDefault(f => f.Required && f.Verdict == verdict) is { } finding ? $" ({finding.Text})" : "";
}
