namespace ReleaseOps.Runbooks.Format;

/// <summary>What can be said of a hotfix only when the whole runbook is known.</summary>
internal static class HotfixInPlace
{
    /// <summary>The phases of such a runbook are checks, made before anything may go out: none changes anything. And something is judged.</summary>
    public static void Check(Runbook runbook, Position at, Reading reading)
    {
        foreach (var phase in runbook.Phases.Where(p => p.Rollout is not null))
            reading.Error(phase.Position, ErrorId.BadValue, $"'{phase.Name}' is a rollout, and the phases beside a 'hotfix' are its checks",
                "put the rollout into a runbook of its own");
        foreach (var step in Checks(runbook).Where(s => s.IsAction))
            reading.Error(step.At, ErrorId.BadValue,
                $"'{step.Id}' changes something, and the phases beside a 'hotfix' are checks, made before it may go out",
                "put it into the runbook that deploys");
        CheckNeeds(runbook, reading);
        var hotfix = runbook.Hotfix!;
        if (hotfix.Classes.Count + hotfix.Rules.Count + hotfix.RollbackFirst.Count == 0
            && (hotfix.Contract, hotfix.Approvals) is (null, null) && !Checks(runbook).Any())
            reading.Error(at, ErrorId.MissingKey, "this hotfix judges nothing: any change would be ready",
                "give it classes, rules, a contract, approvals or conditions, or the runbook phases");
    }

    /// <summary>What a class, a rule or a domain needs is one of the checks.</summary>
    public static void CheckStep(Runbook runbook, Reference step, Reading reading)
    {
        if (runbook.Phases.Any(p => p.Rollout is not null) || Checks(runbook).Any(s => s.Id == step.Name))
            return;
        reading.Error(step.At, ErrorId.UnknownReference, $"'{step.Name}' is no step of the phases, and a hotfix's checks are",
            "move it there");
    }

    /// <summary>A condition's step is one of the checks, and one that is always made.</summary>
    public static void CheckCondition(Runbook runbook, Reference step, Reading reading)
    {
        CheckStep(runbook, step, reading);
        if (Askers(runbook.Hotfix!).Contains(step.Name))
            reading.Warn(step.At, $"'{step.Name}' is left out where a change doesn't need it, and then this can't be told",
                "name a step here that no class, rule or domain names");
    }

    /// <summary>How long there is to mitigate stands with the severities.</summary>
    public static void CheckTooLate(Runbook runbook, Position at, Reading reading)
    {
        if (runbook.Severities.All(s => s.Mitigate is null))
            reading.Error(at, ErrorId.MissingKey, "no severity says how long there is to mitigate",
                "give those under 'severities' a 'mitigate'");
    }

    /// <summary>
    /// What needs a step that is left out is left out with it: a check that is always made, or that something else asks for, would be missing
    /// from a GO.
    /// </summary>
    private static void CheckNeeds(Runbook runbook, Reading reading)
    {
        var askers = Askers(runbook.Hotfix!);
        foreach (var step in Checks(runbook))
        {
            var own = askers[step.Id].ToList();
            if (step.Needs.FirstOrDefault(n => askers.Contains(n) && (own.Count == 0 || own.Except(askers[n]).Any())) is { } needed)
                reading.Error(step.At, ErrorId.BadValue,
                    $"'{step.Id}' needs '{needed}', which is left out where a change doesn't need it: '{step.Id}' would be left out with it",
                    own.Count == 0 ? $"leave out the need, or let nothing name '{needed}'"
                        : $"let whatever names '{step.Id}' name '{needed}' too");
        }
    }

    /// <summary>The classes, rules and domains that ask for a step, by its id; a step that isn't there is always made.</summary>
    private static ILookup<string, string> Askers(Hotfix hotfix) =>
        hotfix.Classes.Select(c => (By: "class " + c.Name, c.Steps)).Concat(hotfix.Rules.Select(r => (By: "rule " + r.Name, r.Steps)))
            .Concat(hotfix.Domains.Select(d => (By: "domain " + d.Name, d.Steps)))
            .SelectMany(asker => asker.Steps, (asker, step) => (asker.By, Step: step))
            .ToLookup(a => a.Step, a => a.By, StringComparer.Ordinal);

    private static IEnumerable<Step> Checks(Runbook runbook) => runbook.Phases.SelectMany(p => p.Steps);
}
