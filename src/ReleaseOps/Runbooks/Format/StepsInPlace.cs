namespace ReleaseOps.Runbooks.Format;

/// <summary>
/// That no step stands where it would do harm: what is looked at again and again must change nothing and ask nobody, what is done in order
/// can't need what comes later, what is sent must be known by then, and an approval must be of one thing only.
/// </summary>
internal static class StepsInPlace
{
    public static void Check(Runbook runbook, Reading reading)
    {
        var stages = runbook.Phases.SelectMany(p => (p.Rollout?.Stages ?? []).Select(s => (Phase: p, Stage: s))).ToList();
        foreach (var check in stages.SelectMany(s => s.Stage.Checks).Where(c => c.IsAction))
            reading.Error(check.At, ErrorId.BadValue, $"'{check.Id}' changes something, and a stage's checks are looked at again while it holds",
                "put it under the stage's 'steps'");
        var templates = runbook.Messages.Where(m => m.Template is not null).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var step in runbook.AllSteps().Where(s => s.Work is MessageWork work && templates.Contains(work.Message)))
            reading.Error(step.At, ErrorId.BadValue, $"'{step.Id}' sends a message that is a template, which nobody is there to fill in",
                "a step's message needs 'text', with ${{ }}");
        CheckWatch(runbook, reading);
        CheckTriggers(runbook, reading);
        foreach (var phase in runbook.Phases.Where(p => p.Rollout is not null))
            CheckOrder([.. phase.Rollout!.Stages.SelectMany(s => s.Steps.Concat(s.Checks))], reading);
        if (runbook.Rollback is { } rollback)
            CheckOrder([.. rollback.Steps, .. rollback.Verify], reading);
        CheckOrder(runbook.Watch?.Checks ?? [], reading);
        var subjects = stages.Select(s => $"{s.Phase.Name}:{s.Stage.Name}").ToHashSet(StringComparer.Ordinal);
        if (runbook.Windows?.Hotfix is not null)
            subjects.Add("hotfix");
        foreach (var step in runbook.AllSteps().Where(s => subjects.Contains(s.Id)))
            reading.Error(step.At, ErrorId.DuplicateId, $"the step '{step.Id}' has the name that approvals of a stage, or of a hotfix, go by",
                "give the step another id");
    }

    private static void CheckWatch(Runbook runbook, Reading reading)
    {
        foreach (var check in runbook.Watch?.Checks ?? [])
        {
            if (check.IsAction)
                reading.Error(check.At, ErrorId.BadValue, $"'{check.Id}' changes something, and a watch only looks, again and again",
                    "put it under the steps of a phase");
            else if (check.Approval is not null)
                reading.Error(check.At, ErrorId.BadValue, $"'{check.Id}' waits for an approval, and a watch only looks: there is nothing to approve",
                    "leave out 'approval', or ask by a 'confirm' step");
            else if (check.Work is PollWork or MessageWork or MeasureWork)
                reading.Error(check.At, ErrorId.BadValue,
                    $"'{check.Id}' can't be a poll, message or measure: a watch goes on looking meanwhile, and waits for nothing",
                    "polls, messages and measures belong under the steps of a phase");
        }
    }

    private static void CheckTriggers(Runbook runbook, Reading reading)
    {
        var watched = runbook.Triggers.Select(t => t.Step).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var step in runbook.AllSteps().Where(s => watched.Contains(s.Id)))
        {
            if (step.IsAction)
                reading.Error(step.At, ErrorId.BadValue, $"'{step.Id}' changes something, and a trigger would do it again at every look",
                    "let the trigger look at a check");
            else if (step.Work is ConfirmWork or MessageWork or PollWork or MeasureWork)
                reading.Error(step.At, ErrorId.BadValue, $"a trigger looks at '{step.Id}' throughout, so it can't be a confirm, message, poll or measure",
                    "let the trigger look at a check that answers at once");
        }
    }

    private static void CheckOrder(IReadOnlyList<Step> steps, Reading reading)
    {
        var ids = steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (step.Needs.FirstOrDefault(n => ids.Contains(n) && !before.Contains(n)) is { } later)
                reading.Error(step.At, ErrorId.UnknownReference, $"'{step.Id}' needs '{later}', which is done after it", "stages, rollbacks and watches go in order: swap them");
            before.Add(step.Id);
        }
    }
}
