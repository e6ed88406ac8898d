using System.Diagnostics;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Files;

public sealed class FileProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_facts_of_a_file_are_seen()
    {
        var path = Write("a.txt", "abc", TimeSpan.FromHours(2));
        var seen = await LookAsync(path);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(true, seen.Values["exists"]);
        Assert.Equal(3L, seen.Values["size"]);
        Assert.Equal(TimeSpan.FromHours(2), seen.Values["age"]);
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromHours(2), seen.Values["modified"]);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", seen.Values["sha256"]);
        Assert.Equal("a.txt: 3 bytes, modified 2h ago", seen.Detail);
        Assert.Equal(["age", "exists", "modified", "sha256", "size"], seen.Values.Keys.Order());
        Assert.Equal(5, seen.Values.Count);
    }

    [Fact]
    public async Task A_file_that_is_not_there_was_seen_not_to_be_there()
    {
        foreach (var path in new[] { "nothing", "no/folder/either" })
        {
            var seen = await LookAsync(Path.Combine(_folder.Path, path));
            Assert.Null(seen.CouldNotTell);
            Assert.Equal(false, Assert.Single(seen.Values).Value);
        }
    }

    [Fact]
    public async Task A_link_is_followed_and_one_that_leads_nowhere_is_no_file()
    {
        Write("a.txt", "abc", TimeSpan.Zero);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "good"), "a.txt");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "bad"), "b.txt");
        Assert.Equal(3L, (await LookAsync(Path.Combine(_folder.Path, "good"))).Values["size"]);
        Assert.Equal(false, (await LookAsync(Path.Combine(_folder.Path, "bad"))).Values["exists"]);
    }

    [Fact]
    public async Task A_link_to_itself_can_not_be_told()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "loop"), "loop");
        Assert.Equal(ErrorId.FileUnreadable, (await LookAsync(Path.Combine(_folder.Path, "loop"))).CouldNotTell);
    }

    [Fact]
    public async Task A_folder_is_not_a_file()
    {
        var seen = await LookAsync(_folder.Path);
        Assert.Equal(ErrorId.FileUnreadable, seen.CouldNotTell);
        Assert.EndsWith("is a folder, not a file", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_older_than_its_max_age_is_stale()
    {
        var path = Write("a.txt", "abc", TimeSpan.FromHours(25));
        Assert.Null((await LookAsync(path, TimeSpan.FromHours(25))).CouldNotTell);
        var seen = await LookAsync(path, TimeSpan.FromHours(24));
        Assert.Equal(ErrorId.Stale, seen.CouldNotTell);
        Assert.Equal("a.txt is 1d1h old; at most 1d is allowed", seen.Detail);
    }

    [Fact]
    public async Task A_file_from_the_future_has_no_age_to_be_judged()
    {
        var path = Write("a.txt", "abc", TimeSpan.FromMinutes(-5));
        var plain = await LookAsync(path);
        Assert.Null(plain.CouldNotTell);
        Assert.Equal("a.txt was modified 5m in the future", Assert.Single(plain.Notes));
        var seen = await LookAsync(path, TimeSpan.FromDays(1));
        Assert.Equal(ErrorId.Stale, seen.CouldNotTell);
        Assert.Contains("5m in the future", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clocks_may_differ_by_seconds() =>
        Assert.Null((await LookAsync(Write("a.txt", "abc", TimeSpan.FromSeconds(-30)), TimeSpan.FromDays(1))).CouldNotTell);

    [Fact]
    public async Task The_digest_is_of_the_file_that_was_looked_at_or_missing()
    {
        var path = Write("a.txt", "abc", TimeSpan.FromHours(2));
        var seen = await LookAsync(path);
        File.WriteAllText(path, "xyz");
        Assert.False(seen.Values.TryGetValue("sha256", out _));
        Assert.Equal(4, seen.Values.Count);
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        var path = Path.Combine(_folder.Path, "pipe");
        using (var mkfifo = Process.Start("mkfifo", [path]))
            await mkfifo.WaitForExitAsync();
        Assert.Equal(0L, (await LookAsync(path)).Values["size"]);
        foreach (var kind in new[] { FileKind.Checksums, FileKind.Document, FileKind.JUnit })
            Assert.Equal(ErrorId.BadDocument, (await LookAsync(path, kind: kind)).CouldNotTell);
    }

    [Fact]
    public async Task A_file_that_must_be_read_and_is_not_there_is_unreadable()
    {
        foreach (var kind in new[] { FileKind.Checksums, FileKind.Document, FileKind.JUnit })
        {
            var seen = await LookAsync(Path.Combine(_folder.Path, "no.json"), kind: kind);
            Assert.Equal(ErrorId.FileUnreadable, seen.CouldNotTell);
            Assert.EndsWith("no.json isn't there", seen.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Documents_and_test_results_grow_stale_too()
    {
        var path = Write("a.json", "{}", TimeSpan.FromHours(2));
        foreach (var kind in new[] { FileKind.Document, FileKind.JUnit })
            Assert.Equal(ErrorId.Stale, (await LookAsync(path, TimeSpan.FromHours(1), kind)).CouldNotTell);
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_result()
    {
        var path = Write("a.txt", "abc", TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            FileProbe.LookAsync(new FileLook(path, FileKind.Facts), LookContexts.Plain(_clock), new CancellationToken(canceled: true)));
    }

    private string Write(string name, string text, TimeSpan age)
    {
        var path = _folder.Write(name, text);
        File.SetLastWriteTimeUtc(path, (_clock.GetUtcNow() - age).UtcDateTime);
        return path;
    }

    private Task<Observation> LookAsync(string path, TimeSpan? maxAge = null, FileKind kind = FileKind.Facts) =>
        FileProbe.LookAsync(new FileLook(path, kind) { MaxAge = maxAge }, LookContexts.Plain(_clock), CancellationToken.None);
}
