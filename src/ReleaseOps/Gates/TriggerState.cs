using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>
/// What a trigger remembers. It feeds on looks that found its condition true; a look that could not tell, or a look that never came, is a
/// gap, which neither feeds nor resets it; a look that found it false resets it.
/// <code>
/// for: 10m, looks each minute    true 0..9, unknown 10..12, true 13: held 9 min; true 14: held 10 min, fires
/// consecutive: 3                 bad, bad, unknown, bad: the third in a row, fires; bad, bad, good: from the start
/// </code>
/// </summary>
public sealed record TriggerState
{
    /// <summary>Nothing seen yet.</summary>
    public static readonly TriggerState Fresh = new();

    /// <summary>How long it has held, gaps left out.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>How many looks in a row found it true, gaps left out.</summary>
    public int InARow { get; init; }

    /// <summary>When the last look was, where it found the condition true; null otherwise.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>Since when it could not be told; null where the last look could.</summary>
    public DateTimeOffset? BlindSince { get; init; }

    /// <summary>Takes a look.</summary>
    /// <param name="holds">Whether the condition holds; null where that could not be told.</param>
    /// <param name="at">When the look was made.</param>
    /// <param name="longest">The longest time between two looks that counts; a longer one is a gap, and so is a clock set back.</param>
    public TriggerState Look(bool? holds, DateTimeOffset at, TimeSpan longest) => holds switch
    {
        null => this with { HeldAt = null, BlindSince = BlindSince ?? at },
        false => Fresh,
        true => new TriggerState
        {
            Held = HeldAt is { } before && at >= before && at - before <= longest ? Held + (at - before) : Held,
            InARow = InARow + 1,
            HeldAt = at,
        },
    };

    /// <summary>Whether the trigger's consequence follows now: the last look found it true, for long enough, often enough.</summary>
    /// <param name="trigger">The trigger.</param>
    public bool Fires(Trigger trigger) =>
        HeldAt is not null && InARow >= (trigger.Consecutive ?? 1) && (trigger.For is not { } span || Held >= span);
}
