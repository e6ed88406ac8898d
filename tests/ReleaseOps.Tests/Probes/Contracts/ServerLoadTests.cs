using System.Text;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Probes.Contracts;

public sealed class ServerLoadTests
{
    private static LoopbackServer Serving(params (string Path, string Body)[] files) => new(async (stream, server, cancellation) =>
    {
        var path = (await server.ReadRequestAsync(stream, cancellation)).Split(' ')[1];
        var body = files.FirstOrDefault(f => f.Path == path).Body;
        if (body is null or ['3' or '4' or '5', _, _, ' ', ..])
            await LoopbackServer.AnswerAsync(stream, body ?? "404 Not Found", cancellation);
        else
            await stream.WriteAsync(Encoding.UTF8.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), cancellation);
    });

    private static Task<ReleaseOps.Contracts.ApiDocument> LoadAsync(string url) => Loading.LoadAsync(url, "/");

    [Fact]
    public async Task Other_files_come_from_the_same_server()
    {
        await using var server = Serving(("/v1/api.yaml?key=geheim", Loading.Main), ("/v1/common/pets.yaml", "Pet: pet"));
        var document = await LoadAsync(server.Url("/v1/api.yaml") + "?key=geheim");
        var pet = Loading.X(document, out _)!;
        Assert.Equal("pet", pet.Text);
        Assert.Equal($"http://127.0.0.1:{server.Port}/v1/common/pets.yaml:1:6", document.PlaceOf(pet).ToString());
        Assert.Equal($"http://127.0.0.1:{server.Port}/v1/api.yaml", document.Name);
    }

    [Fact]
    public async Task References_are_relative_to_where_a_redirect_led()
    {
        await using var there = Serving(("/deep/api.yaml", Loading.Main), ("/deep/common/pets.yaml", "Pet: pet"));
        await using var here = Serving(("/api.yaml", $"302 Found\r\nLocation: {there.Url("/deep/api.yaml")}"));
        var url = here.Url("/api.yaml").AbsoluteUri.Replace("http://", "http://ann:geheim@", StringComparison.Ordinal);
        Assert.Equal("pet", Loading.X(await LoadAsync(url), out _)!.Text);
        Assert.Contains("Authorization: Basic YW5uOmdlaGVpbQ==", here.Requests.Single(), StringComparison.OrdinalIgnoreCase);
        Assert.All(there.Requests, r => Assert.DoesNotContain("Authorization", r, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x.yaml", ErrorId.PathOutside, "leads to another server")]
    [InlineData("//example.org/x.yaml", ErrorId.PathOutside, "leads to another server")]
    [InlineData("file:///etc/passwd", ErrorId.PathOutside, "leads to another server")]
    [InlineData("missing.yaml", ErrorId.FileUnreadable, "/missing.yaml answered with status 404, not 200")]
    public async Task What_another_server_or_nobody_has_cannot_be_told(string reference, ErrorId reason, string why)
    {
        await using var server = Serving(("/api.yaml", $"openapi: 3.0.3\nx: {{ $ref: '{reference}' }}\n"));
        var untold = Loading.Untold(await LoadAsync(server.Url("/api.yaml").AbsoluteUri));
        Assert.Equal(reason, untold.Reason);
        Assert.EndsWith(why, untold.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401 Unauthorized", ErrorId.AccessDenied)]
    [InlineData("404 Not Found", ErrorId.FileUnreadable)]
    [InlineData("503 Service Unavailable", ErrorId.ServerFailed)]
    [InlineData("302 Found\r\nLocation: file:///etc/passwd", ErrorId.RedirectRefused)]
    public async Task An_answer_without_a_description_is_an_error_that_shows_no_login(string answer, ErrorId id)
    {
        await using var server = Serving(("/api.yaml?key=geheim", answer));
        var refused = await Loading.RefusalAsync($"http://ann:geheim@127.0.0.1:{server.Port}/api.yaml?key=geheim", "/");
        Assert.Equal(id, refused.Id);
        Assert.DoesNotContain("geheim", refused.Message + refused.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_an_error()
    {
        var server = Serving();
        var url = server.Url("/api.yaml").AbsoluteUri;
        await server.DisposeAsync();
        Assert.Equal(ErrorId.Unreachable, (await Loading.RefusalAsync(url, "/")).Id);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_left_at_the_deadline()
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var context = LookContexts.Plain() with { Timeout = TimeSpan.FromMilliseconds(200) };
        var refused = await Assert.ThrowsAsync<ReleaseOpsException>(() => ReleaseOps.Probes.Contracts.ApiDocumentLoader.LoadAsync(
            server.Url("/api.yaml").AbsoluteUri, "/", context, LoopbackDialer.Direct(), CancellationToken.None));
        Assert.Equal(ErrorId.TimedOut, refused.Id);
    }
}
