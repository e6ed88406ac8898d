using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Records of any number in bounded memory, given back in order: each worker fills a buffer of its own; a full one is sorted and goes to a temporary
/// file, and at the end all are merged. The file holds digests and times, no text of the log, and is gone when it is closed.
/// </summary>
/// <param name="most">How many records a worker keeps in memory.</param>
internal sealed class RecordStore(int most) : IDisposable
{
    // What all buffers of a merge take together, and the least that one of them does.
    private const int MergeBytes = 8 << 20;
    private const int LeastRecords = 128;

    private readonly Lock _lock = new();
    private readonly List<RecordBuffer> _buffers = [];
    private readonly List<(long Offset, int Count)> _spilled = [];
    private SafeFileHandle? _file;
    private long _length;

    /// <summary>A worker's own buffer.</summary>
    internal RecordBuffer NewBuffer()
    {
        var buffer = new RecordBuffer(this, most);
        lock (_lock)
            _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>Writes records that are in order to the file.</summary>
    /// <exception cref="ReleaseOpsException">DiskFull: they can't be written.</exception>
    internal void Spill(ReadOnlySpan<DayRecord> sorted)
    {
        try
        {
            var bytes = MemoryMarshal.AsBytes(sorted);
            lock (_lock)
            {
                _file ??= File.OpenHandle(Path.Combine(Path.GetTempPath(), "releaseops-review-" + Path.GetRandomFileName()),
                    FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
                RandomAccess.Write(_file, bytes, _length);
                _spilled.Add((_length, sorted.Length));
                _length += bytes.Length;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(
                ErrorId.DiskFull, $"the log has more runs than fit into memory, and {Path.GetTempPath()} can't be written: {e.Message}",
                "make room there, or set TMPDIR to a folder with more", Path.GetTempPath(), e);
        }
    }

    /// <summary>
    /// All records of all buffers in parts, each in order, some at a time; those that belong together are in one part. No buffer may be filled any
    /// more.
    /// </summary>
    /// <param name="parts">How many parts there may be; what went to the file is one.</param>
    internal IReadOnlyList<IEnumerable<ReadOnlyMemory<DayRecord>>> InOrder(int parts)
    {
        if (_spilled.Count > 0)
            return [Merged()];
        var all = _buffers.SelectMany(b => b.Records).ToList();
        return [.. Enumerable.Range(0, parts).Select(part => Sorted(all, part, parts))];
    }

    private static IEnumerable<ReadOnlyMemory<DayRecord>> Sorted(IReadOnlyList<ReadOnlyMemory<DayRecord>> all, int part, int parts)
    {
        var sorted = RecordSort.Sorted(all, part, parts);
        yield return sorted;
        ArrayPool<DayRecord>.Shared.Return(sorted.Array!);
    }

    private IEnumerable<ReadOnlyMemory<DayRecord>> Merged()
    {
        var each = Math.Max(LeastRecords, MergeBytes / Marshal.SizeOf<DayRecord>() / _spilled.Count);
        var heads = new PriorityQueue<IEnumerator<DayRecord>, DayRecord>();
        var left = _buffers.Select(b => (IEnumerable<DayRecord>)RecordSort.Sorted(b.Records));
        foreach (var records in _spilled.Select(s => Spilled(s.Offset, s.Count, each)).Concat(left))
        {
            var reading = records.GetEnumerator();
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

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Dispose();
        _file?.Dispose();
    }

    private IEnumerable<DayRecord> Spilled(long offset, int count, int each)
    {
        var buffer = new DayRecord[Math.Min(each, count)];
        while (count > 0)
        {
            var some = Math.Min(buffer.Length, count);
            offset += ReadAll(buffer.AsSpan(0, some), offset);
            for (var i = 0; i < some; i++)
                yield return buffer[i];
            count -= some;
        }
    }

    private int ReadAll(Span<DayRecord> records, long offset)
    {
        var bytes = MemoryMarshal.AsBytes(records);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(_file!, bytes[done..], offset + done);
            if (read == 0)
                throw new ReleaseOpsException(ErrorId.Internal, "the temporary file of a review has become shorter");
            done += read;
        }
        return bytes.Length;
    }
}

/// <summary>The records of one worker.</summary>
/// <param name="store">Where they go when there are too many.</param>
/// <param name="most">How many that is.</param>
internal sealed class RecordBuffer(RecordStore store, int most) : IDisposable
{
    // Pieces of 80 KiB: what is larger is cleared and moved as it grows, and lives until a collection of everything.
    private const int PieceRecords = 2048;

    private readonly int _pieceRecords = Math.Min(PieceRecords, most);
    private readonly List<DayRecord[]> _full = [];
    private DayRecord[] _last = ArrayPool<DayRecord>.Shared.Rent(Math.Min(PieceRecords, most));
    private int _count;

    /// <summary>Those that are in memory.</summary>
    internal IReadOnlyList<ReadOnlyMemory<DayRecord>> Records => [.. _full.Select(p => p.AsMemory(0, _pieceRecords)), _last.AsMemory(0, _count)];

    /// <summary>Keeps one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in DayRecord record)
    {
        if (_count == _pieceRecords)
            MakeRoom();
        _last[_count++] = record;
    }

    /// <summary>Gives its memory back; its records are gone.</summary>
    public void Dispose()
    {
        foreach (var piece in _full.Append(_last))
            ArrayPool<DayRecord>.Shared.Return(piece);
        _full.Clear();
        _last = [];
    }

    private void MakeRoom()
    {
        if ((_full.Count + 2) * _pieceRecords <= most)
        {
            _full.Add(_last);
            _last = ArrayPool<DayRecord>.Shared.Rent(_pieceRecords);
            _count = 0;
            return;
        }
        var sorted = RecordSort.Sorted(Records);
        store.Spill(sorted);
        ArrayPool<DayRecord>.Shared.Return(sorted.Array!);
        foreach (var piece in _full)
            ArrayPool<DayRecord>.Shared.Return(piece);
        _full.Clear();
        _count = 0;
    }
}
