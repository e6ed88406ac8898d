using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;

namespace ReleaseOps.Tests.Probes.Git;

public class DiffReaderTests
{
    private const string Old = "1111111111111111111111111111111111111111";
    private const string New = "2222222222222222222222222222222222222222";
    private const string Record = $":100644 100644 {Old} {New} M\0";
    private const string Head = $"diff --git a/x b/x\nindex {Old}..{New} 100644\n--- a/x\n+++ b/x\n";

    [Fact]
    public void A_cut_at_any_byte_loses_no_file_and_takes_no_patch_for_whole_that_is_not()
    {
        const string hunk = "@@ -1 +1 @@\n-1\n+2\n";
        var whole = $"{Record}a\0{Record}b\0\0{Head}{hunk}@@ -9 +9 @@ x\n-1\n\\ No newline at end of file\n+2\n{Head}{hunk}";
        var files = DiffReader.Read(Encoding.UTF8.GetBytes(whole));
        Assert.Equal([(2, 2, null), (1, 1, null)], files.Select(f => (f.Added.Count, f.Removed.Count, f.Unread)));
        for (var length = whole.IndexOf("\0\0", StringComparison.Ordinal) + 1; length < whole.Length; length++)
        {
            var seen = DiffReader.Read(Encoding.UTF8.GetBytes(whole[..length]), "too large");
            Assert.Equal(["a", "b"], seen.Select(f => f.Path));
            Assert.True(seen[0].Unread == "too large" || seen[0].Added.Count == 2, $"cut at {length}");
            Assert.Equal("too large", seen[1].Unread);
        }
    }

    [Theory]
    [InlineData($"{Record}a\0\0")]
    [InlineData($"{Record}a\0\0{Head}@@ -1 +1 @@\n-1\n")]
    [InlineData($"{Record}a\0\0{Head}@@ -1 +1 @@\n-1\n-1\n+2\n")]
    [InlineData($"{Record}a\0\0{Head}@@@ -1 +1 +1 @@@\n-1\n+2\n")]
    [InlineData($"{Record}a\0\0{Head}")]
    [InlineData($"{Record}a\0\0{Head}-1\n+2\n")]
    [InlineData($"{Record}a\0\0diff --git a/x b/x\nindex {New}..{Old}\n")]
    [InlineData($"{Record}a\0\0{Head}@@ -1 +1 @@\n-1\n+2\n{Head}@@ -1 +1 @@\n-1\n+2\n")]
    [InlineData($"{Record}a\0x{Head}")]
    [InlineData($"{Record}a")]
    [InlineData(":100644 100644 1 2 U\0a\0")]
    [InlineData("warning: something\n")]
    public void What_is_not_of_the_format_is_refused(string said) =>
        Assert.Equal(ErrorId.GitFailed, Assert.Throws<CouldNotTellException>(() => DiffReader.Read(Encoding.UTF8.GetBytes(said))).Id);

    [NeedsProgram("git")]
    public void What_was_removed_and_added_makes_the_old_text_the_new_one()
    {
        using var git = new GitRepository();
        var line = Gen.Elements("", "a", "b", "-", "+", " ", "@@ -1 +1 @@", "diff --git a/x b/x", "\\ x", "é", "\t", "index 1..2");
        var text = Gen.ArrayOf(line).Resize(12);
        Prop.ForAll(Arb.From(text.Zip(text)), pair =>
        {
            var (before, after) = (Text(pair.Item1), Text(pair.Item2));
            var (old, now) = (Tree(git, before), Tree(git, after));
            var change = DiffReader.Read(Said(git, old, now));
            var seen = Applied(Lines(before), change.SingleOrDefault());
            Assert.Equal(Lines(after), seen);
        }).QuickCheckThrowOnFailure();
    }

    // An empty last line is a text that ends in a newline; the others end without.
    private static string Text(string[] lines) => string.Join('\n', lines);

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static string[] Applied(string[] old, ChangedFile? change)
    {
        if (change is null)
            return old;
        foreach (var removed in change.Removed)
            Assert.Equal(old[removed.Number - 1], removed.Text);
        var gone = change.Removed.Select(l => l.Number).ToHashSet();
        var kept = new Queue<string>(old.Where((_, index) => !gone.Contains(index + 1)));
        var come = change.Added.ToDictionary(l => l.Number, l => l.Text);
        return [.. Enumerable.Range(1, kept.Count + come.Count).Select(n => come.TryGetValue(n, out var text) ? text : kept.Dequeue())];
    }

    private static string Tree(GitRepository git, string text)
    {
        var blob = git.GitWith(Encoding.UTF8.GetBytes(text), "hash-object", "-w", "--stdin");
        return git.GitWith(Encoding.UTF8.GetBytes($"100644 blob {blob}\tx\n"), "mktree");
    }

    private static byte[] Said(GitRepository git, string old, string now) =>
        new GitProgram(git.Path, SecretMask.None).AskAsync([.. GitChanges.Patches, old, now, "--"], 1 << 20, CancellationToken.None)
            .GetAwaiter().GetResult().Bytes.ToArray();
}
