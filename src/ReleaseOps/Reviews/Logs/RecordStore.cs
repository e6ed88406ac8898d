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

    /// <summary>All records of all buffers, in order, some at a time. No buffer may be filled any more.</summary>
    internal IEnumerable<ReadOnlyMemory<DayRecord>> InOrder()
    {
        if (_spilled.Count > 0)
            return Merged();
        DayRecord[] all = [.. _buffers.SelectMany(b => b.Records)];
        RecordSort.Sort(all);
        return [all];
    }

    private IEnumerable<ReadOnlyMemory<DayRecord>> Merged()
    {
        var each = Math.Max(LeastRecords, MergeBytes / Marshal.SizeOf<DayRecord>() / _spilled.Count);
        var heads = new PriorityQueue<IEnumerator<DayRecord>, DayRecord>();
        foreach (var records in _spilled.Select(s => Spilled(s.Offset, s.Count, each)).Concat(_buffers.Select(b => b.InOrder())))
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
    public void Dispose() => _file?.Dispose();

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
internal sealed class RecordBuffer(RecordStore store, int most)
{
    private DayRecord[] _records = new DayRecord[Math.Min(256, most)];
    private int _count;

    /// <summary>Those that are in memory.</summary>
    internal IEnumerable<DayRecord> Records => new ArraySegment<DayRecord>(_records, 0, _count);

    /// <summary>Keeps one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in DayRecord record)
    {
        if (_count == _records.Length)
            MakeRoom();
        _records[_count++] = record;
    }

    /// <summary>Those that are in memory, in order.</summary>
    internal IEnumerable<DayRecord> InOrder()
    {
        RecordSort.Sort(_records.AsSpan(0, _count));
        for (var i = 0; i < _count; i++)
            yield return _records[i];
    }

    private void MakeRoom()
    {
        if (_count < most)
        {
            Array.Resize(ref _records, Math.Min(_count * 2, most));
            return;
        }
        var all = _records.AsSpan(0, _count);
        RecordSort.Sort(all);
        store.Spill(all);
        _count = 0;
    }
}
