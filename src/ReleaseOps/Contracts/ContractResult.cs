using System.Text.Json.Serialization;

namespace ReleaseOps.Contracts;

/// <summary>What two API descriptions differ in, and whether a client of the older one can live with it.</summary>
public sealed record ContractResult
{
    /// <summary>Version of this document's shape.</summary>
    public string SchemaVersion { get; init; } = "1";

    /// <summary>NoGo where a difference is of the level that was asked for, or worse; Hold where something could not be compared; else Go.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The older description's name.</summary>
    public required string Base { get; init; }

    /// <summary>The newer description's name.</summary>
    public required string Revision { get; init; }

    /// <summary>The least level of a difference that makes NoGo.</summary>
    public ChangeLevel FailOn { get; init; } = ChangeLevel.Breaking;

    /// <summary>The differences, without those that are ignored.</summary>
    public IReadOnlyList<ContractChange> Changes { get; init; } = [];

    /// <summary>The differences that are known and accepted, each with why and until when.</summary>
    public IReadOnlyList<IgnoredChange> Ignored { get; init; } = [];

    /// <summary>What could not be compared, and entries of the list of known differences that have run out or fit nothing.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The closing line.</summary>
    [JsonIgnore]
    public string Summary =>
        $"API contract: {Decision.Word()} ({ContractFindings.Line(this)})";
}

/// <summary>A difference that is known and accepted.</summary>
/// <param name="Change">The difference.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Until">The first day on which it no longer is.</param>
public sealed record IgnoredChange(ContractChange Change, string Reason, DateOnly Until);
