using System.Collections.Concurrent;
using ReleaseOps.Channels;

namespace ReleaseOps.Tests.Channels;

/// <summary>A try that a scripted channel was asked for.</summary>
internal sealed record Try(Notice Notice, string? Remote, bool MayBeThere, DateTimeOffset At)
{
    public string Key => Notice.Key;
}

/// <summary>A channel that answers by a script, and keeps what it was asked to send.</summary>
internal sealed class ScriptedChannel(string name, TimeProvider? clock = null) : IChannel
{
    private readonly ConcurrentQueue<Try> _tries = new();

    public static readonly SendOutcome Sent = new(SendState.Sent, "200 OK");
    public static readonly SendOutcome Later = new(SendState.Later, "503 Service Unavailable");
    public static readonly SendOutcome Refused = new(SendState.Refused, "400 Bad Request");
    public static readonly SendOutcome Unclear = new(SendState.Unclear, "the connection ended");

    public string Name => name;

    public bool Dedups { get; init; }

    public TimeSpan Pace { get; init; }

    /// <summary>What it answers; sent, unless told otherwise.</summary>
    public Func<Try, CancellationToken, Task<SendOutcome>> Answer { get; set; } = (_, _) => Task.FromResult(Sent);

    public IReadOnlyList<Try> Tries => [.. _tries];

    public IReadOnlyList<string> Keys => [.. _tries.Select(t => t.Key)];

    /// <summary>Answers these in turn, then that everything was sent.</summary>
    public ScriptedChannel Answering(params SendOutcome[] outcomes)
    {
        var left = new ConcurrentQueue<SendOutcome>(outcomes);
        Answer = (_, _) => Task.FromResult(left.TryDequeue(out var next) ? next : Sent);
        return this;
    }

    public ChannelRequest Preview(Notice notice, string? remote) => new(name, "POST", "scripted:" + remote, string.Concat(notice.Text.Select(t => t.Text)));

    public Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
    {
        var one = new Try(notice, remote, mayBeThere, (clock ?? TimeProvider.System).GetUtcNow());
        _tries.Enqueue(one);
        return Answer(one, cancellation);
    }

    /// <summary>For a run: these channels in the place of those that the runbook defines.</summary>
    public static Func<BoundChannel, SecretMask, TimeProvider, Action<string>?, IChannel> Factory(params ScriptedChannel[] channels) =>
        (bound, _, _, _) => channels.First(c => c.Name == bound.Name);
}
