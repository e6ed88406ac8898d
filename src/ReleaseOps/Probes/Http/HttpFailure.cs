using System.Net.Sockets;
using System.Security.Authentication;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>Says in a sentence why an exchange failed.</summary>
internal static class HttpFailure
{
    /// <summary>The failure as a reason of its own; what was refused on purpose stays what it is.</summary>
    internal static CouldNotTellException From(Exception failure, Hop hop, SecretMask mask)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is CouldNotTellException refused)
                return refused.Id == ErrorId.RedirectRefused ? Redirect.Refused(hop.Url.AbsoluteUri, refused.Message, mask) : refused;
            if (inner is AuthenticationException tls)
                return new CouldNotTellException(ErrorId.TlsFailed,
                    $"TLS with {hop.Url.Authority} failed: {OutsideText.OneLine(tls.Message, mask)}");
            if (inner is SocketException socket && hop.BodyBytes is null)
                return new CouldNotTellException(ErrorId.Unreachable, $"{Place(hop)}: {Reason(socket.SocketErrorCode)}");
        }
        var kind = (failure as HttpRequestException)?.HttpRequestError ?? (failure as HttpIOException)?.HttpRequestError;
        var (id, text) = kind switch
        {
            HttpRequestError.ConfigurationLimitExceeded => (ErrorId.BadDocument, "the headers are larger than 64 KB"),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError =>
                (ErrorId.BadDocument, "the answer isn't valid HTTP: " + OutsideText.OneLine(failure.Message, mask)),
            HttpRequestError.ResponseEnded when hop.BodyBytes is { } bytes =>
                (ErrorId.Unreachable, Invariant($"the connection ended in the body, after {bytes} bytes")),
            HttpRequestError.ResponseEnded => (ErrorId.Unreachable, "the connection ended before the answer did"),
            HttpRequestError.SecureConnectionError =>
                (ErrorId.TlsFailed, "TLS could not be agreed on: " + OutsideText.OneLine(failure.Message, mask)),
            HttpRequestError.ProxyTunnelError =>
                (ErrorId.Unreachable, "the proxy refused the way: " + OutsideText.OneLine(failure.Message, mask)),
            _ => (ErrorId.Unreachable, OutsideText.OneLine((failure.InnerException ?? failure).Message, mask)),
        };
        return new CouldNotTellException(id, $"{Place(hop)}: {text}");
    }

    private static string Place(Hop hop) => hop.Proxied ? $"{hop.Url.Authority} (through the proxy of the environment)" : hop.Url.Authority;

    /// <summary>What a socket's error means, in words.</summary>
    internal static string Reason(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.HostNotFound or SocketError.NoData => "the name doesn't resolve",
        SocketError.TryAgain => "the name doesn't resolve at the moment",
        SocketError.TimedOut => "nobody answered the connection",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to that network",
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted => "the connection was reset",
        _ => $"the connection failed ({error})",
    };
}
