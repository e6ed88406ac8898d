namespace ReleaseOps.Tests.Gates.Statistics;

/// <summary>
/// The same test done another way, slowly: ranks as R's wilcox.test.default takes them, ends of the interval by halving on the whole range, and
/// the exact distribution by writing down every ranking.
/// </summary>
internal static class RByTheBook
{
    /// <summary>How many of all rankings of n and m values come to each U.</summary>
    public static Dictionary<double, int> EveryRanking(int n, int m)
    {
        var counts = new Dictionary<double, int>();
        for (var set = 0; set < 1 << (n + m); set++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)set) != n)
                continue;
            var ranks = Enumerable.Range(1, n + m).Where(rank => (set & (1 << (rank - 1))) != 0).Sum();
            var u = ranks - (n * (n + 1) / 2);
            counts[u] = counts.GetValueOrDefault(u) + 1;
        }
        return counts;
    }

    /// <summary>R's wdiff: the statistic of x - d against y, corrected and scaled, less a quantile.</summary>
    public static double Difference(double[] x, double[] y, double d, double quantile, bool correct)
    {
        double[] all = [.. x.Select(v => v - d), .. y];
        var ranks = all.Select(v => all.Count(o => o < v) + ((all.Count(o => o == v) + 1) / 2.0)).ToArray();
        var (n, m) = ((double)x.Length, (double)y.Length);
        var z = ranks.Take(x.Length).Sum() - (n * (n + 1) / 2) - (n * m / 2);
        var ties = all.GroupBy(v => v).Sum(g => Math.Pow(g.Count(), 3) - g.Count());
        var sigma = Math.Sqrt(n * m / 12 * (n + m + 1 - (ties / ((n + m) * (n + m - 1)))));
        return ((z - (correct ? Math.Sign(z) * 0.5 : 0)) / sigma) - quantile;
    }

    /// <summary>R's root, to the last bits instead of 0.0001.</summary>
    public static double Root(double[] x, double[] y, double quantile, bool correct)
    {
        var (low, high) = (x.Min() - y.Max(), x.Max() - y.Min());
        if (Difference(x, y, low, quantile, correct) <= 0)
            return low;
        if (Difference(x, y, high, quantile, correct) >= 0)
            return high;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Difference(x, y, middle, quantile, correct) > 0)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }
}
