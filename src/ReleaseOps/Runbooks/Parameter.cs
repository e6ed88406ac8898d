namespace ReleaseOps.Runbooks;

/// <summary>What a parameter's value may be.</summary>
public enum ParameterType
{
    /// <summary>Any text of one line.</summary>
    Text,
    /// <summary>A whole number.</summary>
    Integer,
    /// <summary>A number.</summary>
    Number,
    /// <summary>true or false.</summary>
    Boolean,
    /// <summary>A duration: 30s, 10m, 24h, 7d.</summary>
    Duration,
}

/// <summary>Something that a runbook's user fills in.</summary>
/// <param name="Name">Its name: <c>params.name</c> in expressions.</param>
public sealed record Parameter(string Name)
{
    /// <summary>What its value may be.</summary>
    public ParameterType Type { get; init; }

    /// <summary>The value when none is given, as written; null when it has none.</summary>
    public string? Default { get; init; }

    /// <summary>True where a real run refuses to start without it.</summary>
    public bool Required { get; init; }

    /// <summary>A regular expression (no backtracking) that the whole value must match; null when any will do.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only values allowed; empty when any will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>
    /// True where its value becomes known only while the release goes on (an incident's id, why it went back): it isn't part of what people
    /// vote on, nor of what a resumed run must have had from the start.
    /// </summary>
    public bool Late { get; init; }

    /// <summary>What it means.</summary>
    public string? Description { get; init; }
}
