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

    /// <summary>As people say it, in minutes up to an hour and a half: T-60m, T+0, T+90m, T+2h, T-24h.</summary>
    public override string ToString()
    {
        if (FromT0 == TimeSpan.Zero)
            return "T+0";
        var distance = FromT0.Duration();
        var inMinutes = distance <= TimeSpan.FromMinutes(90) && distance.Ticks % TimeSpan.TicksPerMinute == 0;
        return (FromT0 < TimeSpan.Zero ? "T-" : "T+")
            + (inMinutes ? ((int)distance.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture) + "m" : Durations.Format(distance));
    }
}

/// <summary>A release in stages.</summary>
/// <param name="Stages">The stages, in order; at least one.</param>
public sealed record Rollout(IReadOnlyList<Stage> Stages)
{
    /// <summary>Names of the triggers that end it.</summary>
    public IReadOnlyList<string> Abort { get; init; } = [];
}

/// <summary>One stage of a rollout.</summary>
/// <param name="Name">Unique in its rollout.</param>
/// <param name="Weight">Share of the traffic, in percent, 0 to 100.</param>
public sealed record Stage(string Name, double Weight)
{
    /// <summary>The program, then its arguments, that moves the traffic; empty where something else does.</summary>
    public IReadOnlyList<Template> Action { get; init; } = [];

    /// <summary>How long it is watched before its gate is judged.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>The time from one look to the next; null for the default.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Name of the gate at its end; null for none.</summary>
    public string? Gate { get; init; }

    /// <summary>The role that must approve it first; null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public Position At { get; init; }
}
