using System.Collections.Concurrent;

namespace ReleaseOps.Gates;

/// <summary>
/// The exact distribution of the Mann-Whitney U statistic of two samples without ties: of all the ways in which n and m values can be
/// ranked, how many come to a U of 0, 1, 2 ... The counts are the coefficients of the Gaussian binomial of n + m over n.
/// </summary>
internal sealed class RankSumDistribution
{
    /// <summary>R's wilcox.test asks for exact values below 50 points a side.</summary>
    public const int Largest = 49;

    private static readonly ConcurrentDictionary<(int, int), RankSumDistribution> Known = new();

    private const double Rounding = 10 * 2.220446049250313e-16;

    private readonly double[] _cumulative;

    private RankSumDistribution(int n, int m)
    {
        // Multiplied by (1 - q^(m+i)) and divided by (1 - q^i), for i from 1 to n. Whole numbers of up to 2.6e28 need 128 bits.
        var counts = new Int128[(n * m) + 1];
        counts[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var u = counts.Length - 1; u >= m + i; u--)
                counts[u] -= counts[u - m - i];
            for (var u = i; u < counts.Length; u++)
                counts[u] += counts[u - i];
        }
        var total = (double)counts.Aggregate(Int128.Zero, (sum, count) => sum + count);
        _cumulative = new double[counts.Length];
        var sum = Int128.Zero;
        for (var u = 0; u < counts.Length; u++)
            _cumulative[u] = (double)(sum += counts[u]) / total;
    }

    /// <summary>The distribution for two sizes, each from 1 to <see cref="Largest"/>.</summary>
    public static RankSumDistribution Of(int n, int m) =>
        Known.GetOrAdd((Math.Min(n, m), Math.Max(n, m)), sizes => new RankSumDistribution(sizes.Item1, sizes.Item2));

    /// <summary>The probability of a U of at most that.</summary>
    public double AtMost(int u) => u < 0 ? 0 : _cumulative[Math.Min(u, _cumulative.Length - 1)];

    /// <summary>The smallest U of which <see cref="AtMost"/> is at least that, with R's allowance for rounding.</summary>
    public int Quantile(double probability)
    {
        var u = 0;
        while (_cumulative[u] < probability - Rounding)
            u++;
        return u;
    }
}
