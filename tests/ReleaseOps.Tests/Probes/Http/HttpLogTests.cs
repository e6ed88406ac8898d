namespace ReleaseOps.Tests.Probes.Http;

public sealed class HttpLogTests
{
    [Fact]
    public async Task A_log_keeps_what_was_asked_and_answered_and_no_secret_header()
    {
        using var folder = new TemporaryFolder();
        await using var server = LoopbackServer.Ok("alive", moreHeaders: "Set-Cookie: sid=s3cret; Path=/\r\nX-Node: a\r\n");
        var look = Ask.Look(server.Url("/health?full=1")) with
        {
            Headers = new Dictionary<string, string>
            {
                ["Authorization"] = "Bearer s3cret",
                ["Cookie"] = "a=s3cret",
                ["X-Api-Key"] = "s3cret",
            },
        };
        var seen = await Ask.Async(look, LookContexts.Plain(logs: folder.Path));
        Assert.Equal("step_1.log", seen.Log);
        var log = File.ReadAllText(Path.Combine(folder.Path, "step_1.log"));
        Assert.Contains($"> GET {server.Url("/health?full=1")}\n", log, StringComparison.Ordinal);
        Assert.Contains("> Authorization: ***\n", log, StringComparison.Ordinal);
        Assert.Contains("< HTTP/1.1 200 OK\n", log, StringComparison.Ordinal);
        Assert.Contains("< X-Node: a\n", log, StringComparison.Ordinal);
        Assert.Contains("< Set-Cookie: sid=***; Path=/\n", log, StringComparison.Ordinal);
        Assert.Contains("\nalive\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_look_has_a_log_of_its_own()
    {
        using var folder = new TemporaryFolder();
        await using var server = LoopbackServer.Ok("x");
        var context = LookContexts.Plain(logs: Path.Combine(folder.Path, "logs"));
        var looks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ask.Async(server, context)));
        Assert.Equal(8, looks.Select(s => s.Log).Distinct().Count());
        Assert.All(looks, s => Assert.True(File.Exists(Path.Combine(folder.Path, "logs", s.Log!))));
    }

    [Fact]
    public async Task A_look_that_failed_says_so_in_its_log()
    {
        using var folder = new TemporaryFolder();
        var seen = await Ask.Async(Ask.Look(new Uri("http://nobody.test/")), LookContexts.Plain(logs: folder.Path));
        Assert.Contains("! / nobody.test: the name doesn't resolve", File.ReadAllText(Path.Combine(folder.Path, seen.Log!)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_body_in_a_log_is_bounded()
    {
        using var folder = new TemporaryFolder();
        await using var server = LoopbackServer.Ok(new string('x', 200_000));
        var seen = await Ask.Async(server, LookContexts.Plain(logs: folder.Path));
        var log = File.ReadAllText(Path.Combine(folder.Path, seen.Log!));
        Assert.InRange(log.Length, 64 * 1024, 66 * 1024);
        Assert.Contains("[134464 more characters were not kept]", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_logged_is_no_pass()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("logs", "a file where the folder should be");
        await using var server = LoopbackServer.Ok("x");
        var seen = await Ask.Async(server, LookContexts.Plain(logs: file));
        Assert.Equal(ErrorId.EvidenceUnwritable, seen.CouldNotTell);
        Assert.Null(seen.Log);
        Assert.StartsWith("the log could not be written: ", Assert.Single(seen.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd", "_.._etc_passwd.log")]
    [InlineData("..", "_.log")]
    [InlineData("a b/ü", "a_b__.log")]
    public async Task A_step_id_cannot_lead_a_log_elsewhere(string step, string name)
    {
        using var folder = new TemporaryFolder();
        await using var server = LoopbackServer.Ok("x");
        var seen = await Ask.Async(server, LookContexts.Plain(logs: folder.Path) with { Step = step });
        Assert.Equal(name, seen.Log);
        Assert.True(File.Exists(Path.Combine(folder.Path, name)));
    }
}
