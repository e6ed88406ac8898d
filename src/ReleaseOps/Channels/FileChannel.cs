using System.Text;
using ReleaseOps.Ledger;

namespace ReleaseOps.Channels;

/// <summary>
/// A Markdown file that grows by an entry a notice; what it says it has is on the disk. An entry ends in a comment with the notice's
/// key, so one that is there, whole, is known again.
/// </summary>
/// <param name="bound">The channel; its address is a path, from the release's evidence folder where it is relative.</param>
/// <param name="mask">Hides secrets.</param>
internal sealed class FileChannel(BoundChannel bound, SecretMask mask) : IChannel
{
    /// <summary>The largest file that still grows, in bytes: 64 MiB, more than anybody reads.</summary>
    internal const long Largest = 64L << 20;

    public string Name => bound.Name;

    public bool Dedups => true;

    public TimeSpan Pace => bound.Pace ?? TimeSpan.Zero;

    public ChannelRequest Preview(Notice notice, string? remote) => new(Name, "APPEND", mask.Apply(Located()), Entry(notice));

    public async Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var written = false;
        try
        {
            notice.NeedWhole(Name);
            var path = Located();
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            // Nobody else writes meanwhile; who reads without asking, as people do, still may.
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (file.Length > Largest)
                return new SendOutcome(SendState.Refused, "the file is larger than 64 MiB: move it away");
            if (mayBeThere && await HasAsync(file, Marker(notice), cancellation).ConfigureAwait(false))
                return new SendOutcome(SendState.Sent, "it is there already") { WasThere = true };
            var begins = Begins(file);
            file.Seek(0, SeekOrigin.End);
            written = true;
            await file.WriteAsync(Encoding.UTF8.GetBytes(begins + Entry(notice)), CancellationToken.None).ConfigureAwait(false);
            DurableFile.Flush(file.SafeFileHandle);
            DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
            return new SendOutcome(SendState.Sent, "written");
        }
        catch (ReleaseOpsException refusal) when (refusal.Id == ErrorId.NoticeRefused)
        {
            return refusal.Outcome();
        }
        catch (UnauthorizedAccessException e)
        {
            return new SendOutcome(SendState.Refused, Probes.OutsideText.OneLine(e.Message, mask));
        }
        catch (IOException e)
        {
            return new SendOutcome(written ? SendState.Unclear : SendState.Later, Probes.OutsideText.OneLine(e.Message, mask));
        }
    }

    private string Located()
    {
        var path = bound.Address;
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal) || Path.EndsInDirectorySeparator(path))
            throw NoticeRules.Refused(Name, $"the path of channel {Name} can't be one", "Correct the channel.");
        return Path.GetFullPath(path, Path.GetFullPath(bound.Folder));
    }

    private string Entry(Notice notice) => MarkdownNotice.Entry(notice.Masked(mask)) + "\n" + Marker(notice) + "\n";

    // Nothing in it can end the comment, and no two keys have one marker.
    private static string Marker(Notice notice) => $"<!-- releaseops:notice {Uri.EscapeDataString(notice.Key)} -->";

    private static async Task<bool> HasAsync(FileStream file, string marker, CancellationToken cancellation)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line == marker)
                return true;
        }
        return false;
    }

    // An entry that was cut short doesn't swallow the next one's heading.
    private static string Begins(FileStream file)
    {
        if (file.Length == 0)
            return "";
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n' ? "\n" : "\n\n";
    }
}
