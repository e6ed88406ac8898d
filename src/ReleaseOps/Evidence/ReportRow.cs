using ReleaseOps.Checklists;
using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>One step as every report lists it: in the order of the plan, none left out.</summary>
internal sealed record ReportRow(string Phase, string Id, Verdict Verdict, string Detail)
{
    public bool Required { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public TimeSpan Elapsed { get; init; }

    public string? Changes { get; init; }

    public string? Log { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The status column: the word, and whether it decides.</summary>
    public string Status => StatusWord.Of(Verdict) + (Required ? "" : " (optional)");

    /// <summary>The rows of a result, none of the plan's steps left out.</summary>
    public static IReadOnlyList<ReportRow> Of(RunResult result) => result switch
    {
        _ when IsPlan(result) => [.. result.Plan.Steps.Select(s => Planned(s, Verdict.Planned, s.Does))],
        RolloutResult rollout => RolloutRows.Of(rollout),
        WatchResult watch => WatchRows.Of(watch),
        ChecklistResult checklist => Of(checklist),
        HotfixResult hotfix => HotfixRows.Of(hotfix),
        _ => throw new ArgumentException($"No report of {result.GetType().Name}.", nameof(result)),
    };

    /// <summary>True for a dry run; a replay of a watch records nothing either, but it has looked and decided.</summary>
    public static bool IsPlan(RunResult result) => result.DryRun && result is not WatchResult { Replayed: true };

    /// <summary>The way back, as rows of a plan.</summary>
    public static IReadOnlyList<ReportRow> Rollback(RunResult result) =>
        [.. result.Plan.Rollback.Select(s => Planned(s, Verdict.Planned, s.Does))];

    /// <summary>A planned step as a row.</summary>
    public static ReportRow Planned(PlannedStep step, Verdict verdict, string detail) =>
        new(step.Phase, step.Id, verdict, detail) { Required = step.Required, Changes = step.Changes };

    /// <summary>A step's result as a row.</summary>
    public static ReportRow Seen(StepResult step) => new(step.Phase, step.Id, step.Verdict, step.Detail)
    {
        Required = step.Required,
        StartedAt = step.StartedAt,
        Elapsed = step.Elapsed,
        Changes = step.Changes,
        Log = step.Log,
        Findings = step.Findings,
        Notes = step.Notes,
    };

    // A planned step that a real run has no result of could not be told: it must not vanish from the report.
    private static IReadOnlyList<ReportRow> Of(ChecklistResult result)
    {
        var known = result.Steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in result.Plan.Steps)
            places.TryAdd(step.Id, places.Count);
        return
        [
            .. result.Steps.Select(Seen)
                .Concat(result.Plan.Steps.Where(s => !known.Contains(s.Id)).Select(s => Planned(s, Verdict.Inconclusive, "no result was recorded")))
                .OrderBy(row => places.GetValueOrDefault(row.Id, int.MaxValue)),
        ];
    }
}
