using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Channels;

public sealed class FileChannelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private BoundChannel Bound => new("file", ChannelKind.File, "incidents.md") { Folder = _folder.Path };

    private string Path => System.IO.Path.Combine(_folder.Path, "incidents.md");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_grows_by_an_entry_a_notice()
    {
        Assert.Equal(SendState.Sent, (await Send.NoticeAsync(Bound)).State);
        Assert.Equal(SendState.Sent, (await Send.NoticeAsync(Bound, SampleNotices.Update(IncidentStatus.Resolved, 2))).State);
        Assert.Equal("""
            ## `Checkout is down`

            *Impact:* `checkout fails for 3 tenants`
            Next update in 30 minutes.

            `ARIS3 1.0.0 · SEV1 · Investigating · 2026-03-01T12:00:00Z · ARIS3-1.0.0/INC-1/1`

            <!-- releaseops:notice ARIS3-1.0.0%2FINC-1%2F1 -->

            ## `Checkout is down`

            *Impact:* `checkout fails for 3 tenants`
            Next update in 30 minutes.

            `ARIS3 1.0.0 · SEV1 · Resolved · 2026-03-01T12:00:00Z · ARIS3-1.0.0/INC-1/2`

            <!-- releaseops:notice ARIS3-1.0.0%2FINC-1%2F2 -->

            """, File.ReadAllText(Path));
    }

    [Fact]
    public async Task An_entry_that_is_there_is_not_written_again()
    {
        await Send.NoticeAsync(Bound);
        var before = File.ReadAllText(Path);
        Assert.True((await Send.NoticeAsync(Bound, mayBeThere: true)).WasThere);
        Assert.Equal(before, File.ReadAllText(Path));
        Assert.True(Send.To(Bound).Dedups);
    }

    [Fact]
    public async Task An_entry_that_was_cut_short_is_written_again()
    {
        await Send.NoticeAsync(Bound);
        for (var cut = 1; cut < 120; cut += 7)
        {
            var torn = File.ReadAllText(Path)[..^cut];
            File.WriteAllText(Path, torn);
            Assert.Equal(cut == 1, (await Send.NoticeAsync(Bound, mayBeThere: true)).WasThere);
            Assert.StartsWith(torn, File.ReadAllText(Path));
            File.WriteAllText(Path, "");
            await Send.NoticeAsync(Bound);
        }
    }

    [Fact]
    public async Task Keys_that_look_alike_are_not_the_same()
    {
        foreach (var thread in (string[])["a b", "a_b", "a%20b", "a/b", "a-->b"])
            Assert.False((await Send.NoticeAsync(Bound, SampleNotices.Update(thread: thread), mayBeThere: true)).WasThere);
    }

    [Fact]
    public async Task A_path_leads_where_the_runbook_says_and_its_folder_is_made()
    {
        var other = System.IO.Path.Combine(_folder.Path, "x", "y", "z.md");
        Assert.Equal(SendState.Sent, (await Send.NoticeAsync(Bound with { Address = other })).State);
        Assert.True(File.Exists(other));
        Assert.Equal(other, Send.To(Bound with { Address = "x/y/z.md" }).Preview(SampleNotices.Update(), null).Target);
    }

    [Fact]
    public async Task A_file_that_somebody_holds_is_for_later()
    {
        using var held = new FileStream(Path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(SendState.Later, (await Send.NoticeAsync(Bound)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x\0y")]
    [InlineData("/")]
    public async Task A_path_that_is_none_is_refused(string path) =>
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(Bound with { Address = path })).State);

    [Fact]
    public async Task A_path_that_is_a_folder_is_refused()
    {
        Directory.CreateDirectory(Path);
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(Bound)).State);
    }

    [Fact]
    public async Task A_file_that_grew_beyond_reading_is_refused()
    {
        using (var file = File.Create(Path))
            file.SetLength(FileChannel.Largest + 1);
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(Bound)).State);
    }

    [Fact]
    public async Task Writers_side_by_side_lose_nothing()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(async () =>
        {
            while ((await Send.NoticeAsync(Bound, SampleNotices.Update(number: n), mayBeThere: true)).State != SendState.Sent)
                await Task.Yield();
            return n;
        })));
        Assert.Equal(40, outcomes.Length);
        Assert.Equal(40, File.ReadLines(Path).Count(l => l.StartsWith("<!-- releaseops:notice", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_screen_that_is_not_there_refuses()
    {
        var bound = new BoundChannel("console", ChannelKind.Console, "screen") { Folder = "/" };
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(bound)).State);
        var shown = "";
        Assert.Equal(SendState.Sent, (await Send.To(bound, show: text => shown += text).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None)).State);
        Assert.Equal(Send.To(bound).Preview(SampleNotices.Update(), null).Body, shown);
    }
}
