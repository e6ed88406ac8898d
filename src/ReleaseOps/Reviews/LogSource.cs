namespace ReleaseOps.Reviews;

/// <summary>An event log, or a part of one: JSON Lines, packed by gzip or not.</summary>
public sealed record LogSource
{
    private LogSource(string name, Stream? stream) => (Name, Stream) = (name, stream);

    /// <summary>What places in it are called by: its path as given, or what stands for one.</summary>
    public string Name { get; }

    /// <summary>The stream; null for a file.</summary>
    internal Stream? Stream { get; }

    /// <summary>A file; whether it is packed its first bytes tell.</summary>
    /// <param name="path">Its path.</param>
    public static LogSource File(string path) => new(path, null);

    /// <summary>A stream that is read once, to its end: standard input.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What places in it are called by.</param>
    public static LogSource Of(Stream stream, string name = "-") => new(name, stream);
}

/// <summary>How far the reading of a log is.</summary>
/// <param name="Bytes">What has been read, in bytes; of packed sources as they are packed.</param>
/// <param name="Total">What there is to read; null where that isn't known.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record LogProgress(long Bytes, long? Total, TimeSpan Elapsed)
{
    /// <summary>The smallest log that progress is shown for, in bytes.</summary>
    public const long Smallest = 100_000_000;

    /// <summary>True where it takes long enough to be shown.</summary>
    public bool IsOfLarge => (Total ?? Bytes) >= Smallest;

    /// <summary>How fast it goes, in bytes a second.</summary>
    public double Rate => Bytes / Math.Max(Elapsed.TotalSeconds, 0.001);
}

/// <summary>How an event log is read.</summary>
public sealed record LogReadOptions
{
    /// <summary>How many threads read; all cores, but at most eight, unless told otherwise.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>
    /// True to keep a day index beside each file, <c>LOG.day-index</c>, so that the next review reads no more than its day and what is new. Nothing
    /// is written unless this is set, and nothing is wrong where it can't be written.
    /// </summary>
    public bool Index { get; init; }

    /// <summary>The clock; it times progress.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The bytes of a log that are read at once; no more than the longest line.</summary>
    internal int BlockBytes { get; init; } = 1 << 18;

    /// <summary>The bytes that are read beyond a block, for the line that goes on there.</summary>
    internal int AheadBytes { get; init; } = 4096;

    /// <summary>The longest line that is kept whole, in bytes; of a longer one the payload can't be looked at.</summary>
    internal int LongestLine { get; init; } = 8 << 20;

    /// <summary>How many records of a day all workers together keep in memory before they go to a temporary file; 32 bytes each.</summary>
    internal int MostRecords { get; init; } = 1 << 17;

    /// <summary>How many durations of all stages are kept one by one, for exact percentiles; 8 bytes each.</summary>
    internal int MostDurations { get; init; } = 1_100_000;
}
