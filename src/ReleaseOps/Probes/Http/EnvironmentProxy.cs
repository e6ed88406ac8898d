using System.Net;

namespace ReleaseOps.Probes.Http;

/// <summary>
/// The proxy that <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c> name, as companies expect. This machine
/// itself is never asked through one: the proxy's loopback isn't ours, and a probe of it would pass for the wrong machine.
/// </summary>
/// <param name="environment">The proxy of the environment.</param>
internal sealed class EnvironmentProxy(IWebProxy environment) : IWebProxy
{
    public ICredentials? Credentials { get => environment.Credentials; set => environment.Credentials = value; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : environment.GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        host.IsLoopback
        || host.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.IdnHost, out var address) && AddressReaches.Of(address) == AddressReach.Loopback)
        || environment.IsBypassed(host)
        || environment.GetProxy(host) is null;
}
