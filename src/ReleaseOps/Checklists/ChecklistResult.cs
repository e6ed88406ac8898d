using ReleaseOps.Steps;

namespace ReleaseOps.Checklists;

/// <summary>What a checklist came to; for a dry run, what it would do.</summary>
public sealed record ChecklistResult
{
    /// <summary>Id of the run; null for a dry run, which leaves nothing behind.</summary>
    public string? Run { get; init; }

    /// <summary>Name of the runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>The runbook's title.</summary>
    public required string Title { get; init; }

    /// <summary>The release that it was run for.</summary>
    public required Release Release { get; init; }

    /// <summary>True for a dry run: nothing was started, opened or written.</summary>
    public bool DryRun => Run is null;

    /// <summary>The worst verdict of what is required; Planned for a dry run.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Go, NoGo or Hold; null for a dry run, which decides nothing.</summary>
    public Decision? Decision { get; init; }

    /// <summary>True where the operator ended it before it was through.</summary>
    public bool Interrupted { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its beginning to its end, interruptions included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Who ran it.</summary>
    public required string Actor { get; init; }

    /// <summary>What each step came to, in the order of the plan; empty for a dry run.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>Every finding, worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was planned.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Full path of the run's evidence folder; null for a dry run.</summary>
    public string? Folder { get; init; }

    /// <summary>The closing line: <c>Go-live checklist result: PASS</c>, <c>DRY-RUN</c>, <c>FAIL (n blocker(s))</c> or <c>HOLD (n open)</c>.</summary>
    public string Summary => "Go-live checklist result: " + Decision switch
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
