using System.Buffers;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Records of any number in bounded memory, given back in order: each worker fills a buffer of its own; a full one is sorted and goes to a temporary
/// file. The file holds digests and times, no text of the log, and is gone when it is closed.
/// </summary>
/// <param name="most">How many records a worker keeps in memory.</param>
/// <param name="parts">How many parts they are given back in, by their digests.</param>
internal sealed class RecordStore(int most, int parts) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RecordBuffer> _buffers = [];
    private RecordFile? _file;

    /// <summary>A worker's own buffer.</summary>
    internal RecordBuffer NewBuffer()
    {
        var buffer = new RecordBuffer(this, most, parts);
        lock (_lock)
            _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>Writes records to the file.</summary>
    /// <param name="records">The records, in pieces.</param>
    /// <exception cref="ReleaseOpsException">DiskFull: they can't be written.</exception>
    internal void Spill(IReadOnlyList<ReadOnlyMemory<DayRecord>> records)
    {
        var sorted = RecordSort.Sorted(records);
        lock (_lock)
            (_file ??= new RecordFile(most)).Add(sorted);
        ArrayPool<DayRecord>.Shared.Return(sorted.Array!);
    }

    /// <summary>
    /// All records of all buffers in parts, each in order, some at a time; those that belong together are in one part. No buffer may be filled any
    /// more.
    /// </summary>
    internal IReadOnlyList<IEnumerable<ReadOnlyMemory<DayRecord>>> InOrder()
    {
        var all = Enumerable.Range(0, parts).Select(part => _buffers.SelectMany(b => b.Part(part)).ToList()).ToList();
        if (_file is not { } file)
            return [.. all.Select(Sorted)];
        Spill([.. all.SelectMany(part => part)]);
        return [.. Enumerable.Range(0, parts).Select(part => file.InOrder(part, parts))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Dispose();
        _file?.Dispose();
    }

    private IEnumerable<ReadOnlyMemory<DayRecord>> Sorted(IReadOnlyList<ReadOnlyMemory<DayRecord>> part)
    {
        var sorted = RecordSort.Sorted(part, parts);
        yield return sorted;
        ArrayPool<DayRecord>.Shared.Return(sorted.Array!);
    }
}
