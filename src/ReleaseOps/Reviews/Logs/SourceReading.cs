using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Opens sources, and remembers what is known of their blocks.</summary>
internal sealed class SourceReading : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<BlockFacts?> _facts = [];

    private SourceReading(LogSource source, LogBlocks blocks) => (Source, Blocks) = (source, blocks);

    /// <summary>The source.</summary>
    internal LogSource Source { get; }

    /// <summary>Its blocks.</summary>
    internal LogBlocks Blocks { get; private set; }

    /// <summary>Its index; null where none is kept.</summary>
    internal DayIndexFile? Index { get; private set; }

    /// <summary>The faults that its index has of blocks that weren't read.</summary>
    internal IReadOnlyList<LogFault> KnownFaults { get; private set; } = [];

    /// <summary>How many blocks its index knew.</summary>
    internal int KnownBlocks { get; private set; }

    /// <summary>What is known of its blocks, in order. All that there are have been read, or were known before.</summary>
    internal IReadOnlyList<BlockFacts> Facts => _facts!;

    /// <summary>Opens a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="number">Which one it is, from 0.</param>
    /// <param name="rules">The day.</param>
    /// <param name="options">Sizes, and whether an index is kept.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable: it can't be opened.</exception>
    internal static SourceReading Open(LogSource source, int number, DayRules rules, LogReadOptions options)
    {
        if (source.Stream is { } stream)
            return new SourceReading(source, Unpacked(new CountedStream(stream), number, options, []));
        try
        {
            return OpenFile(source, number, rules, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReleaseOpsException(ErrorId.FileUnreadable, $"the event log {source.Name} can't be read: {e.Message}",
                "give the path of a file that is there and may be read", source.Name, e);
        }
    }

    /// <summary>Notes what is known of a block.</summary>
    internal void Note(int block, BlockFacts facts)
    {
        lock (_lock)
        {
            while (_facts.Count <= block)
                _facts.Add(null);
            _facts[block] = facts;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Blocks.Dispose();

    private static SourceReading OpenFile(LogSource source, int number, DayRules rules, LogReadOptions options)
    {
        var file = File.OpenHandle(source.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!CanSeek(file))
        {
            var pipe = new FileStream(file, FileAccess.Read, 0);
            return new SourceReading(source, Unpacked(new CountedStream(pipe), number, options, [pipe]));
        }
        var length = RandomAccess.GetLength(file);
        Span<byte> magic = stackalloc byte[2];
        if (RandomAccess.Read(file, magic, 0) == 2 && IsPacked(magic))
        {
            var packed = new FileStream(file, FileAccess.Read, 0);
            return new SourceReading(source, Unpacked(new CountedStream(packed), number, options, [packed]));
        }
        var reading = new SourceReading(source, new FileBlocks(file, length, number, options));
        if (options.Index)
            reading.UseIndex(file, length, number, rules, options);
        return reading;
    }

    private void UseIndex(SafeFileHandle file, long length, int number, DayRules rules, LogReadOptions options)
    {
        Index = new DayIndexFile(Source.Name, file, length, options);
        var known = Index.Read();
        if (known is null)
            return;
        KnownBlocks = known.Blocks.Count;
        var unread = new List<(int Number, LineForm Form)>();
        for (var block = 0; block < FileBlocks.Count(length, options.BlockBytes); block++)
        {
            var facts = block < known.Blocks.Count ? known.Blocks[block] : null;
            var isRead = facts?.MayHold(rules.Span) != false;
            if (isRead)
                unread.Add((block, facts?.Form ?? LineForm.Any));
            _facts.Add(isRead ? null : facts);
        }
        KnownFaults = [.. known.Faults.Where(f => !known.Blocks[f.Place.Block].MayHold(rules.Span))
            .Select(f => f with { Place = LinePlace.Of(number, f.Place.Block, f.Place.Line) })];
        Blocks = new FileBlocks(file, length, number, options, unread);
    }

    private static bool CanSeek(SafeFileHandle file)
    {
        try
        {
            RandomAccess.GetLength(file);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>RFC 1952, 2.3.1.</summary>
    private static bool IsPacked(ReadOnlySpan<byte> start) => start[0] == 0x1F && start[1] == 0x8B;

    private static StreamBlocks Unpacked(CountedStream counted, int number, LogReadOptions options, IReadOnlyList<IDisposable> owned)
    {
        var start = counted.Peek(2);
        if (start.Length < 2 || !IsPacked(start))
            return new StreamBlocks(counted, number, options, () => counted.Count, () => null, owned);
        var unpacked = new PackedStream(counted);
        return new StreamBlocks(unpacked, number, options, () => counted.Count, () => unpacked.Problem, [unpacked, .. owned]);
    }
}
