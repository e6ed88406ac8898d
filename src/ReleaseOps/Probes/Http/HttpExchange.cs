using ReleaseOps.Probes.Contracts;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>One URL asked, redirects and all, until the last byte of the answer or until it is clear that nothing can be told.</summary>
internal sealed class HttpExchange(HttpLook look, LookContext context, HttpConnections connections, HttpLog? log, AnswerContract? contract = null)
{
    private readonly List<string> _notes = [];
    private Hop? _hop;

    /// <summary>What it is doing now, for the sentence about a time-out.</summary>
    internal string Progress => _hop is { } hop ? $"{hop.Progress} ({hop.Url.Authority})" : "starting";

    internal Task<Seen> AskAsync(Uri url, CancellationToken cancellation)
    {
        var start = context.Clock.GetTimestamp();
        return FollowAsync(url, (at, response, hop) => SeeAsync(at, response, hop, start, cancellation), cancellation);
    }

    /// <summary>
    /// The answer as bytes: who it came from in the end, its status, and its body; null where that is packed in a way that isn't known.
    /// </summary>
    /// <exception cref="CouldNotTellException">There is no full answer.</exception>
    internal Task<(Uri From, int Status, ReadOnlyMemory<byte>? Body)> FetchAsync(Uri url, CancellationToken cancellation) => FollowAsync(
        url,
        async (from, response, hop) =>
            (from, (int)response.StatusCode, await HttpBody.ReadAsync(response, hop, look.MaxBody, cancellation).ConfigureAwait(false)),
        cancellation);

    private async Task<T> FollowAsync<T>(Uri url, Func<Uri, HttpResponseMessage, Hop, Task<T>> see, CancellationToken cancellation)
    {
        var home = new Request(url, HttpRequests.Method(look), look.Body is not null, AtHome: true);
        HttpRequests.Check(url, look);
        var followed = 0;
        AddressReach? from = null;
        for (var request = home; ; followed++)
        {
            var hop = new Hop(request.Url, from, connections.IsProxied(request.Url));
            _hop = hop;
            var keeps = look.Redirects == 0 && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head);
            using var own = keeps ? null : connections.Fresh();
            using var message = HttpRequests.Message(request, look, HttpRequests.UserAgent);
            message.Options.Set(Hop.Key, hop);
            log?.Asked(message);
            try
            {
                hop.CheckWrittenAddress();
                using var response = await (own ?? connections.Kept).SendAsync(message, cancellation).ConfigureAwait(false);
                log?.Answered(response);
                if (look.Redirects == 0 || !Redirect.IsOne(response))
                    return await see(request.Url, response, hop).ConfigureAwait(false);
                var next = Redirect.Next(request, response, context.Mask);
                if (followed == look.Redirects)
                    throw Redirect.Refused(next.Url.AbsoluteUri, Invariant($"more than {look.Redirects} redirects"), context.Mask);
                var place = OutsideText.OneLine(next.Url.AbsoluteUri, context.Mask);
                _notes.Add(Invariant($"redirected by {(int)response.StatusCode} to {place}"));
                from = hop.Reach;
                request = next;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or CouldNotTellException)
            {
                throw HttpFailure.From(e, hop, context.Mask);
            }
        }
    }

    private async Task<Seen> SeeAsync(Uri url, HttpResponseMessage response, Hop hop, long start, CancellationToken cancellation)
    {
        var bytes = await HttpBody.ReadAsync(response, hop, look.MaxBody, cancellation).ConfigureAwait(false);
        var latency = context.Clock.GetElapsedTime(start);
        var values = new Dictionary<string, object?>
        {
            ["status"] = (long)response.StatusCode,
            ["headers"] = Headers(response),
            ["latency"] = latency,
            ["latency_ms"] = latency.TotalMilliseconds,
            ["url"] = context.Mask.Apply(url.AbsoluteUri),
        };
        string? invalid = null;
        if (bytes is { } body)
            invalid = AddBody(values, body.Span, response);
        else
            _notes.Add("the body is packed in a way that isn't known (its Content-Encoding), so it wasn't read");
        var size = bytes is { } known ? Invariant($"{known.Length} bytes") : "unread body";
        var reason = OutsideText.OneLine(response.ReasonPhrase ?? "", context.Mask, 60);
        return new Seen(values, Invariant($"{(int)response.StatusCode} {reason}, {size} in {latency.TotalMilliseconds:0.#} ms{(invalid is null ? "" : "; " + invalid)}"))
        {
            Notes = _notes,
            Findings = contract?.Judge(look.Method, url, response, bytes, cancellation) ?? [],
        };
    }

    /// <summary>Adds <c>text</c> and <c>body</c>; says why there is no <c>body</c> where it should be JSON and isn't.</summary>
    private string? AddBody(Dictionary<string, object?> values, ReadOnlySpan<byte> bytes, HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType;
        var text = context.Mask.Apply(HttpBody.Decode(bytes, type?.CharSet, out var charset));
        log?.Body(text);
        values["text"] = text;
        if (JsonBody.TryRead(text, type, out var body, out var invalid))
            values["body"] = body;
        foreach (var note in new[] { charset, invalid })
        {
            if (note is not null)
                _notes.Add(note);
        }
        return invalid;
    }

    private Dictionary<string, object?> Headers(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers[name.ToLowerInvariant()] = string.Join(", ", values.Select(v => SecretHeaders.Shown(name, v, context.Mask)));
        return headers;
    }
}
