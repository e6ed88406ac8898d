using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>
/// A rollout as rows, by stage: the stage itself, its steps, its checks, its gate's criteria; then the triggers and the way back. What was
/// planned and not reached is there too.
/// </summary>
internal static class RolloutRows
{
    public static IReadOnlyList<ReportRow> Of(RolloutResult result) =>
    [
        .. Heads(result).SelectMany(head => OfStage(result, head)),
        .. result.Triggers.Select(t => OfFinding(t, "triggers")),
        .. OfRollback(result),
    ];

    /// <summary>The plan's stages with what they came to; null for those that weren't reached.</summary>
    public static IEnumerable<(PlannedStep Head, StageResult? Stage)> Stages(RolloutResult result) =>
        Heads(result).Select(head => (head, result.Stages.FirstOrDefault(s => s.Stage == head.Stage)));

    /// <summary>The steps and checks of the stages.</summary>
    public static IReadOnlyList<ReportRow> StepsOf(RolloutResult result) =>
        [.. Heads(result).SelectMany(head => Steps(result, head, result.Stages.FirstOrDefault(s => s.Stage == head.Stage)))];

    /// <summary>The way back that was taken; empty where it wasn't.</summary>
    public static IReadOnlyList<ReportRow> OfRollback(RolloutResult result) => result.Rollback is not { } rollback
        ? []
        :
        [
            .. result.Plan.Rollback.Select(planned => rollback.Steps.FirstOrDefault(s => s.Id == planned.Id) is { } seen
                ? ReportRow.Seen(seen)
                : ReportRow.Planned(planned, Verdict.Inconclusive, "no result was recorded")),
            .. rollback.Findings.Where(f => f.Subject.StartsWith("rollback", StringComparison.Ordinal)).Select(f => OfFinding(f, "rollback")),
        ];

    private static IEnumerable<PlannedStep> Heads(RolloutResult result) => result.Plan.Steps.Where(s => s.Kind == "stage");

    private static IEnumerable<ReportRow> OfStage(RolloutResult result, PlannedStep head)
    {
        var name = head.Stage!;
        var stage = result.Stages.FirstOrDefault(s => s.Stage == name);
        yield return stage is null
            ? new ReportRow(name, head.Id, Verdict.Skipped, "not reached") { Required = true }
            : new ReportRow(name, head.Id, VerdictOf(stage.Decision), stage.Reason)
            {
                Required = true,
                StartedAt = stage.StartedAt,
                Elapsed = stage.Elapsed,
                Findings = [new Finding(head.Id, VerdictOf(stage.Decision), stage.Reason)],
            };
        foreach (var row in Steps(result, head, stage))
            yield return row;
        foreach (var finding in stage?.Gate?.Findings ?? [])
            yield return OfFinding(finding, name);
    }

    private static IEnumerable<ReportRow> Steps(RolloutResult result, PlannedStep head, StageResult? stage)
    {
        var seen = (stage?.Steps ?? []).Concat(stage?.Checks ?? []).ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (var planned in result.Plan.Steps.Where(s => s.Kind != "stage" && s.Phase == head.Phase && s.Stage == head.Stage))
            yield return (seen.TryGetValue(planned.Id, out var step) ? ReportRow.Seen(step) : Unseen(planned, stage)) with { Phase = head.Stage! };
    }

    // An action of a stage that was begun may have been under way when the stage was decided; nobody can tell from its result.
    private static ReportRow Unseen(PlannedStep planned, StageResult? stage) => stage is null || !planned.IsAction
        ? ReportRow.Planned(planned, Verdict.Skipped, "not reached")
        : ReportRow.Planned(planned, Verdict.Inconclusive, "no result was recorded");

    private static ReportRow OfFinding(Finding finding, string phase) =>
        new(phase, finding.Subject, finding.Verdict, finding.Text) { Required = finding.Required, Findings = [finding] };

    private static Verdict VerdictOf(RolloutDecision decision) => decision switch
    {
        RolloutDecision.Proceed => Verdict.Passed,
        RolloutDecision.Rollback => Verdict.Failed,
        _ => Verdict.Inconclusive,
    };
}
