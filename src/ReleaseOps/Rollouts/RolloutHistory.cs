using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Rollouts;

/// <summary>What the ledger remembers of one rollout.</summary>
internal sealed record RolloutHistory
{
    /// <summary>The stages that were decided to proceed.</summary>
    public IReadOnlyDictionary<string, LedgerEvent> Proceeded { get; init; } = new Dictionary<string, LedgerEvent>();

    /// <summary>What each trigger remembered at its last look.</summary>
    public IReadOnlyDictionary<string, TriggerState> Triggers { get; init; } = new Dictionary<string, TriggerState>();

    /// <summary>The weight that the traffic has; null where nothing moved it yet, or where what may have moved it wasn't seen to end well.</summary>
    public double? Weight { get; init; }

    /// <summary>When the way back was begun; null where it wasn't.</summary>
    public DateTimeOffset? RollbackStartedAt { get; init; }

    /// <summary>Why it goes back: decided, begun or not; null where that wasn't decided.</summary>
    public string? RollbackReason { get; init; }

    /// <summary>The trigger that fired.</summary>
    public string? RollbackTrigger { get; init; }

    /// <summary>When the way back was through; null where it isn't.</summary>
    public DateTimeOffset? RollbackFinishedAt { get; init; }

    public static RolloutHistory Of(IEnumerable<LedgerEvent> events, string run)
    {
        var proceeded = new Dictionary<string, LedgerEvent>(StringComparer.Ordinal);
        var triggers = new Dictionary<string, TriggerState>(StringComparer.Ordinal);
        var history = new RolloutHistory { Proceeded = proceeded, Triggers = triggers };
        var (isMoving, isOpen) = (false, false);
        foreach (var e in events.Where(e => e.Run == run))
        {
            switch (e.Type)
            {
                case "stage.decided" when Text(e.Data, "decision") == nameof(RolloutDecision.Proceed):
                    proceeded[Text(e.Data, "stage")] = e;
                    isOpen = false;
                    break;
                // What was decided, or fired, before a crash isn't judged again: it goes back.
                case "stage.decided" when Text(e.Data, "decision") == nameof(RolloutDecision.Rollback):
                    history = Back(history, e);
                    isOpen = false;
                    break;
                case "trigger.fired" when isOpen && Text(e.Data, "then") == nameof(Consequence.Rollback):
                    var name = Text(e.Data, "trigger");
                    history = history with { RollbackReason = $"trigger {name}: {Text(e.Data, "text")}", RollbackTrigger = name };
                    break;
                case "stage.started":
                    (isMoving, isOpen) = (true, true);
                    break;
                case "step.started" when isMoving:
                    history = history with { Weight = null };
                    break;
                case "rollout.weight":
                    isMoving = false;
                    history = history with { Weight = e.Data.GetProperty("weight").GetDouble() };
                    break;
                case "rollout.look":
                    foreach (var look in e.Data.GetProperty("triggers").EnumerateArray())
                        // The time that nobody looked is a gap: what was held is kept, and nothing is fed.
                        triggers[Text(look, "name")] = new TriggerState
                        {
                            Held = TimeSpan.FromSeconds(look.GetProperty("heldSeconds").GetDouble()),
                            InARow = look.GetProperty("inARow").GetInt32(),
                        };
                    break;
                case "rollback.started":
                    isMoving = true;
                    history = Back(history, e) with { RollbackStartedAt = history.RollbackStartedAt ?? e.At };
                    break;
                case "rollback.finished":
                    history = history with { RollbackFinishedAt = e.At };
                    break;
            }
        }
        return history;
    }

    private static RolloutHistory Back(RolloutHistory history, LedgerEvent e) => history with
    {
        RollbackReason = Text(e.Data, "reason"),
        RollbackTrigger = Text(e.Data, "trigger") is { Length: > 0 } trigger ? trigger : history.RollbackTrigger,
    };

    private static string Text(JsonElement data, string name) => LedgerText.Of(data, name);
}
