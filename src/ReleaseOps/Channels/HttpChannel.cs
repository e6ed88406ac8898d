using ReleaseOps.Runbooks;

namespace ReleaseOps.Channels;

/// <summary>A service that takes notices by HTTP.</summary>
/// <param name="bound">The channel.</param>
/// <param name="http">Sends.</param>
internal abstract class HttpChannel(BoundChannel bound, ChannelHttp http) : IChannel
{
    public string Name => bound.Name;

    public abstract bool Dedups { get; }

    public TimeSpan Pace => bound.Pace ?? UsualPace;

    /// <summary>What the service asks for.</summary>
    protected virtual TimeSpan UsualPace => TimeSpan.Zero;

    protected BoundChannel Bound => bound;

    protected ChannelHttp Http => http;

    protected SecretMask Mask => http.Mask;

    /// <summary>The request for a notice: pure.</summary>
    /// <param name="channel">The channel; for a preview, with its secrets hidden.</param>
    /// <param name="notice">The notice, masked.</param>
    /// <param name="remote">The service's own name for the thread.</param>
    /// <exception cref="ReleaseOpsException">NoticeRefused.</exception>
    protected abstract HttpCall Call(BoundChannel channel, Notice notice, string? remote);

    /// <summary>What the service's answer means where its status is 2xx.</summary>
    protected abstract SendOutcome Read(HttpReply reply, Notice notice);

    /// <summary>Looks whether a notice is there already: the outcome where that ends the try, or the service's name for the thread.</summary>
    protected virtual Task<(SendOutcome? Found, string? Remote)> LookAsync(Notice notice, string? remote, CancellationToken cancellation) =>
        Task.FromResult<(SendOutcome?, string?)>((null, remote));

    public ChannelRequest Preview(Notice notice, string? remote)
    {
        var call = Call(bound.Hidden(), notice.Masked(Mask), remote);
        return new ChannelRequest(Name, call.Method.Method, Mask.Apply(Shown(call.Url)), Mask.Apply(call.Body ?? ""))
        {
            Headers = [.. call.Headers.Prepend(new("Content-Type", call.ContentType)).Select(h => KeyValuePair.Create(h.Key, Mask.Apply(h.Value)))],
        };
    }

    public async Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
    {
        try
        {
            notice.NeedWhole(Name);
            notice = notice.Masked(Mask);
            // Made first: what is wrong with it shows before anybody is asked.
            var call = Call(bound, notice, remote);
            if (mayBeThere)
            {
                var (found, there) = await LookAsync(notice, remote, cancellation).ConfigureAwait(false);
                if (found is not null)
                    return found;
                if (there != remote)
                    call = Call(bound, notice, there);
            }
            var reply = await http.SendAsync(Name, call, cancellation).ConfigureAwait(false);
            return reply.Outcome.State == SendState.Sent ? Read(reply, notice) : reply.Outcome;
        }
        catch (ReleaseOpsException refusal) when (refusal.Id == ErrorId.NoticeRefused)
        {
            return refusal.Outcome();
        }
    }

    // A webhook of Slack or Teams is a secret from its host on.
    private string Shown(string url) => bound.Kind is ChannelKind.Slack or ChannelKind.Teams && Uri.TryCreate(url, UriKind.Absolute, out var whole)
        ? $"{whole.Scheme}://{whole.Authority}/{SecretMask.Stars}"
        : url.Replace(Uri.EscapeDataString(SecretMask.Stars), SecretMask.Stars, StringComparison.Ordinal);
}
