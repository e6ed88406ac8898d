using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ReleaseOps.Benchmarks;

/// <summary>A real Prometheus with a history; gone when it is disposed of.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private readonly Process _process;

    private PrometheusServer(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>Starts one, and waits until it is ready; null where it or promtool isn't on the machine.</summary>
    public static PrometheusServer? Start(string work, string name, Action<TextWriter> history)
    {
        try
        {
            var (file, data, configuration) = (Path.Combine(work, name + ".om"), Path.Combine(work, name + ".data"), Path.Combine(work, name + ".prometheus.yml"));
            using (var text = new StreamWriter(file))
            {
                history(text);
                text.Write("# EOF\n");
            }
            File.WriteAllText(configuration, "global: {}\n");
            Directory.CreateDirectory(data);
            using (var import = Process.Start(new ProcessStartInfo("promtool", ["tsdb", "create-blocks-from", "openmetrics", file, data])
            { RedirectStandardOutput = true })!)
            {
                import.StandardOutput.ReadToEnd();
                import.WaitForExit();
            }
            var port = FreePort();
            var process = Process.Start(new ProcessStartInfo("prometheus",
            [
                $"--config.file={configuration}", $"--storage.tsdb.path={data}", $"--web.listen-address=127.0.0.1:{port}",
                "--storage.tsdb.retention.time=100y", "--log.level=error",
            ]))!;
            var server = new PrometheusServer(process, $"http://127.0.0.1:{port}");
            server.Wait();
            return server;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Wait()
    {
        using var http = new HttpClient();
        for (var tries = 0; tries < 1000; tries++)
        {
            try
            {
                using var ready = http.GetAsync(new Uri(Address + "/-/ready")).GetAwaiter().GetResult();
                if (ready.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            Thread.Sleep(10);
        }
        Dispose();
        throw new InvalidOperationException("Prometheus didn't get ready.");
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
