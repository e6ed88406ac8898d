using System.Net;
using System.Net.Sockets;

namespace ReleaseOps.Probes.Http;

/// <summary>
/// The edge to the network: resolves a name and connects to one of its addresses. The address is checked here, after the name was
/// resolved and just before it is connected to, so a name that answers differently the second time gets nowhere.
/// </summary>
internal class Dialer
{
    internal async ValueTask<Stream> DialAsync(DnsEndPoint place, Hop? hop, CancellationToken cancellation)
    {
        hop?.Stage = $"resolving {place.Host}";
        var addresses = IPAddress.TryParse(place.Host, out var written)
            ? [written]
            : await ResolveAsync(place.Host, cancellation).ConfigureAwait(false);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        // One bad address among good ones is refused as well: which of them is taken would be up to whoever answers for the name.
        foreach (var address in addresses)
            hop?.Check(address);
        for (var i = 0; ; i++)
        {
            try
            {
                hop?.Stage = $"connecting to {new IPEndPoint(addresses[i], place.Port)}";
                var stream = await ConnectAsync(new IPEndPoint(addresses[i], place.Port), cancellation).ConfigureAwait(false);
                hop?.Check(addresses[i]);
                hop?.Stage = hop.Url.Scheme == Uri.UriSchemeHttps ? "agreeing on TLS" : Hop.WaitingForHeaders;
                return stream;
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                // The next address may answer.
            }
        }
    }

    protected virtual Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        Dns.GetHostAddressesAsync(host, cancellation);

    protected virtual async ValueTask<Stream> ConnectAsync(IPEndPoint place, CancellationToken cancellation)
    {
        var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(place, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
