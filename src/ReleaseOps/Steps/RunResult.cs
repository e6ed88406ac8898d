using System.Text.Json.Serialization;

namespace ReleaseOps.Steps;

/// <summary>What the results of all kinds of runs have in common; for a dry run, what it would do.</summary>
public abstract record RunResult
{
    // Places in the JSON document: what it is of, what it is about, what was decided, who and when, what was seen, what it rests on, and the
    // closing line.
    internal const int OriginPlace = -4;
    internal const int AboutPlace = -3;
    internal const int DecidedPlace = -2;
    internal const int WhenPlace = -1;
    internal const int RestPlace = 1;
    internal const int LastPlace = 2;

    /// <summary>Id of the run; null for a dry run, which leaves nothing behind.</summary>
    [JsonPropertyOrder(OriginPlace)]
    public string? Run { get; init; }

    /// <summary>Name of the runbook.</summary>
    [JsonPropertyOrder(OriginPlace)]
    public required string Runbook { get; init; }

    /// <summary>The runbook's title.</summary>
    [JsonPropertyOrder(AboutPlace)]
    public required string Title { get; init; }

    /// <summary>The release that it was run for.</summary>
    [JsonPropertyOrder(AboutPlace)]
    public required Release Release { get; init; }

    /// <summary>True for a dry run: nothing was started, opened or written.</summary>
    [JsonPropertyOrder(AboutPlace)]
    public bool DryRun => Run is null;

    /// <summary>True where the operator ended it before it was through; it can be resumed.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public bool Interrupted { get; init; }

    /// <summary>When it began, UTC.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its beginning to its end, interruptions included.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public TimeSpan Elapsed { get; init; }

    /// <summary>Who ran it.</summary>
    [JsonPropertyOrder(WhenPlace)]
    public required string Actor { get; init; }

    /// <summary>Every finding that decided, worst first, and what else is worth knowing.</summary>
    [JsonPropertyOrder(RestPlace)]
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was planned.</summary>
    [JsonPropertyOrder(RestPlace)]
    public required Plan Plan { get; init; }

    /// <summary>Full path of the run's evidence folder; null for a dry run.</summary>
    [JsonPropertyOrder(RestPlace)]
    public string? Folder { get; init; }

    /// <summary>The closing line.</summary>
    [JsonPropertyOrder(LastPlace)]
    public abstract string Summary { get; }
}
