using ReleaseOps.Runbooks;

namespace ReleaseOps.Watches;

/// <summary>What a condition is for.</summary>
internal enum ConditionKind
{
    /// <summary>A rung of the severity ladder.</summary>
    Severity,
    /// <summary>A day-one threshold.</summary>
    Threshold,
    /// <summary>The threshold of every other day, for comparison only.</summary>
    Normal,
    /// <summary>A trigger.</summary>
    Trigger,
    /// <summary>A gate: it holds where the gate says NO-GO, and can't be told where it says HOLD.</summary>
    Gate,
    /// <summary>The same for the gate of the exit's targets.</summary>
    Exit,
}

/// <summary>Something that is bad where it holds, judged at each look.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">Name of the severity, threshold, trigger or gate.</param>
/// <param name="Guard">How long, or how often in a row, it must hold.</param>
internal sealed record WatchCondition(ConditionKind Kind, string Name, Trigger Guard)
{
    /// <summary>What is judged; null for a gate.</summary>
    public Criterion? When { get; init; }

    /// <summary>The gate; null for all others.</summary>
    public Gate? Gate { get; init; }

    /// <summary>The severity of the incident that it opens; null for none.</summary>
    public string? Severity { get; init; }

    /// <summary>True where a look that can't tell it has a gap.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Its name among all conditions, as the ledger has it: <c>severity:SEV1</c>.</summary>
    public string Id { get; } = Kind == ConditionKind.Exit ? "exit" : $"{Kind.ToString().ToLowerInvariant()}:{Name}";

    /// <summary>All conditions of a runbook's watch, the ladder first and from the worst down.</summary>
    public static IReadOnlyList<WatchCondition> Of(Runbook runbook)
    {
        var watch = runbook.Watch!;
        var gates = runbook.Gates.ToDictionary(g => g.Name, StringComparer.Ordinal);
        var worst = watch.NoGoOpen.Count > 0 ? runbook.Severities.First(s => watch.NoGoOpen.Contains(s.Name)).Name
            : runbook.Severities.Count > 0 ? runbook.Severities[0].Name : Unrated;
        return
        [
            .. runbook.Severities.Where(s => s.When is not null).Select(s => new WatchCondition(ConditionKind.Severity, s.Name, Lasting(s.Name, s.For, null))
            {
                When = s.When,
                Severity = s.Name,
            }),
            .. watch.Thresholds.Select(t => new WatchCondition(ConditionKind.Threshold, t.Name, Lasting(t.Name, t.For, t.Consecutive))
            {
                When = t.When,
                Severity = t.Severity,
                Counts = t.Severity is not null,
            }),
            .. watch.Thresholds.Where(t => t.Normal is not null).Select(t =>
                new WatchCondition(ConditionKind.Normal, t.Name, Lasting(t.Name, t.For, t.Consecutive)) { When = t.Normal, Counts = false }),
            .. runbook.Triggers.Where(t => watch.Triggers.Contains(t.Name)).Select(t => new WatchCondition(ConditionKind.Trigger, t.Name, t)
            {
                When = t.When,
                // Whoever should have gone back has an incident until it is mitigated, as bad as the worst that blocks.
                Severity = t.Then == Consequence.Rollback ? worst : null,
            }),
            .. watch.Gates.Select(g => new WatchCondition(ConditionKind.Gate, g.Gate, Lasting(g.Gate, null, null))
            {
                Gate = gates[g.Gate],
                Counts = g.Required,
            }),
            .. watch.Exit?.Targets is { } targets
                ? [new WatchCondition(ConditionKind.Exit, targets, Lasting(targets, null, null)) { Gate = gates[targets] }]
                : Array.Empty<WatchCondition>(),
        ];
    }

    /// <summary>The severity of an incident in a runbook without a ladder.</summary>
    public const string Unrated = "unrated";

    private static Trigger Lasting(string name, TimeSpan? time, int? consecutive) => new(name, Consequence.Page) { For = time, Consecutive = consecutive };
}
