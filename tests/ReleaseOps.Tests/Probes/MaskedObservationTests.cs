using System.Text.Json;
using ReleaseOps.Probes;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Probes;

/// <summary>A service or a file that gives our own secret back must not get it into a report.</summary>
public sealed class MaskedObservationTests : IDisposable
{
    private const string Secret = "hunter2-hunter2";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_secret_that_a_service_echoes_is_hidden_in_values_detail_and_log()
    {
        await using var server = LoopbackServer.Answering(
            $"HTTP/1.1 200 {Secret}\r\nX-Echo: {Secret}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n",
            System.Text.Encoding.UTF8.GetBytes($"{{\"you sent\":\"{Secret}\",\"ok\":true}}"));
        var look = Ask.Look(server.Url($"/{Secret}?token={Secret}")) with { Headers = new Dictionary<string, string> { ["X-Token"] = Secret } };
        var seen = await Ask.Async(look, Context());
        Assert.True(Assert.IsType<JsonElement>(seen.Values["body"]).GetProperty("ok").GetBoolean());
        AssertHidden(seen);
        var log = File.ReadAllText(Path.Combine(_folder.Path, seen.Log!));
        Assert.Contains("***", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_a_failure_is_hidden()
    {
        await using var redirects = LoopbackServer.RedirectingTo($"ftp://{Secret}/");
        AssertHidden(await Ask.Async(Ask.Look(redirects.Url(), redirects: 1), Context()));
        AssertHidden(await Ask.Async(Ask.Look(new Uri($"http://{Secret}.test/")), Context()));
        await using var garbage = LoopbackServer.Answering($"{Secret}\r\n\r\n");
        AssertHidden(await Ask.Async(Ask.Look(garbage.Url()), Context()));
    }

    [Theory]
    [InlineData("m.json", FileKind.Document, "{\"a\":\"hunter2-hunter2\"}")]
    [InlineData("m.yaml", FileKind.Document, "hunter2-hunter2: [hunter2-hunter2]")]
    [InlineData("m.yaml", FileKind.Document, "hunter2-hunter2: 1\nhunter2-hunter2: 2")]
    [InlineData("r.xml", FileKind.JUnit, "<testsuite><testcase name='hunter2-hunter2'><failure/></testcase></testsuite>")]
    [InlineData("r.xml", FileKind.JUnit, "<hunter2-hunter2/>")]
    [InlineData("SHA256SUMS", FileKind.Checksums, "0000000000000000000000000000000000000000000000000000000000000000  hunter2-hunter2")]
    [InlineData("hunter2-hunter2.txt", FileKind.Facts, "x")]
    [InlineData("hunter2-hunter2.json", FileKind.Document, "{")]
    public async Task A_secret_in_a_file_is_hidden(string name, FileKind kind, string text) =>
        AssertHidden(await FileProbe.LookAsync(new FileLook(_folder.Write(name, text), kind), Context(), CancellationToken.None));

    [Fact]
    public async Task A_number_that_is_a_secret_is_hidden_too()
    {
        var context = Context() with { Mask = new SecretMask(["123456789"]) };
        var look = new FileLook(_folder.Write("m.yaml", "pin: 123456789"), FileKind.Document);
        var seen = await FileProbe.LookAsync(look, context, CancellationToken.None);
        Assert.Equal("***", ((IReadOnlyDictionary<string, object?>)seen.Values["doc"]!)["pin"]);
    }

    private LookContext Context() => LookContexts.Plain(logs: _folder.Path) with { Mask = new SecretMask([Secret]) };

    private static void AssertHidden(Observation seen)
    {
        var all = JsonSerializer.Serialize(seen.Values.Where(v => v.Value is not TimeSpan)) + seen.Detail + string.Concat(seen.Notes);
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
    }
}
