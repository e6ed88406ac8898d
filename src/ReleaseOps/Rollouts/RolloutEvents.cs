using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>A stage has begun.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Weight">Its share of the traffic, in percent.</param>
/// <param name="Index">Which one, from 1.</param>
/// <param name="Count">Of how many.</param>
public sealed record StageStarted(string Stage, double Weight, int Index, int Count) : RunEvent;

/// <summary>The metrics were looked at.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Weight">Its share of the traffic, in percent.</param>
/// <param name="Left">How much of the watch is left; null before it began.</param>
/// <param name="Criteria">Each criterion of the stage's gate with its latest value; not decided yet.</param>
/// <param name="Triggers">Each trigger that was looked at, with what it remembers now.</param>
/// <param name="State">What it is doing: acting, watching, paused, holding.</param>
public sealed record StageLooked(
    string Stage, double Weight, TimeSpan? Left, IReadOnlyList<Finding> Criteria, IReadOnlyList<TriggerLook> Triggers, string State) : RunEvent;

/// <summary>A trigger fired.</summary>
/// <param name="Look">The trigger, and what was seen.</param>
/// <param name="Stage">The stage at that time.</param>
public sealed record TriggerFired(TriggerLook Look, string Stage) : RunEvent;

/// <summary>The rollout holds and waits for a person.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When the runbook's answer follows instead, UTC.</param>
public sealed record RolloutHeld(string Stage, string Reason, DateTimeOffset Until) : RunEvent;

/// <summary>Somebody at another terminal said something to the rollout.</summary>
/// <param name="Signal">What, and who.</param>
public sealed record SignalTaken(Signal Signal) : RunEvent;

/// <summary>A stage is decided.</summary>
/// <param name="Result">What it came to.</param>
public sealed record StageDecided(StageResult Result) : RunEvent;

/// <summary>The way back has begun.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Within">How long it may take; null where nobody said.</param>
public sealed record RollbackStarted(string Reason, TimeSpan? Within) : RunEvent;

/// <summary>The way back is through.</summary>
/// <param name="Result">What it came to.</param>
public sealed record RollbackFinished(RollbackResult Result) : RunEvent;
