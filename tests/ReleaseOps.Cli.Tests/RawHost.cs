using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>A host on loopback that answers the n-th connection with these very bytes; null is no answer at all.</summary>
internal sealed class RawHost : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _silent = [];

    public RawHost(Func<int, string?> answer)
    {
        _listener.Start();
        _ = ServeAsync(answer);
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public int Asked { get; private set; }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_silent)
            _silent.ForEach(c => c.Dispose());
    }

    private async Task ServeAsync(Func<int, string?> answer)
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.AcceptTcpClientAsync(), answer(++Asked));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, string? answer)
    {
        if (answer is null)
        {
            lock (_silent)
                _silent.Add(client);
            return;
        }
        using (client)
        {
            var stream = client.GetStream();
            var request = new byte[16 * 1024];
            for (var length = 0; !request.AsSpan(0, length).EndsWith("\r\n\r\n"u8);)
            {
                var read = await stream.ReadAsync(request.AsMemory(length));
                if (read == 0)
                    return;
                length += read;
            }
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
    }
}

/// <summary>A test that mounts a small disk of its own, which some sandboxes forbid, and may need programs besides.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsUserNamespaceAttribute : FactAttribute
{
    public NeedsUserNamespaceAttribute(params string[] programs)
    {
        Programs = programs;
        if (new NeedsProgramAttribute(programs).Skip is { } absent)
            Skip = absent;
        else if (NeedsProgram.Find("unshare") is null)
            Skip = "needs unshare, which isn't on this machine";
        else if (!MayMount())
            Skip = "needs a user namespace that may mount (unshare -Urm), which this sandbox forbids";
    }

    public IReadOnlyList<string> Programs { get; }

    private static bool MayMount()
    {
        using var trial = Process.Start(new ProcessStartInfo("unshare", ["-Urm", "mount", "-t", "tmpfs", "-o", "size=16k", "none", "/mnt"])
        {
            RedirectStandardError = true,
        })!;
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}
