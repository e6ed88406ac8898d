namespace ReleaseOps.Reviews;

/// <summary>An event log to read: a file, or a stream such as standard input.</summary>
/// <param name="Name">What places in it are called by: the path as it was given.</param>
internal sealed record LogSource(string Name)
{
    /// <summary>Full path of the file; null where <see cref="Stream"/> is read.</summary>
    public string? Path { get; init; }

    /// <summary>The stream; stays the caller's.</summary>
    public Stream? Stream { get; init; }
}

/// <summary>How logs are read.</summary>
internal sealed record LogReadOptions
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public int MaxLineBytes { get; init; } = 16 << 20;
}

/// <summary>How far the reading is.</summary>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">Bytes in all; null where that can't be told.</param>
public readonly record struct LogProgress(long Bytes, long? TotalBytes);
