using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ReleaseOps.Cli.Tests;

public sealed class IntegrityTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_integrity_check_is_clean() =>
        Assert.EndsWith("14 steps: OK", _scratch.Run("runbook", "check", "aris3-integrity").With(0).Out.TrimEnd(), StringComparison.Ordinal);

    [Fact]
    public void A_database_that_is_down_is_a_hold_and_shows_no_password()
    {
        var ended = Cli.Run(_scratch.Folder,
            [Cli.Program, "checklist", "aris3-integrity", "--param", $"database=Host=127.0.0.1;Port={FreePort()};Database=aris3"],
            new() { ["ARIS3_DATABASE_PASSWORD"] = "Not-Shown-Anywhere" }).With(3);
        Assert.Contains("the connection was refused", ended.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Not-Shown", ended.Out + ended.Error + string.Concat(Directory
            .EnumerateFiles(_scratch.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    private static string FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
