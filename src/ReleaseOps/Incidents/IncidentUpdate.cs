using System.Text.Json.Serialization;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>A message as it would go out: written, not sent.</summary>
public sealed record IncidentUpdate
{
    /// <summary>The release that it is about.</summary>
    public required Release Release { get; init; }

    /// <summary>Name of the message that its text is from.</summary>
    public required string Message { get; init; }

    /// <summary>The incident; null for a message that is about none.</summary>
    public string? Incident { get; init; }

    /// <summary>Which update of it, from 1; 0 for a message that is about none.</summary>
    public int Number { get; init; }

    /// <summary>How far the incident is.</summary>
    public IncidentStatus? Status { get; init; }

    /// <summary>The incident's severity.</summary>
    public string? Severity { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the next one is promised; null for no promise.</summary>
    public DateTimeOffset? NextUpdateAt { get; init; }

    /// <summary>Why it ought to be said now; null where somebody asked for it.</summary>
    public string? Why { get; init; }

    /// <summary>The headline.</summary>
    public required string Title { get; init; }

    /// <summary>The text; what nobody has given stands in it as <c>&lt;impact&gt;</c>.</summary>
    public required string Text { get; init; }

    /// <summary>Names of what nobody has given: with one of them it can't be sent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Names of the channels that it goes to, by the runbook.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>What the ledger keeps of it, once it is sent; null for a message that is about no incident.</summary>
    public IncidentWord? Word { get; init; }

    /// <summary>What the channels take.</summary>
    [JsonIgnore]
    public required Notice Notice { get; init; }

    /// <summary>The plan that it was written with.</summary>
    [JsonIgnore]
    public required Plan Plan { get; init; }

    /// <summary>The folder that it was written from the ledgers of, full path: what is sent goes into the same.</summary>
    [JsonIgnore]
    public required string EvidenceRoot { get; init; }

    /// <summary>Its channels that nothing carries: a person has to.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Uncarried => [.. Channels.Where(c => ChannelDefaults.Find(Plan.Runbook, c) is null)];

    /// <summary>The update, to be sent.</summary>
    /// <param name="channels">By these channels; none for its own, or the screen where it has none that anything carries.</param>
    public Outgoing To(IReadOnlyList<string> channels)
    {
        IReadOnlyList<string> own = [.. Channels.Except(Uncarried)];
        return new Outgoing(Notice, channels.Count > 0 ? channels : own.Count > 0 ? own : ["console"]) { Word = Word };
    }
}
