namespace ReleaseOps.Reviews.Logs;

/// <summary>What may be wrong with a line; several at once are possible.</summary>
[Flags]
internal enum LogFaultKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>It is no JSON object.</summary>
    Malformed = 1,
    /// <summary>Its <c>ts</c> is missing or no time.</summary>
    Undated = 2,
    /// <summary>It is longer than what is kept of one.</summary>
    TooLong = 4,
    /// <summary>Its <c>run_id</c> is there and no text.</summary>
    RunId = 8,
    /// <summary>Its <c>stage</c> is there and no text.</summary>
    Stage = 16,
    /// <summary>Its <c>event</c> is there and no text.</summary>
    Event = 32,
    /// <summary>A rule that means it can't be held against it.</summary>
    Unjudged = 64,
}

/// <summary>Something that is wrong with a line.</summary>
/// <param name="Place">The line.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">More about it; null for nothing.</param>
internal readonly record struct LogFault(LinePlace Place, LogFaultKind Kind, string? Detail = null)
{
    /// <summary>What it is, in words.</summary>
    internal string Text => Kind switch
    {
        LogFaultKind.Malformed => "no JSON object",
        LogFaultKind.Undated => "ts is missing or no time",
        LogFaultKind.TooLong => "too long for its payload to be looked at",
        LogFaultKind.Unjudged => Detail!,
        _ => string.Join(" and ", Fields()) + (int.PopCount((int)Kind) == 1 ? " is no text" : " are no texts"),
    };

    private IEnumerable<string> Fields()
    {
        if (Kind.HasFlag(LogFaultKind.RunId))
            yield return "run_id";
        if (Kind.HasFlag(LogFaultKind.Stage))
            yield return "stage";
        if (Kind.HasFlag(LogFaultKind.Event))
            yield return "event";
    }
}

/// <summary>The first of something, as many as are shown; what comes in order of the log.</summary>
/// <param name="most">How many.</param>
internal sealed class FirstOnes<T>(int most)
{
    private readonly List<T> _kept = [];

    /// <summary>Those that are kept.</summary>
    internal IReadOnlyList<T> Kept => _kept;

    /// <summary>Keeps one, unless there are enough.</summary>
    internal void Add(T one)
    {
        if (_kept.Count < most)
            _kept.Add(one);
    }
}

/// <summary>
/// A line by where it stands: source, block of it, line of the block, each from 0. Places compare as the lines follow each other, whoever reads
/// which block when; numbers of lines are told at the end.
/// </summary>
/// <param name="Packed">All three in one number.</param>
internal readonly record struct LinePlace(long Packed) : IComparable<LinePlace>
{
    /// <summary>How many sources there may be.</summary>
    internal const int MostSources = 1 << 11;

    /// <summary>How many lines a block may have.</summary>
    internal const int MostLines = 1 << 24;

    private const int BlockBits = 28;

    /// <summary>Makes a place of its parts.</summary>
    internal static LinePlace Of(int source, int block, int line) => new(((long)source << (BlockBits + 24)) | ((long)block << 24) | (uint)line);

    /// <summary>The source.</summary>
    internal int Source => (int)(Packed >> (BlockBits + 24));

    /// <summary>The block of the source.</summary>
    internal int Block => (int)(Packed >> 24) & ((1 << BlockBits) - 1);

    /// <summary>The line of the block.</summary>
    internal int Line => (int)Packed & (MostLines - 1);

    /// <inheritdoc/>
    public int CompareTo(LinePlace other) => Packed.CompareTo(other.Packed);
}
