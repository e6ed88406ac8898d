using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>The rows of a plan: each step of a phase, of a stage and of the way back, filled in for the eye.</summary>
internal static class PlanRows
{
    public static IEnumerable<PlannedStep> Of(Runbook runbook, Phase phase, BindingScope scope)
    {
        var rows = phase.Rollout is { } rollout
            ? Of(runbook, phase, rollout, scope)
            : phase.Steps.Select(step => Of(runbook, step, phase.Name, scope) with { DueAt = phase.At });
        return rows.Select(row => row with { Owner = row.Owner ?? phase.Owner });
    }

    public static IReadOnlyList<PlannedStep> Of(Runbook runbook, Rollback rollback, BindingScope scope) =>
        [.. rollback.Steps.Concat(rollback.Verify).Select(step => Of(runbook, step, "rollback", scope))];

    /// <summary>A stage's head, then what is done in it and what is checked at its end; each stage is due when those before it are through.</summary>
    private static IEnumerable<PlannedStep> Of(Runbook runbook, Phase phase, Rollout rollout, BindingScope scope)
    {
        var due = phase.At;
        foreach (var stage in rollout.Stages)
        {
            yield return Head(stage, phase, due);
            foreach (var step in stage.Steps.Concat(stage.Checks))
                yield return Of(runbook, step, phase.Name, scope) with { Stage = stage.Name, DueAt = due };
            due = due is { } at ? new TimeOffset(at.FromT0 + stage.Watch) : null;
        }
    }

    public static PlannedStep Of(Runbook runbook, Step step, string phase, BindingScope scope) => new()
    {
        Phase = phase,
        Id = step.Id,
        Title = step.Title,
        Kind = WorkText.Kind(step.Work),
        Does = WorkText.Of(step.Work, runbook, scope),
        Changes = step.Changes is null ? null : scope.Bind(step.Changes),
        Expect = [.. Expectations.Of(step.Work, step.Expect).Select(e => e.Expression.Source)],
        If = step.If?.ToString(),
        Needs = step.Needs,
        Required = step.Required,
        Timeout = step.Timeout,
        Tries = 1 + (step.Retry?.Times ?? 0),
        Owner = step.Owner,
        Role = step.Role ?? (step.Work as ConfirmWork)?.By,
        Approval = step.Approval,
        Step = step,
    };

    private static PlannedStep Head(Stage stage, Phase phase, TimeOffset? due) => new()
    {
        Phase = phase.Name,
        Id = $"{phase.Name}:{stage.Name}",
        Kind = "stage",
        Does = string.Create(CultureInfo.InvariantCulture, $"{stage.Weight} % of the traffic")
            + (stage.Watch > TimeSpan.Zero ? $", watched for {Durations.Format(stage.Watch)}" : ""),
        Expect = stage.Gate is null ? [] : ["gate " + stage.Gate],
        Timeout = stage.Watch,
        Approval = stage.Approval,
        Stage = stage.Name,
        DueAt = due,
    };
}
