using ReleaseOps.Channels;
using ReleaseOps.Probes;

namespace ReleaseOps.Steps;

/// <summary>How a plan is run.</summary>
public sealed record RunOptions
{
    /// <summary>The folder that commands run in and relative paths start from; full path.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder under which each release has its ledger and each run its evidence; full path.</summary>
    public required string EvidenceRoot { get; init; }

    /// <summary>Who runs it: a login name.</summary>
    public required string Actor { get; init; }

    /// <summary>
    /// True to look at everything after a required step didn't pass. Steps that change something are still left out from then on.
    /// </summary>
    public bool KeepGoing { get; init; }

    /// <summary>How many steps may run side by side where the runbook allows it; 1 to 64.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>Ids of the actions that the operator said no to; they are skipped.</summary>
    public IReadOnlySet<string> Declined { get; init; } = new HashSet<string>();

    /// <summary>The person at the other end; null when nobody is there.</summary>
    public IAttendant? Attendant { get; init; }

    /// <summary>Where events go; null for nowhere.</summary>
    public IRunListener? Listener { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Reads a secret by name; null where it isn't there. The environment, unless told otherwise.</summary>
    public Func<string, string?> Secrets { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Makes a channel; tests put their own in its place.</summary>
    internal Func<BoundChannel, SecretMask, TimeProvider, Action<string>?, IChannel> MakeChannel { get; init; } =
        (channel, mask, clock, show) => ChannelFactory.Make(channel, mask, clock, show);
}
