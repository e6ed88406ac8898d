using ReleaseOps.Runbooks;

namespace ReleaseOps.Channels;

/// <summary>Makes channels.</summary>
internal static class ChannelFactory
{
    public static IChannel Make(BoundChannel channel, SecretMask mask, TimeProvider clock, Action<string>? show) => channel.Kind switch
    {
        ChannelKind.Console => new ShownChannel(channel, mask, show),
        _ => throw new ReleaseOpsException(ErrorId.UnknownChannel, $"Nothing carries to '{channel.Name}' yet.", "Use console."),
    };

    private sealed class ShownChannel(BoundChannel channel, SecretMask mask, Action<string>? show) : IChannel
    {
        public string Name => channel.Name;

        public bool Dedups => false;

        public TimeSpan Pace => channel.Pace ?? TimeSpan.Zero;

        public ChannelRequest Preview(Notice notice, string? remote) => new(Name, "SHOW", "the screen", TextOf(notice));

        public Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
        {
            show?.Invoke(TextOf(notice));
            return Task.FromResult(new SendOutcome(SendState.Sent, "shown"));
        }

        private string TextOf(Notice notice) => mask.Apply(string.Concat(notice.Text.Select(run => run.Text)));
    }
}
