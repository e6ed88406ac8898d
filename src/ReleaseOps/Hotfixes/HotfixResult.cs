using System.Text.Json.Serialization;
using ReleaseOps.Contracts;
using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>Whether a hotfix may go out; for a dry run, what would be asked.</summary>
public sealed record HotfixResult : RunResult
{
    /// <summary>Go: it is ready. NoGo: something that is required says no. Hold: something can't be told yet. Null for a dry run.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public Decision? Decision { get; init; }

    /// <summary>True where it may go out.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public bool Ready => Decision == ReleaseOps.Decision.Go;

    /// <summary>What was decided about the way: go forward with the patch, or back first; null where that can't be told, or nobody asked.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public HotfixWay? Way { get; init; }

    /// <summary>The change that was judged; null for a dry run.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public HotfixChange? Change { get; init; }

    /// <summary>Eligibility: the class, and each rule of the runbook; a broken one names file and line.</summary>
    public IReadOnlyList<Finding> Eligibility { get; init; } = [];

    /// <summary>The names of branch, pull request and tag.</summary>
    public IReadOnlyList<Finding> Naming { get; init; } = [];

    /// <summary>The API's description against the frozen one; null where the runbook names none.</summary>
    public ContractResult? Contract { get; init; }

    /// <summary>What each check came to; those that this change doesn't need are left out, and say so.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>The approvals, bound to the commit; null where the runbook asks for none.</summary>
    public GateResult? Approvals { get; init; }

    /// <summary>The conditions of going back first: Failed is a yes, Passed a no.</summary>
    public IReadOnlyList<Finding> RollbackFirst { get; init; } = [];

    /// <summary>The status message, ready to send; null where the runbook has none.</summary>
    [JsonPropertyOrder(RestPlace)]
    public string? Status { get; init; }

    /// <summary>The closing line.</summary>
    [JsonPropertyOrder(LastPlace)]
    public override string Summary => "Hotfix readiness: " + Decision switch
    {
        _ when DryRun => "DRY-RUN",
        ReleaseOps.Decision.Go => "READY",
        ReleaseOps.Decision.NoGo => Count("NOT READY", Verdict.Failed, "blocker(s)"),
        _ => Count(Interrupted ? "INTERRUPTED" : "HOLD", Verdict.Inconclusive, "open"),
    };

    private string Count(string word, Verdict verdict, string unit) => FormattableString.Invariant(
        $"{word} ({Findings.Count(f => f.Required && (f.Verdict == verdict || (verdict == Verdict.Inconclusive && f.Verdict == Verdict.Skipped)))} {unit})");
}

/// <summary>Which way an incident is mended.</summary>
public enum HotfixWay
{
    /// <summary>Forward, with the patch.</summary>
    PatchForward,

    /// <summary>Back to the release before, then the patch.</summary>
    RollbackFirst,
}

/// <summary>The way in words.</summary>
public static class HotfixWays
{
    /// <summary>patch-forward, rollback-first; not decided where it is null.</summary>
    /// <param name="way">The way.</param>
    public static string Word(this HotfixWay? way) => way switch
    {
        HotfixWay.PatchForward => "patch-forward",
        HotfixWay.RollbackFirst => "rollback-first",
        _ => "not decided",
    };
}

/// <summary>The change that is judged.</summary>
/// <param name="Commit">The commit: a full id.</param>
/// <param name="Base">The commit that it is compared with: the common ancestor with what is live.</param>
public sealed record HotfixChange(string Commit, string Base)
{
    /// <summary>The branch; empty when detached.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The ticket; null where it can't be told.</summary>
    public string? Ticket { get; init; }

    /// <summary>The declared class; null where nobody declared one.</summary>
    public string? Class { get; init; }

    /// <summary>The severity of the incident; null where nobody said.</summary>
    public string? Severity { get; init; }

    /// <summary>How many files it changes.</summary>
    public int Files { get; init; }

    /// <summary>How many lines are new.</summary>
    public int Added { get; init; }

    /// <summary>How many lines are gone.</summary>
    public int Removed { get; init; }

    /// <summary>How much it changes, in words: 1 file, +3 -1.</summary>
    [JsonIgnore]
    public string Size => FormattableString.Invariant($"{Files} {(Files == 1 ? "file" : "files")}, +{Added} -{Removed}");

    /// <summary>The parts of the product that it touches.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Paths of what lies in the working tree and is in no commit: it was not judged.</summary>
    public IReadOnlyList<string> Uncommitted { get; init; } = [];
}
