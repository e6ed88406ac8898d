using System.Collections.Concurrent;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Who brings a message to a channel.</summary>
/// <param name="Name">The channel's name: a usual one is the same however a message writes it.</param>
/// <param name="Channel">What carries it; null where a person does.</param>
/// <param name="Why">Why a person does: <c>OPS_WEBHOOK isn't set</c>; null for a channel that nobody defined, which is a person's by that.</param>
internal sealed record Carrier(string Name, IChannel? Channel, string? Why)
{
    /// <summary>For a person: the name, and what keeps us from carrying it.</summary>
    public override string ToString() => Why is null ? Name : $"{Name} ({Why})";
}

/// <summary>
/// Who brings messages to which channels in a run. A channel that isn't defined, or whose secrets aren't set, is a person's to carry: a
/// webhook that is missing must not keep anybody from going back.
/// </summary>
internal sealed class Carriers(Plan plan, BindingScope scope, SecretMask mask, RunOptions options, Action<string>? show)
{
    private readonly ConcurrentDictionary<string, Carrier> _known = new(StringComparer.Ordinal);

    /// <summary>Who brings it to a channel.</summary>
    public Carrier Of(string name) => _known.GetOrAdd(name, Find);

    /// <summary>The secrets of these channels.</summary>
    public static IEnumerable<string> SecretsOf(Runbook runbook, IEnumerable<string> channels) => channels.Distinct(StringComparer.Ordinal)
        .Select(name => ChannelDefaults.Find(runbook, name)).OfType<Channel>().SelectMany(c => c.Templates()).SelectMany(t => t.SecretNames)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The channels of all messages of a runbook.</summary>
    public static IEnumerable<string> ChannelsOf(Runbook runbook) => runbook.Messages.SelectMany(m => m.Channels);

    private Carrier Find(string name)
    {
        if (ChannelDefaults.Find(plan.Runbook, name) is not { } channel)
            return new Carrier(name, null, null);
        var missing = SecretsOf(plan.Runbook, [name]).Select(secret => EnvironmentSecrets.WhyNot(secret, options.Secrets)).OfType<string>().ToList();
        if (missing.Count > 0)
            return new Carrier(channel.Name, null, string.Join(", ", missing));
        try
        {
            return new Carrier(channel.Name, options.MakeChannel(BoundChannel.Of(channel, scope, options.Folder), mask, options.Clock, show), null);
        }
        catch (ReleaseOpsException error)
        {
            return new Carrier(channel.Name, null, mask.Apply(error.Message));
        }
    }
}
