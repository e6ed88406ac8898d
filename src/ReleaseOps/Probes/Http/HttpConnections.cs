using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ReleaseOps.Probes.Http;

/// <summary>
/// The connections that HTTP looks go over. Looks that only read share kept-alive ones; a look that may be redirected, or that sends
/// something, gets a fresh one for each hop, so that the address it is connected to is known and a stale connection can't make it unclear
/// whether it arrived.
/// </summary>
/// <param name="dialer">Resolves and connects.</param>
/// <param name="proxy">The proxy of the environment.</param>
/// <param name="roots">Roots to trust instead of the machine's; null for the machine's.</param>
internal sealed class HttpConnections(Dialer dialer, IWebProxy proxy, X509Certificate2Collection? roots = null)
{
    private static readonly Lazy<HttpConnections> LazyShared = new(() => new HttpConnections(new Dialer(), HttpClient.DefaultProxy));
    private readonly EnvironmentProxy _proxy = new(proxy);
    private HttpMessageInvoker? _kept;

    /// <summary>The connections of this process.</summary>
    internal static HttpConnections Shared => LazyShared.Value;

    /// <summary>Sends over a kept-alive connection where there is one.</summary>
    internal HttpMessageInvoker Kept => LazyInitializer.EnsureInitialized(ref _kept, Fresh);

    /// <summary>Sends over a connection of its own; the caller disposes of it.</summary>
    internal HttpMessageInvoker Fresh() => new(Handler());

    internal bool IsProxied(Uri url) => _proxy.GetProxy(url) is not null;

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Credentials = null,
        UseProxy = true,
        Proxy = _proxy,
        AutomaticDecompression = DecompressionMethods.None,
        // In KB. The bound is .NET's own default, written out because a header bomb depends on it.
        MaxResponseHeadersLength = 64,
        // A body that is too large isn't read on just to keep its connection.
        MaxResponseDrainSize = 0,
        // A name that moves to another address is noticed within a minute.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // No trace headers that the runbook didn't ask for.
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        SslOptions = CertificateCheck.Options(roots),
        ConnectCallback = (context, cancellation) =>
            dialer.DialAsync(context.DnsEndPoint, HopOf(context.InitialRequestMessage), cancellation),
        PlaintextStreamFilter = (context, _) =>
        {
            HopOf(context.InitialRequestMessage)?.Stage = Hop.WaitingForHeaders;
            return ValueTask.FromResult(context.PlaintextStream);
        },
    };

    private static Hop? HopOf(HttpRequestMessage message) => message.Options.TryGetValue(Hop.Key, out var hop) ? hop : null;
}
