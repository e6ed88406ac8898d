namespace ReleaseOps.Runbooks;

/// <summary>A named part of the procedure: steps in order, or a staged rollout.</summary>
/// <param name="Name">Unique in its runbook.</param>
public sealed record Phase(string Name)
{
    /// <summary>One line for people.</summary>
    public string? Title { get; init; }

    /// <summary>When it is due, against T-0; null when nobody said.</summary>
    public TimeOffset? At { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>True where its independent steps may run side by side.</summary>
    public bool Parallel { get; init; }

    /// <summary>Its steps, in order; empty for a rollout.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Its rollout; null for a phase of steps.</summary>
    public Rollout? Rollout { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public Position Position { get; init; }
}

/// <summary>A time against T-0, as <c>T-60m</c> or <c>T+2h</c> writes it; negative is before.</summary>
/// <param name="FromT0">The distance to T-0.</param>
public readonly record struct TimeOffset(TimeSpan FromT0)
{
    /// <summary>Reads T-60m, T+0 or T+1h30m; false for anything else.</summary>
    /// <param name="text">The text, without spaces.</param>
    /// <param name="offset">The time read.</param>
    public static bool TryParse(string text, out TimeOffset offset)
    {
        offset = default;
        if (text is not ['T', '+' or '-', .. var distance] || !Durations.TryParse(distance, out var duration))
            return false;
        offset = new TimeOffset(text[1] == '-' ? -duration : duration);
        return true;
    }

    /// <summary>As people say it, in minutes up to an hour and a half and in hours up to three days: T-60m, T+0, T+90m, T+2h, T-24h, T+7d.</summary>
    public override string ToString()
    {
        if (FromT0 == TimeSpan.Zero)
            return "T+0";
        var distance = FromT0.Duration();
        if (distance >= TimeSpan.FromDays(1) && distance <= TimeSpan.FromDays(3) && distance.Ticks % TimeSpan.TicksPerHour == 0)
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"T{(FromT0 < TimeSpan.Zero ? '-' : '+')}{(int)distance.TotalHours}h");
        var inMinutes = distance <= TimeSpan.FromMinutes(90) && distance.Ticks % TimeSpan.TicksPerMinute == 0;
        return (FromT0 < TimeSpan.Zero ? "T-" : "T+")
            + (inMinutes ? ((int)distance.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture) + "m" : Durations.Format(distance));
    }
}
