using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// How long a stage took, as percentiles by nearest rank: exact as long as the durations fit, then from a histogram whose borders grow by a constant
/// factor, so that each answer is within a share of the true value (DDSketch, Masson, Rim and Lee, 2019,
/// http://www.vldb.org/pvldb/vol12/p2195-masson.pdf).
/// </summary>
/// <param name="span">The stage.</param>
/// <param name="most">How many durations are kept one by one.</param>
internal sealed class LatencyTally(SpanRule span, int most)
{
    /// <summary>The largest error of the histogram's answers, as a share of the true value.</summary>
    internal const double Error = 0.01;

    // What is shorter counts as none at all.
    private const double Least = 1e-9;
    private const double Gamma = (1 + Error) / (1 - Error);

    // A day has 86,400 s, at most 90,000; 1,700 borders lead past 10^5.
    private const int BucketCount = 1700;

    private static readonly double LogGamma = Math.Log(Gamma);

    private readonly Pieces<double> _each = new();
    private int _most = most;
    private long[]? _buckets;
    private long _count;

    /// <summary>Beginnings without an end, and ends without a beginning.</summary>
    internal long Unpaired { get; set; }

    /// <summary>Notes a duration.</summary>
    /// <param name="seconds">How long, 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(double seconds)
    {
        _count++;
        if (_buckets is null && _count <= _most)
        {
            _each.Add(seconds);
            return;
        }
        Buckets[BucketOf(seconds)]++;
    }

    /// <summary>Takes over another one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(LatencyTally other)
    {
        Unpaired += other.Unpaired;
        _most += other._most;
        foreach (var some in other._each.All)
            foreach (var seconds in some.Span)
                Add(seconds);
        other._each.Clear();
        if (other._buckets is null)
            return;
        _count += other._count;
        for (var i = 0; i < BucketCount; i++)
            Buckets[i] += other._buckets[i];
    }

    /// <summary>What it comes to; nothing is noted any more.</summary>
    internal StageLatency Result()
    {
        var (p50, p95, p99) = _buckets is null ? Exact() : (At(50), At(95), At(99));
        return new StageLatency(span.Source.Stage)
        {
            Count = _count,
            Unpaired = Unpaired,
            P50 = p50,
            P95 = p95,
            P99 = p99,
            RelativeError = _buckets is null ? 0 : Error,
        };
    }

    // From the first time on that they are asked for, all durations are in them.
    private long[] Buckets
    {
        get
        {
            if (_buckets is not null)
                return _buckets;
            _buckets = new long[BucketCount];
            foreach (var some in _each.All)
                foreach (var one in some.Span)
                    _buckets[BucketOf(one)]++;
            _each.Clear();
            return _buckets;
        }
    }

    private (double? P50, double? P95, double? P99) Exact()
    {
        if (_count == 0)
            return default;
        var found = OrderStatistics.Of(_each.All, PlaceOf(50), PlaceOf(95), PlaceOf(99));
        _each.Clear();
        return (found[0], found[1], found[2]);
    }

    private int PlaceOf(int percent) => (int)Rank(percent) - 1;

    // In whole numbers: 0.95 times a count may be a little more than it should.
    private long Rank(int percent) => (long)(((UInt128)_count * (uint)percent + 99) / 100);

    private double? At(int percent)
    {
        var (bucket, rank) = (0, Rank(percent));
        for (var seen = _buckets![0]; seen < rank; seen += _buckets[bucket])
            bucket++;
        return bucket == 0 ? 0 : Least * Math.Pow(Gamma, bucket) * 2 / (Gamma + 1);
    }

    // Bucket i holds what is more than Least * Gamma^(i-1) and at most Least * Gamma^i.
    private static int BucketOf(double seconds) =>
        seconds < Least ? 0 : Math.Clamp((int)Math.Ceiling(Math.Log(seconds / Least) / LogGamma), 1, BucketCount - 1);
}
