using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Evidence;

/// <summary>A real browser without a window, started once for each page; all that it asks for goes to a proxy that only takes notes.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);
    private readonly List<string> _asked = [];

    public Chromium()
    {
        _proxy.Start();
        _ = TakeNotesAsync();
    }

    /// <summary>The first line of each request that reached the proxy: <c>GET http://e.example/x HTTP/1.1</c>.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    /// <summary>The document as it is once the page has loaded and its scripts have run.</summary>
    public string Dom(string html, bool dark = false) => Run(html, dark, "--dump-dom");

    /// <summary>A picture of the page, PNG.</summary>
    public byte[] Picture(string html, int width, int height, bool dark)
    {
        var picture = Path.Join(_folder.Path, "page.png");
        Run(html, dark, $"--window-size={width},{height}", "--screenshot=" + picture);
        return File.ReadAllBytes(picture);
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _folder.Dispose();
    }

    private string Run(string html, bool dark, params string[] more)
    {
        var start = new ProcessStartInfo(NeedsProgram.Require("chromium")) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + Path.Join(_folder.Path, "profile"),
            "--proxy-server=http://" + _proxy.LocalEndpoint, "--proxy-bypass-list=<-loopback>",
            "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1), .. more, "file://" + _folder.Write("page.html", html),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            Assert.True(process.WaitForExit(Patience), "chromium doesn't end");
            Assert.True(process.ExitCode == 0, errors.Result);
            return output.Result;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private async Task TakeNotesAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _proxy.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                var line = await reader.ReadLineAsync();
                lock (_asked)
                    _asked.Add(line ?? "");
                await client.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}
