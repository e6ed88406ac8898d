using System.Text.Json.Serialization;
using ReleaseOps.Steps;

namespace ReleaseOps.Checklists;

/// <summary>What a checklist came to; for a dry run, what it would do.</summary>
public sealed record ChecklistResult : RunResult
{
    /// <summary>The worst verdict of what is required; Planned for a dry run.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public required Verdict Verdict { get; init; }

    /// <summary>Go, NoGo or Hold; null for a dry run, which decides nothing.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public Decision? Decision { get; init; }

    /// <summary>What each step came to, in the order of the plan; empty for a dry run.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>The closing line: <c>Go-live checklist result: PASS</c>, <c>DRY-RUN</c>, <c>FAIL (n blocker(s))</c> or <c>HOLD (n open)</c>.</summary>
    [JsonPropertyOrder(LastPlace)]
    public override string Summary => "Go-live checklist result: " + Decision switch
    {
        _ when DryRun => "DRY-RUN",
        ReleaseOps.Decision.Go => "PASS",
        ReleaseOps.Decision.NoGo => Count("FAIL", Verdict.Failed, "blocker(s)"),
        _ => Count(Interrupted ? "INTERRUPTED" : "HOLD", Verdict.Inconclusive, "open"),
    };

    private string Count(string word, Verdict verdict, string unit)
    {
        var steps = Steps.Count(s => s.Required && (s.Verdict == verdict || (verdict == Verdict.Inconclusive && s.Verdict == Verdict.Skipped)));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{word} ({steps} {unit})");
    }
}
