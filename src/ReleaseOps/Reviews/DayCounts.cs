namespace ReleaseOps.Reviews;

/// <summary>What a day of an event log comes to: the same from files and from a database.</summary>
public sealed record DayCounts
{
    /// <summary>The day, in the review's time zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Events of the day.</summary>
    public long EventTotal { get; init; }

    /// <summary>Those that are errors.</summary>
    public long ErrorTotal { get; init; }

    /// <summary>Distinct runs with a name.</summary>
    public long RunTotal { get; init; }

    /// <summary>Those of them with an error.</summary>
    public long FailedRunTotal { get; init; }

    /// <summary>The stages with most errors, at most five, most first; of two with as many the one that was seen first.</summary>
    public IReadOnlyList<StageErrors> StageErrorTop { get; init; } = [];

    /// <summary>The review's counters, in its order.</summary>
    public IReadOnlyList<NamedCount> Counters { get; init; } = [];

    /// <summary>The review's floor, in its order.</summary>
    public IReadOnlyList<NamedCount> Floor { get; init; } = [];

    /// <summary>The latency of each stage that is measured, in the review's order.</summary>
    public IReadOnlyList<StageLatency> Latency { get; init; } = [];

    /// <summary>What of the log couldn't be counted.</summary>
    public LogFaults Faults { get; init; } = new();
}

/// <summary>Errors of a stage.</summary>
/// <param name="Stage">The stage; <c>unknown</c> for none.</param>
/// <param name="ErrorTotal">How many.</param>
public sealed record StageErrors(string Stage, long ErrorTotal);

/// <summary>A count with a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Total">How many.</param>
public sealed record NamedCount(string Name, long Total)
{
    /// <summary>How many more lines may have to be counted: the rule means them, and can't be held against them.</summary>
    public long Untold { get; init; }

    /// <summary>Where the first of them stand, <c>file:line</c>; at most ten. Empty for what a database counted.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}

/// <summary>How long a stage took, in seconds.</summary>
/// <param name="Stage">The stage.</param>
public sealed record StageLatency(string Stage)
{
    /// <summary>How many pairs of beginning and end.</summary>
    public long Count { get; init; }

    /// <summary>Beginnings without an end, and ends without a beginning.</summary>
    public long Unpaired { get; init; }

    /// <summary>The median, nearest rank; null where there are no pairs.</summary>
    public double? P50 { get; init; }

    /// <summary>The 95th percentile, nearest rank.</summary>
    public double? P95 { get; init; }

    /// <summary>The 99th percentile, nearest rank.</summary>
    public double? P99 { get; init; }

    /// <summary>The largest error of the percentiles, as a share of their value; 0 where they are exact.</summary>
    public double RelativeError { get; init; }
}

/// <summary>Lines that aren't counted, or only in part.</summary>
public sealed record LogFaults
{
    /// <summary>All lines that were read, blank ones included.</summary>
    public long Lines { get; init; }

    /// <summary>Lines with nothing but white space.</summary>
    public long Blank { get; init; }

    /// <summary>Lines that are no JSON object.</summary>
    public long Malformed { get; init; }

    /// <summary>Objects whose <c>ts</c> is missing or no time: they belong to no day.</summary>
    public long Undated { get; init; }

    /// <summary>Objects of the day whose <c>run_id</c>, <c>stage</c> or <c>event</c> is there and no text: it counts as empty.</summary>
    public long WrongType { get; init; }

    /// <summary>
    /// Those of <see cref="Malformed"/> and <see cref="Undated"/> that may be of the day: the next line with a time before them, or after them, is of it;
    /// or no line of the file has a time. Of a database's rows all, since they stand in no order.
    /// </summary>
    public long AmongDay { get; init; }

    /// <summary>
    /// Rules that mean a line of the day and can't be held against it: a criterion that fails on it, a field of a duplicate key that it hasn't.
    /// Such a line isn't counted by the rule; a line counts here once a rule.
    /// </summary>
    public long Unjudged { get; init; }

    /// <summary>
    /// Lines longer than what is kept of one. They are checked and counted as any other, but nothing can be asked of their payload, and a field
    /// of more than 4 KiB counts as none.
    /// </summary>
    public long TooLong { get; init; }

    /// <summary>True where the last line has no end and is no JSON: it may still be written.</summary>
    public bool TruncatedEnd { get; init; }

    /// <summary>Files that couldn't be read to their end, and why, <c>file: why</c>. What came before is counted.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>Where the first faults stand and what they are, <c>file:line: what</c>; at most a hundred.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}
