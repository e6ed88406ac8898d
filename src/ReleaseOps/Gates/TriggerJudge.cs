using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>What a trigger came to at one look.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="State">What it remembers now.</param>
/// <param name="Fires">True where its consequence follows now.</param>
/// <param name="Finding">Failed where it fires, Inconclusive where it could not be told, else Passed; the text says how far it is.</param>
public sealed record TriggerLook(Trigger Trigger, TriggerState State, bool Fires, Finding Finding);

/// <summary>Judges triggers, look by look.</summary>
public static class TriggerJudge
{
    /// <summary>Judges a trigger over metrics.</summary>
    /// <param name="trigger">The trigger; it has a <c>when</c>.</param>
    /// <param name="before">What it remembered.</param>
    /// <param name="input">The look.</param>
    /// <param name="longest">The longest time between two looks that counts as unbroken.</param>
    public static TriggerLook Judge(Trigger trigger, TriggerState before, GateInput input, TimeSpan longest)
    {
        var seen = GateJudge.Judge(trigger.When!, input, trigger.Name);
        bool? holds = seen.Verdict switch { Verdict.Passed => true, Verdict.Failed => false, _ => null };
        return Judged(trigger, before, holds, seen, input.Look.At, longest);
    }

    /// <summary>Judges a trigger over a step.</summary>
    /// <param name="trigger">The trigger; it has a <c>step</c>.</param>
    /// <param name="before">What it remembered.</param>
    /// <param name="verdict">What the step came to.</param>
    /// <param name="detail">In words.</param>
    /// <param name="at">When it was looked at.</param>
    /// <param name="longest">The longest time between two looks that counts as unbroken.</param>
    public static TriggerLook Judge(
        Trigger trigger, TriggerState before, Verdict verdict, string detail, DateTimeOffset at, TimeSpan longest)
    {
        bool? holds = verdict switch { Verdict.Failed => true, Verdict.Passed => false, _ => null };
        return Judged(trigger, before, holds, new Finding(trigger.Name, verdict, detail), at, longest);
    }

    private static TriggerLook Judged(
        Trigger trigger, TriggerState before, bool? holds, Finding seen, DateTimeOffset at, TimeSpan longest)
    {
        var state = before.Look(holds, at, longest);
        var fires = state.Fires(trigger);
        var finding = seen with
        {
            Verdict = fires ? Verdict.Failed : holds is null ? Verdict.Inconclusive : Verdict.Passed,
            Text = seen.Text + Progress(trigger, state, holds),
        };
        return new TriggerLook(trigger, state, fires, finding);
    }

    /// <summary>Whole seconds where the trigger counts in seconds: a look is never made on the dot.</summary>
    private static TimeSpan Whole(TimeSpan held, TimeSpan span) =>
        span >= TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(Math.Floor(held.TotalSeconds)) : held;

    private static string Progress(Trigger trigger, TriggerState state, bool? holds)
    {
        if (holds is false)
            return "";
        var parts = new List<string>();
        if (trigger.For is { } span)
            parts.Add($"held {Durations.Format(Whole(state.Held, span))} of {Durations.Format(span)}");
        if (trigger.Consecutive is { } times)
            parts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{state.InARow} of {times} in a row"));
        if (state.BlindSince is { } since)
            parts.Add($"not seen since {since.UtcDateTime:HH:mm:ss}Z");
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }
}
