using System.Buffers;
using System.Net;
using System.Reflection;
using System.Text;

namespace ReleaseOps.Probes.Http;

/// <summary>Makes the message of a request, and refuses what can't be sent as it stands.</summary>
internal static class HttpRequests
{
    // RFC 9110 5.6.2: the characters of a method and of a header's name.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Who asks.</summary>
    internal static readonly string UserAgent =
        "ReleaseOps/" + typeof(HttpRequests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    internal static HttpMethod Method(HttpLook look) =>
        IsToken(look.Method) ? HttpMethod.Parse(look.Method) : throw Bad("the method isn't one of HTTP, such as GET or POST");

    internal static void Check(Uri url, HttpLook look)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw Bad("the URL isn't an http or https one");
        if (url.UserInfo.Length > 0)
            throw Bad("the URL has a user name or password in it; send an Authorization header instead");
        foreach (var (name, value) in look.Headers)
        {
            if (!IsToken(name) || value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
                throw Bad($"the header {(IsToken(name) ? name : "with a bad name")} holds a line break or a character that isn't allowed");
        }
    }

    internal static HttpRequestMessage Message(Request request, HttpLook look, string userAgent)
    {
        var message = new HttpRequestMessage(request.Method, request.Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (request.HasBody && look.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            message.Content.Headers.TryAddWithoutValidation(
                "Content-Type", body.AsSpan().TrimStart() is ['{' or '[', ..] ? "application/json" : "text/plain; charset=utf-8");
        }
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        message.Headers.TryAddWithoutValidation("Accept", "*/*");
        foreach (var (name, value) in look.Headers)
        {
            if (request.AtHome || SecretHeaders.IsHarmless(name))
                Set(message, name, value);
        }
        return message;
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        message.Headers.Remove(name, out var general);
        if (general && message.Headers.TryAddWithoutValidation(name, value))
            return;
        message.Content?.Headers.Remove(name, out _);
        message.Content?.Headers.TryAddWithoutValidation(name, value);
    }

    // The two collections throw for a header that belongs to the other one.
    private static void Remove(this System.Net.Http.Headers.HttpHeaders headers, string name, out bool belongs)
    {
        belongs = true;
        try
        {
            headers.Remove(name);
        }
        catch (InvalidOperationException)
        {
            belongs = false;
        }
    }

    private static bool IsToken(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExcept(Token) < 0;

    private static CouldNotTellException Bad(string why) => new(ErrorId.BadValue, why);
}
