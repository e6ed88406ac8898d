using System.Collections.Concurrent;
using System.Net;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Tests.Probes.Http;

/// <summary>
/// Names resolve to whatever addresses a test gives them, and connections to any of those end on the same port of 127.0.0.1. Nothing ever
/// leaves this machine: an address that no test gave away and that isn't loopback is an error.
/// </summary>
internal sealed class LoopbackDialer : Dialer
{
    private readonly Dictionary<string, Queue<IPAddress[]>> _names = [];
    private readonly HashSet<IPAddress> _pretended = [];

    /// <summary>The addresses that were connected to.</summary>
    internal ConcurrentQueue<IPEndPoint> Connected { get; } = new();

    /// <summary>Is told when the client has taken this many bytes in all and asks for more.</summary>
    internal (long Bytes, TaskCompletionSource Reached)? Awaited { get; init; }

    /// <summary>Gives a name its answers: the first lookup gets the first, the last one is for all later lookups.</summary>
    internal LoopbackDialer Name(string name, params string[][] answers)
    {
        _names[name] = new Queue<IPAddress[]>(answers.Select(a => a.Select(IPAddress.Parse).ToArray()));
        foreach (var address in answers.SelectMany(a => a))
            _pretended.Add(IPAddress.Parse(address));
        return this;
    }

    internal HttpConnections Connections(IWebProxy? proxy = null,
        System.Security.Cryptography.X509Certificates.X509Certificate2Collection? roots = null) =>
        new(this, proxy ?? new FixedProxy(null), roots);

    internal static HttpConnections Direct() => new LoopbackDialer().Connections();

    protected override Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (host == "localhost")
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        var answers = _names.TryGetValue(host, out var found) ? found
            : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound);
        return Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
    }

    protected override async ValueTask<Stream> ConnectAsync(IPEndPoint place, CancellationToken cancellation)
    {
        Connected.Enqueue(place);
        var isPretended = _pretended.Contains(place.Address);
        Assert.True(isPretended || IPAddress.IsLoopback(place.Address), $"a test tried to leave this machine: {place}");
        var stream = await base.ConnectAsync(new IPEndPoint(IPAddress.Loopback, place.Port), cancellation);
        return Awaited is { } awaited ? new WatchedStream(stream, awaited.Bytes, awaited.Reached) : stream;
    }
}

/// <summary>One proxy for all URLs; null for none.</summary>
internal sealed class FixedProxy(Uri? proxy) : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => proxy;

    public bool IsBypassed(Uri host) => proxy is null;
}

/// <summary>Tells when its reader has taken a number of bytes and wants more.</summary>
internal sealed class WatchedStream(Stream inner, long bytes, TaskCompletionSource reached) : Stream
{
    private long _taken;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_taken >= bytes)
            reached.TrySetResult();
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _taken += read;
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    public override void Flush() => inner.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
