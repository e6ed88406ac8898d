using System.Runtime.InteropServices;

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

    private readonly List<double> _each = [];
    private long[]? _buckets;
    private long _count;
    private int _below;

    /// <summary>Beginnings without an end, and ends without a beginning.</summary>
    internal long Unpaired { get; set; }

    /// <summary>Notes a duration.</summary>
    /// <param name="seconds">How long, 0 or more.</param>
    internal void Add(double seconds)
    {
        _count++;
        if (_buckets is null && _each.Count < most)
        {
            _each.Add(seconds);
            return;
        }
        Buckets[BucketOf(seconds)]++;
    }

    /// <summary>Takes over another one's.</summary>
    internal void Add(LatencyTally other)
    {
        Unpaired += other.Unpaired;
        foreach (var seconds in other._each)
            Add(seconds);
        if (other._buckets is null)
            return;
        _count += other._count;
        for (var i = 0; i < BucketCount; i++)
            Buckets[i] += other._buckets[i];
    }

    /// <summary>What it comes to.</summary>
    internal StageLatency Result()
    {
        return new StageLatency(span.Source.Stage)
        {
            Count = _count,
            Unpaired = Unpaired,
            P50 = At(50),
            P95 = At(95),
            P99 = At(99),
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
            foreach (var one in _each)
                _buckets[BucketOf(one)]++;
            _each.Clear();
            _each.Capacity = 0;
            return _buckets;
        }
    }

    // To be asked for from the lowest to the highest: what is found leaves the lower ones before it.
    private double? At(int percent)
    {
        if (_count == 0)
            return null;
        // In whole numbers: 0.95 times a count may be a little more than it should.
        var rank = (long)(((UInt128)_count * (uint)percent + 99) / 100);
        if (_buckets is null)
        {
            var found = NthElement.Of(CollectionsMarshal.AsSpan(_each)[_below..], (int)rank - 1 - _below);
            _below = (int)rank - 1;
            return found;
        }
        var bucket = 0;
        for (var seen = _buckets[0]; seen < rank; seen += _buckets[bucket])
            bucket++;
        return bucket == 0 ? 0 : Least * Math.Pow(Gamma, bucket) * 2 / (Gamma + 1);
    }

    // Bucket i holds what is more than Least * Gamma^(i-1) and at most Least * Gamma^i.
    private static int BucketOf(double seconds) =>
        seconds < Least ? 0 : Math.Clamp((int)Math.Ceiling(Math.Log(seconds / Least) / LogGamma), 1, BucketCount - 1);
}
