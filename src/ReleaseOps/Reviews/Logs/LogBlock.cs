using System.Buffers;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Whole lines of a log in one piece of memory, which a worker fills again and again.</summary>
internal sealed class LogBlock : IDisposable
{
    /// <summary>The bytes; at least <see cref="LineScanner.Padding"/> more than are used.</summary>
    internal byte[] Buffer { get; private set; } = [];

    /// <summary>Which source it is of.</summary>
    internal int Source { get; set; }

    /// <summary>Which block of the source.</summary>
    internal int Number { get; set; }

    /// <summary>Index of the first line.</summary>
    internal int Start { get; set; }

    /// <summary>Index after the last line and its end.</summary>
    internal int End { get; set; }

    /// <summary>True where the last line ends without a line end, with the source; there is one in the buffer all the same.</summary>
    internal bool OpenEnd { get; set; }

    /// <summary>What is known of each line that isn't blank.</summary>
    internal LineForm Form { get; set; }

    /// <summary>A line after those that was too long to be kept; null for none.</summary>
    internal LongLine? Long { get; set; }

    /// <summary>How many bytes may be written into the buffer.</summary>
    internal int Room => Buffer.Length - LineScanner.Padding;

    /// <summary>Makes room for so many bytes; those before an index stay.</summary>
    internal void Reserve(int bytes, int kept)
    {
        if (Room >= bytes)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(bytes + LineScanner.Padding);
        Buffer.AsSpan(0, kept).CopyTo(larger);
        Dispose();
        Buffer = larger;
    }

    /// <summary>Gives its bytes back.</summary>
    public void Dispose()
    {
        if (Buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = [];
    }

    /// <summary>Begins a block without a line.</summary>
    internal void Clear(int source, int number)
    {
        (Source, Number, Start, End, OpenEnd, Form, Long) = (source, number, 0, 0, false, LineForm.Any, null);
    }
}

/// <summary>Gives a source's blocks, each to one worker.</summary>
internal abstract class LogBlocks : IDisposable
{
    /// <summary>Bytes of the source that have been read.</summary>
    internal abstract long BytesRead { get; }

    /// <summary>What is wrong with the source itself, so that it couldn't be read to its end; null for nothing.</summary>
    internal virtual string? Problem => null;

    /// <summary>Fills a block with the next lines that nobody has taken.</summary>
    /// <param name="block">The block.</param>
    /// <param name="cancellation">Ends the reading of a long line.</param>
    /// <returns>False where there are none.</returns>
    internal abstract bool Next(LogBlock block, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Index of the first line end from an index on; -1 for none.</summary>
    protected static int LineEnd(ReadOnlySpan<byte> bytes, int from)
    {
        var end = bytes[from..].IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? -1 : from + end;
    }
}
