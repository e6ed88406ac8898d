using System.Net;
using System.Text;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Channels;

/// <summary>
/// Sends a request of a channel, once, over a connection of its own: so it is known whether it may have gone when there is no answer.
/// Redirects aren't followed: a webhook that moved is one that somebody has to look at.
/// </summary>
/// <param name="mask">Hides secrets in what services say.</param>
/// <param name="clock">The clock of the deadline.</param>
/// <param name="connections">The connections; null for those of this process.</param>
internal sealed class ChannelHttp(SecretMask mask, TimeProvider clock, HttpConnections? connections = null)
{
    /// <summary>The longest that an exchange may take, to the last byte of the answer.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>The longest that a service may ask us to wait; one that asks for more is tried again then.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly HttpConnections _connections = connections ?? HttpConnections.Shared;

    internal SecretMask Mask => mask;

    internal TimeProvider Clock => clock;

    /// <summary>Sends.</summary>
    /// <exception cref="ReleaseOpsException">NoticeRefused: the request can't be sent as it is configured.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<HttpReply> SendAsync(string channel, HttpCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var url = UrlOf(channel, call.Url);
        using var message = Message(channel, url, call);
        var hop = new Hop(url, null, _connections.IsProxied(url)) { Stage = "starting" };
        message.Options.Set(Hop.Key, hop);
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            // A name lookup doesn't obey a token; the exchange ends all the same.
            return await ExchangeAsync(message, hop, call.MaxAnswer, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return Broken(hop, $"{url.Authority}: no full answer within {Durations.Format(Deadline)}: {hop.Progress}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Broken(hop, HttpFailure.From(e, hop, mask).Message);
        }
    }

    private static Uri UrlOf(string channel, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            throw NoticeRules.Refused(channel, $"the address of channel {channel} isn't an http or https URL", "Correct the channel, or its secret.");
        return url.UserInfo.Length == 0 ? url
            : throw NoticeRules.Refused(channel, $"the address of channel {channel} has a user name or password in it", "Send a header instead.");
    }

    private static HttpRequestMessage Message(string channel, Uri url, HttpCall call)
    {
        var message = new HttpRequestMessage(call.Method, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (call.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        }
        message.Headers.TryAddWithoutValidation("User-Agent", HttpRequests.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "application/json, text/plain, */*");
        foreach (var (name, value) in call.Headers)
        {
            if (value.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || !message.Headers.TryAddWithoutValidation(name, value))
            {
                throw NoticeRules.Refused(channel, $"the header {name} of channel {channel} can't be sent as it is",
                    "Correct the channel, or its secret.");
            }
        }
        return message;
    }

    private async Task<HttpReply> ExchangeAsync(HttpRequestMessage message, Hop hop, int maxAnswer, CancellationToken cancellation)
    {
        using var own = _connections.Fresh();
        using var response = await own.SendAsync(message, cancellation).ConfigureAwait(false);
        hop.BodyBytes = 0;
        var status = (int)response.StatusCode;
        var (body, whole) = await BodyAsync(response, hop, maxAnswer, cancellation).ConfigureAwait(false);
        var outcome = whole || status >= 300 ? HttpVerdict.Of(response, body, clock.GetUtcNow(), mask)
            : new SendOutcome(SendState.Unclear, Invariant($"{hop.Url.Authority}: {status}, but the answer was cut off after {hop.BodyBytes} bytes"));
        return new HttpReply(outcome, status, body);
    }

    // Of an answer that is cut off, the status still counts where it is a refusal.
    private static async Task<(string Body, bool Whole)> BodyAsync(
        HttpResponseMessage response, Hop hop, int maxAnswer, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        var whole = true;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            while (body.Length < maxAnswer && await stream.ReadAsync(piece, cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                body.Write(piece, 0, (int)Math.Min(read, maxAnswer - body.Length));
                hop.BodyBytes = body.Length;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellation.IsCancellationRequested)
        {
            whole = false;
        }
        return (Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), whole);
    }

    // Before the connection stood, nothing can have gone.
    private static HttpReply Broken(Hop hop, string detail) =>
        new(new SendOutcome(hop.Stage == Hop.WaitingForHeaders || hop.BodyBytes is not null ? SendState.Unclear : SendState.Later, detail), 0, "");
}
