namespace ReleaseOps.Reviews.Logs;

/// <summary>The sources of a review, read by several workers: each takes the next block that nobody has.</summary>
/// <param name="sources">The sources, in order.</param>
/// <param name="rules">The day.</param>
/// <param name="options">How they are read.</param>
/// <param name="meter">Tells how far it is; null for nobody.</param>
internal sealed class LogReading(IReadOnlyList<LogSource> sources, DayRules rules, LogReadOptions options, Meter? meter) : IDisposable
{
    private readonly SourceReading?[] _opened = new SourceReading?[sources.Count];
    private readonly Lock _lock = new();

    /// <summary>The sources, all read.</summary>
    internal IReadOnlyList<SourceReading> Sources => _opened!;

    /// <summary>One worker's part: it ends when there are no blocks any more.</summary>
    internal void Read(BlockCounter worker, CancellationToken cancellation)
    {
        using var block = new LogBlock();
        for (var i = 0; i < sources.Count; i++)
        {
            var reading = Open(i);
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!Next(reading, block, cancellation))
                    break;
                reading.Note(block.Number, worker.Count(block));
                meter?.Tell(() => BytesRead);
            }
        }
    }

    /// <summary>Writes the indexes that are kept.</summary>
    /// <param name="workers">Who has seen the faults.</param>
    internal void WriteIndexes(IReadOnlyList<BlockCounter> workers)
    {
        for (var i = 0; i < _opened.Length; i++)
        {
            if (_opened[i] is not { Index: { } index } reading)
                continue;
            var closed = 0;
            while (closed < Math.Min(index.WholeBlocks, reading.Facts.Count) && reading.Facts[closed].IsClosed)
                closed++;
            if (closed == reading.KnownBlocks)
                continue;
            var faults = workers.SelectMany(w => w.Faults.Kept).Where(f => f.Place.Source == i).Concat(reading.KnownFaults)
                .Where(f => f.Place.Block < closed).OrderBy(f => f.Place).Take(DayTally.MostFaults).ToList();
            index.Write(new DayIndex([.. reading.Facts.Take(closed)], faults));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reading in _opened)
            reading?.Dispose();
    }

    private long BytesRead
    {
        get
        {
            lock (_lock)
                return _opened.Sum(o => o?.Blocks.BytesRead ?? 0);
        }
    }

    private SourceReading Open(int source)
    {
        lock (_lock)
            return _opened[source] ??= SourceReading.Open(sources[source], source, rules, options);
    }

    private static bool Next(SourceReading reading, LogBlock block, CancellationToken cancellation)
    {
        try
        {
            return reading.Blocks.Next(block, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(
                ErrorId.FileUnreadable, $"the event log {reading.Source.Name} can't be read on: {e.Message}", null, reading.Source.Name, e);
        }
    }
}
