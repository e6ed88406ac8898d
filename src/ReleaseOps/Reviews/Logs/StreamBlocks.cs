namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// The blocks of what can only be read from its beginning to its end: standard input, a packed file. One worker reads (and unpacks) the next block
/// while the other ones look at theirs.
/// </summary>
/// <param name="stream">The bytes, unpacked.</param>
/// <param name="source">Which source it is.</param>
/// <param name="options">Sizes.</param>
/// <param name="bytesRead">How many bytes of the source itself have been read.</param>
/// <param name="problem">Why the bytes aren't all that there should be; null where nothing is wrong so far.</param>
/// <param name="owned">What is closed at the end.</param>
internal sealed class StreamBlocks(
    Stream stream, int source, LogReadOptions options, Func<long> bytesRead, Func<string?> problem, IReadOnlyList<IDisposable> owned) : LogBlocks
{
    private readonly Lock _lock = new();
    private byte[] _rest = [];
    private int _number;
    private bool _ended;
    private bool _afterReturn;

    /// <inheritdoc/>
    internal override long BytesRead => bytesRead();

    /// <inheritdoc/>
    internal override string? Problem => problem();

    /// <inheritdoc/>
    internal override bool Next(LogBlock block, CancellationToken cancellation)
    {
        lock (_lock)
        {
            block.Clear(source, _number);
            if (_ended && _rest.Length == 0)
                return false;
            Fill(block, cancellation);
            _number++;
            return true;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var one in owned)
            one.Dispose();
    }

    private void Fill(LogBlock block, CancellationToken cancellation)
    {
        var have = _rest.Length;
        block.Reserve(Math.Max(options.BlockBytes, have) + 1, 0);
        _rest.CopyTo(block.Buffer, 0);
        _rest = [];
        have = Read(block, have, Math.Max(options.BlockBytes, have + 1), cancellation);
        if (_afterReturn && have > 0 && block.Buffer[0] == '\n')
            block.Start = 1;
        _afterReturn = false;
        if (_number == 0 && block.Buffer.AsSpan(0, have).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            block.Start = 3;
        var end = LastEnd(block, have);
        while (end < 0 && !_ended && have - block.Start <= options.LongestLine)
        {
            var before = have;
            have = Read(block, have, Math.Min(have * 2, block.Start + options.LongestLine + 1), cancellation);
            end = LineEnd(block.Buffer.AsSpan(0, have), before);
        }
        if (end < 0 && have - block.Start > options.LongestLine)
        {
            block.Long = ReadLong(block, have, cancellation);
            block.End = block.Start;
            return;
        }
        if (end < 0)
        {
            block.OpenEnd = have > block.Start;
            block.Buffer[have] = (byte)'\n';
            block.End = have;
            return;
        }
        block.End = end + 1;
        _afterReturn = block.Buffer[end] == '\r' && block.End == have;
        var next = block.Buffer[end] == '\r' && block.End < have && block.Buffer[block.End] == '\n' ? block.End + 1 : block.End;
        _rest = block.Buffer.AsSpan(next, have - next).ToArray();
    }

    private static int LastEnd(LogBlock block, int have)
    {
        var end = block.Buffer.AsSpan(block.Start, have - block.Start).LastIndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? -1 : block.Start + end;
    }

    private int Read(LogBlock block, int have, int want, CancellationToken cancellation)
    {
        block.Reserve(want + 1, have);
        while (have < want && !_ended)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(block.Buffer.AsSpan(have, want - have));
            _ended = read == 0;
            have += read;
        }
        return have;
    }

    private LongLine ReadLong(LogBlock block, int have, CancellationToken cancellation)
    {
        var line = new LongLine();
        var bytes = block.Buffer.AsSpan(block.Start, have - block.Start).ToArray();
        var taken = line.Take(bytes);
        var chunk = new byte[LongLine.ChunkBytes];
        while (taken == bytes.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = _ended ? 0 : stream.Read(chunk);
            if (read == 0)
            {
                _ended = true;
                return line.Closed(open: true);
            }
            bytes = chunk[..read];
            taken = line.Take(bytes);
        }
        var next = bytes[taken] == '\r' && taken + 1 < bytes.Length && bytes[taken + 1] == '\n' ? taken + 2 : taken + 1;
        _afterReturn = bytes[taken] == '\r' && taken + 1 == bytes.Length;
        _rest = bytes[next..];
        return line.Closed(open: false);
    }
}
