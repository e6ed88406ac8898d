using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Probes.Metrics;

/// <summary>
/// Asks the HTTP API of a monitoring server. One deadline is over the whole exchange, the body included; redirects aren't followed, and
/// nothing is unpacked: .NET takes a packed body that is cut off for a whole one.
/// </summary>
/// <param name="http">Sends.</param>
/// <param name="connections">Knows the proxy.</param>
/// <param name="mask">Hides secrets in what the server says.</param>
/// <param name="clock">The clock of the deadline.</param>
internal sealed class MonitoringApi(HttpMessageInvoker http, HttpConnections connections, SecretMask mask, TimeProvider clock)
{
    /// <summary>The largest answer that is read: 64 MiB.</summary>
    internal const long MaxBody = 64L << 20;

    // What servers and proxies on the way still take as a URL.
    private const int LongestInUrl = 2000;

    private const long MaxErrorBody = 64 * 1024;

    /// <summary>Asks.</summary>
    /// <param name="source">The server.</param>
    /// <param name="path">The path below the server's address: <c>/api/v1/query</c>.</param>
    /// <param name="arguments">The arguments; long ones go by POST.</param>
    /// <param name="read">Reads the body of a good answer.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="CouldNotTellException">Why nothing can be told.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<T> AskAsync<T>(BoundSource source, string path, IReadOnlyList<(string Name, string Value)> arguments,
        Func<Stream, Hop, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var url = UrlOf(source, path);
        var hop = new Hop(url, null, connections.IsProxied(url));
        using var deadline = new CancellationTokenSource(source.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            // A name lookup doesn't obey a token; the asking ends all the same.
            return await ExchangeAsync(source, url, hop, arguments, read, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is OperationCanceledException or CouldNotTellException)
        {
            throw new CouldNotTellException(ErrorId.TimedOut,
                $"{url.Authority}: no full answer within {Durations.Format(source.Timeout)}: {hop.Progress}");
        }
    }

    private async Task<T> ExchangeAsync<T>(BoundSource source, Uri url, Hop hop, IReadOnlyList<(string, string)> arguments,
        Func<Stream, Hop, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var message = Message(source, url, arguments);
        message.Options.Set(Hop.Key, hop);
        try
        {
            using var response = await http.SendAsync(message, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await RefusalAsync(response, hop, cancellation).ConfigureAwait(false);
            if (response.Content.Headers.ContentEncoding.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
                throw new CouldNotTellException(ErrorId.BadDocument, $"{url.Authority}: the answer is packed although nobody asked for that");
            if (response.Content.Headers.ContentLength > MaxBody)
                throw HttpBody.TooLarge(MaxBody);
            hop.BodyBytes = 0;
            await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            return await read(body, hop, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && hop.BodyBytes is { } bytes)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, Invariant($"{url.Authority}: the answer was cut off after {bytes} bytes"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw HttpFailure.From(e, hop, mask);
        }
    }

    private static Uri UrlOf(BoundSource source, string path)
    {
        if (!Uri.TryCreate(source.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new CouldNotTellException(ErrorId.BadValue, $"the address of source {source.Name} isn't an http or https URL");
        if (address.UserInfo.Length > 0)
            throw new CouldNotTellException(ErrorId.BadValue,
                $"the address of source {source.Name} has a user name or password in it; write user and password beside it");
        return new UriBuilder(address) { Path = address.AbsolutePath.TrimEnd('/') + path, Fragment = "" }.Uri;
    }

    private static HttpRequestMessage Message(BoundSource source, Uri url, IReadOnlyList<(string Name, string Value)> arguments)
    {
        var form = string.Join('&', arguments.Select(a => a.Name + '=' + Uri.EscapeDataString(a.Value)));
        var byPost = form.Length > LongestInUrl;
        var asked = byPost || form.Length == 0 ? url : new UriBuilder(url) { Query = url.Query.Length > 1 ? url.Query[1..] + '&' + form : form }.Uri;
        var message = new HttpRequestMessage(byPost ? HttpMethod.Post : HttpMethod.Get, asked)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = byPost ? new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded") : null,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", HttpRequests.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.Authorization = Authorization(source);
        return message;
    }

    private static AuthenticationHeaderValue? Authorization(BoundSource source)
    {
        if (source.Token is { } token)
        {
            return token.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 ? new AuthenticationHeaderValue("Bearer", token)
                : throw new CouldNotTellException(ErrorId.BadValue, $"the token of source {source.Name} holds a character that can't be sent");
        }
        return source.User is { } user
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{source.Password}")))
            : null;
    }

    private async Task<CouldNotTellException> RefusalAsync(HttpResponseMessage response, Hop hop, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var reason = OutsideText.OneLine(response.ReasonPhrase ?? "", mask, 60);
        var said = await SaidAsync(response, hop, cancellation).ConfigureAwait(false);
        var id = status switch
        {
            401 or 403 => ErrorId.AccessDenied,
            429 or >= 500 => ErrorId.ServerFailed,
            >= 300 and < 400 => ErrorId.RedirectRefused,
            _ => ErrorId.QueryRefused,
        };
        var text = id switch
        {
            ErrorId.AccessDenied => "the server refuses who asks",
            ErrorId.RedirectRefused => "the server sends elsewhere, which isn't followed; is the source's address right?",
            ErrorId.QueryRefused when said is null => "the server doesn't know what is asked; is the source's address right?",
            _ => null,
        };
        return new CouldNotTellException(id, Invariant($"{hop.Url.Authority}: {status} {reason}")
            + (text is null ? "" : ": " + text) + (said is null ? "" : ": " + said));
    }

    /// <summary>What the server says about its refusal: the <c>error</c> of its JSON, Alertmanager's bare JSON text; null for pages.</summary>
    private async Task<string?> SaidAsync(HttpResponseMessage response, Hop hop, CancellationToken cancellation)
    {
        try
        {
            if (await HttpBody.ReadAsync(response, hop, MaxErrorBody, cancellation).ConfigureAwait(false) is not { Length: > 0 } body)
                return null;
            var json = StrictJson.Parse(Encoding.UTF8.GetString(body.Span));
            var said = json.ValueKind == JsonValueKind.String ? json.GetString()
                : json.ValueKind != JsonValueKind.Object ? null
                : json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString()
                : json.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()
                : null;
            return said is { Length: > 0 } ? OutsideText.OneLine(said, mask) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or HttpRequestException or CouldNotTellException)
        {
            // The status says enough.
            return null;
        }
    }
}
