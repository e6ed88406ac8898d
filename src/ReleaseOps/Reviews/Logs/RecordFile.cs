using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// A temporary file of sorted runs of records. Digests are spread evenly, and so are the records over ranges of them: what all runs have of one range
/// fits into memory, is read at once and put in order there. A range that doesn't fit, because one run of the log goes on and on, is merged.
/// </summary>
/// <param name="most">How many records are put in order in memory.</param>
internal sealed class RecordFile(int most) : IDisposable
{
    private const int RangeCount = 512;

    // What all buffers of a merge take together, and the least that one of them does.
    private const int MergeBytes = 4 << 20;
    private const int LeastRecords = 128;

    private static readonly int RecordBytes = Marshal.SizeOf<DayRecord>();

    private readonly SafeFileHandle _file = Open();
    private readonly List<(long Offset, int[] Starts)> _runs = [];
    private long _length;

    /// <summary>Adds a run.</summary>
    /// <param name="sorted">Its records, in order.</param>
    /// <exception cref="ReleaseOpsException">DiskFull: they can't be written.</exception>
    internal void Add(ReadOnlySpan<DayRecord> sorted)
    {
        try
        {
            var bytes = MemoryMarshal.AsBytes(sorted);
            RandomAccess.Write(_file, bytes, _length);
            _runs.Add((_length, Starts(sorted)));
            _length += bytes.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Full(e);
        }
    }

    /// <summary>A part of all records in order, some at a time; those that belong together are in one part.</summary>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">Of how many.</param>
    internal IEnumerable<ReadOnlyMemory<DayRecord>> InOrder(int part, int parts)
    {
        for (var range = part * RangeCount / parts; range < (part + 1) * RangeCount / parts; range++)
        {
            var pieces = _runs.Select(r => new Piece(r.Offset + ((long)r.Starts[range] * RecordBytes), r.Starts[range + 1] - r.Starts[range])).ToList();
            foreach (var some in pieces.Sum(p => (long)p.Count) <= most ? Together(pieces) : Merged(pieces))
                yield return some;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open()
    {
        try
        {
            return File.OpenHandle(Path.Combine(Path.GetTempPath(), "releaseops-review-" + Path.GetRandomFileName()),
                FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Full(e);
        }
    }

    private static ReleaseOpsException Full(Exception e) => new(
        ErrorId.DiskFull, $"the log has more runs than fit into memory, and {Path.GetTempPath()} can't be written: {e.Message}",
        "make room there, or set TMPDIR to a folder with more", Path.GetTempPath(), e);

    // Where each range begins, and the last one ends.
    private static int[] Starts(ReadOnlySpan<DayRecord> sorted)
    {
        var starts = new int[RangeCount + 1];
        foreach (ref readonly var record in sorted)
            starts[RecordSort.PartOf(record, RangeCount, out _) + 1]++;
        for (var i = 0; i < RangeCount; i++)
            starts[i + 1] += starts[i];
        return starts;
    }

    private IEnumerable<ReadOnlyMemory<DayRecord>> Together(List<Piece> pieces)
    {
        var read = ArrayPool<DayRecord>.Shared.Rent(pieces.Sum(p => p.Count));
        var count = 0;
        foreach (var piece in pieces)
        {
            ReadAll(read.AsSpan(count, piece.Count), piece.Offset);
            count += piece.Count;
        }
        var sorted = RecordSort.Sorted([read.AsMemory(0, count)], RangeCount);
        yield return sorted;
        ArrayPool<DayRecord>.Shared.Return(sorted.Array!);
        ArrayPool<DayRecord>.Shared.Return(read);
    }

    private IEnumerable<ReadOnlyMemory<DayRecord>> Merged(List<Piece> pieces)
    {
        var each = Math.Max(LeastRecords, MergeBytes / RecordBytes / pieces.Count);
        var heads = new PriorityQueue<IEnumerator<DayRecord>, DayRecord>();
        foreach (var piece in pieces)
        {
            var reading = Each(piece, each).GetEnumerator();
            if (reading.MoveNext())
                heads.Enqueue(reading, reading.Current);
        }
        var some = new DayRecord[each];
        var count = 0;
        while (heads.TryPeek(out var next, out var record))
        {
            some[count++] = record;
            if (count == some.Length)
            {
                yield return some;
                count = 0;
            }
            if (next.MoveNext())
                heads.DequeueEnqueue(next, next.Current);
            else
                heads.Dequeue();
        }
        yield return some.AsMemory(0, count);
    }

    private IEnumerable<DayRecord> Each(Piece piece, int each)
    {
        var buffer = new DayRecord[Math.Min(each, piece.Count)];
        for (var done = 0; done < piece.Count; done += buffer.Length)
        {
            var some = Math.Min(buffer.Length, piece.Count - done);
            ReadAll(buffer.AsSpan(0, some), piece.Offset + ((long)done * RecordBytes));
            for (var i = 0; i < some; i++)
                yield return buffer[i];
        }
    }

    private void ReadAll(Span<DayRecord> records, long offset)
    {
        var bytes = MemoryMarshal.AsBytes(records);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(_file, bytes[done..], offset + done);
            if (read == 0)
                throw new ReleaseOpsException(ErrorId.Internal, "the temporary file of a review has become shorter");
            done += read;
        }
    }

    /// <summary>Records of one run that follow each other in the file.</summary>
    private readonly record struct Piece(long Offset, int Count);
}
