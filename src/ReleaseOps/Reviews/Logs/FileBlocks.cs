using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// The blocks of a file: block n has the lines that begin in bytes [n x size, (n + 1) x size). So each worker finds its lines for itself, and a block
/// has the same lines whoever reads it, and however long the file has become since. The file is read up to the length that it has at the start.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="length">How much of it is read.</param>
/// <param name="source">Which source it is.</param>
/// <param name="options">Sizes.</param>
/// <param name="wanted">The blocks that are read, in order, and how their lines are known to be written; null for all.</param>
internal sealed class FileBlocks(
    SafeFileHandle file, long length, int source, LogReadOptions options, IReadOnlyList<(int Number, LineForm Form)>? wanted = null) : LogBlocks
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    private int _next = -1;
    private long _read;

    /// <summary>How many blocks a file of a length has.</summary>
    internal static int Count(long length, int blockBytes) => checked((int)((length + blockBytes - 1) / blockBytes));

    /// <inheritdoc/>
    internal override long BytesRead => Interlocked.Read(ref _read);

    /// <inheritdoc/>
    internal override bool Next(LogBlock block, CancellationToken cancellation)
    {
        var nth = Interlocked.Increment(ref _next);
        if (nth >= (wanted?.Count ?? Count(length, options.BlockBytes)))
            return false;
        var (number, form) = wanted?[nth] ?? (nth, LineForm.Any);
        block.Clear(source, number);
        block.Form = form;
        Fill(block, cancellation);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => file.Dispose();

    private void Fill(LogBlock block, CancellationToken cancellation)
    {
        var from = (long)block.Number * options.BlockBytes;
        // The byte before tells whether a line begins with the first one.
        var lead = from == 0 ? 0 : 1;
        var start = from - lead;
        var size = (int)Math.Min(options.BlockBytes, length - from);
        var have = Read(block, start, 0, lead + size + options.AheadBytes);
        var limit = Math.Min(lead + size, have);
        Interlocked.Add(ref _read, size);
        if (have <= lead)
            return;
        block.Start = block.End = FirstLine(block.Buffer.AsSpan(0, have), lead);
        if (block.Start >= limit)
            return;
        var end = LineEnd(block.Buffer.AsSpan(0, have), limit - 1);
        var last = end == limit - 1 ? limit : LastLine(block, limit);
        while (end < 0 && have - last <= options.LongestLine && start + have < length)
        {
            cancellation.ThrowIfCancellationRequested();
            var more = Read(block, start, have, Math.Min(have * 2, last + options.LongestLine + 1));
            if (more == have)
                break;
            end = LineEnd(block.Buffer.AsSpan(0, more), have);
            have = more;
        }
        if ((end < 0 ? have : end) - last > options.LongestLine)
        {
            block.End = last;
            block.Long = ReadLong(start + last, cancellation);
            return;
        }
        block.OpenEnd = end < 0;
        if (end < 0)
            block.Buffer[have] = (byte)'\n';
        block.End = end < 0 ? have : end + 1;
    }

    // A line end right before, and not its first half.
    private static int FirstLine(ReadOnlySpan<byte> bytes, int lead)
    {
        if (lead == 0)
            return bytes.StartsWith(Bom) ? Bom.Length : 0;
        var end = bytes[0] is (byte)'\n' or (byte)'\r' ? 0 : LineEnd(bytes, lead);
        if (end < 0)
            return bytes.Length;
        return bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2 : end + 1;
    }

    private static int LastLine(LogBlock block, int limit)
    {
        var end = block.Buffer.AsSpan(block.Start, limit - block.Start).LastIndexOfAny((byte)'\n', (byte)'\r');
        return block.Start + end + 1;
    }

    private int Read(LogBlock block, long start, int have, int want)
    {
        want = (int)Math.Min(want, length - start);
        block.Reserve(want + 1, have);
        while (have < want)
        {
            var read = RandomAccess.Read(file, block.Buffer.AsSpan(have, want - have), start + have);
            if (read == 0)
                break;
            have += read;
        }
        return have;
    }

    private LongLine ReadLong(long at, CancellationToken cancellation)
    {
        var line = new LongLine();
        var chunk = new byte[LongLine.ChunkBytes];
        while (at < length)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, chunk.AsSpan(0, (int)Math.Min(chunk.Length, length - at)), at);
            if (read == 0 || line.Take(chunk.AsSpan(0, read)) < read)
                return line.Closed(open: read == 0);
            at += read;
        }
        return line.Closed(open: true);
    }
}
