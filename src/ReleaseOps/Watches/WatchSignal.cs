namespace ReleaseOps.Watches;

/// <summary>What may open an incident, at one look.</summary>
/// <param name="Source">What it is: <c>severity</c>, <c>threshold:errors</c>, <c>slo:availability</c>.</param>
/// <param name="Severity">The severity that it asks for; null where it doesn't fire.</param>
/// <param name="Present">Whether anything of it is seen; null where that can't be told.</param>
/// <param name="Text">What was seen.</param>
internal sealed record WatchSignal(string Source, string? Severity, bool? Present, string Text)
{
    /// <summary>All signals at the last look: the ladder as one, then each threshold, trigger and objective that names a severity.</summary>
    public static IEnumerable<WatchSignal> Of(WatchFold fold)
    {
        var rungs = fold.Conditions.Where(c => c.Condition.Kind == ConditionKind.Severity).ToList();
        if (rungs.Count > 0)
        {
            var worst = rungs.Find(r => r.Fires);
            yield return new WatchSignal("severity", worst?.Condition.Severity, Any(rungs.Select(r => r.Holds)), worst?.Text ?? "");
        }
        foreach (var track in fold.Conditions.Where(c => c.Condition is { Kind: not ConditionKind.Severity, Severity: not null }))
            yield return new WatchSignal(track.Condition.Id, track.Fires ? track.Condition.Severity : null, track.Holds, track.Text);
        foreach (var slo in fold.Setup.Runbook.Slos.Where(s => (s.Page ?? s.Ticket) is not null))
        {
            var burns = fold.Budgets.StandingOf(slo.Name).Burns.Where(b => (b.Rule.Page ? slo.Page : slo.Ticket) is not null).ToList();
            var worst = burns.Find(b => b.Fires == true);
            yield return new WatchSignal("slo:" + slo.Name, worst is null ? null : worst.Rule.Page ? slo.Page : slo.Ticket, Any(burns.Select(b => b.Fires)),
                worst is null ? "" : $"{slo.Name}: {worst.Text}");
        }
    }

    /// <summary>True where any is; else null where any can't be told.</summary>
    private static bool? Any(IEnumerable<bool?> several)
    {
        bool? any = false;
        foreach (var one in several)
        {
            if (one == true)
                return true;
            any = one is null ? null : any;
        }
        return any;
    }
}
