using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Servers;

/// <summary>A real server program on a free port of loopback, in a folder of its own; gone when it is disposed of.</summary>
public abstract class RealServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    /// <summary>The folder that it keeps its things in.</summary>
    internal string Folder => _folder.Path;

    internal int Port { get; private set; }

    /// <summary>Its address, without a path.</summary>
    internal string Address => $"http://127.0.0.1:{Port}";

    /// <summary>A client for what tests do to the server themselves.</summary>
    internal HttpClient Http { get; } = new();

    internal Uri Url(string path) => new(Address + path);

    private protected abstract string Program { get; }

    private protected abstract string ReadyPath { get; }

    private protected abstract IEnumerable<string> Arguments();

    private protected string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Starts it, and waits until it says that it is ready.</summary>
    private protected async Task LaunchAsync()
    {
        // Another process may take the port between finding and using it; then another one is found.
        for (var tries = 0; !await TryStartAsync(); tries++)
            Assert.InRange(tries, 0, 4);
    }

    /// <summary>Ends it, as when its machine is gone; its port then refuses.</summary>
    internal async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again where it was, with what it remembers.</summary>
    internal async Task StartAgainAsync() =>
        Assert.True(await TryStartAsync(Port), $"{Program} couldn't be started again on port {Port}");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a tool to its end.</summary>
    private protected static async Task RunAsync(string program, params string[] arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(NeedsProgram.Require(program), arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"{program} ended with {tool.ExitCode}: {await errors}{await output}");
    }

    /// <summary>True where it says that it is ready.</summary>
    private protected virtual async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await Http.GetAsync(Url(ReadyPath))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> TryStartAsync(int? port = null)
    {
        Port = port ?? FreePort();
        _process = Process.Start(new ProcessStartInfo(NeedsProgram.Require(Program), Arguments())
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder })!;
        // Read all the time: a full pipe would stop it.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var waited = 0; waited < 1500 && !_process.HasExited; waited++)
        {
            if (await IsReadyAsync())
                return true;
            await Task.Delay(10);
        }
        await StopAsync();
        return false;
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
