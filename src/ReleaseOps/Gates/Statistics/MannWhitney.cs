namespace ReleaseOps.Gates;

/// <summary>What the Mann-Whitney U test came to.</summary>
/// <param name="U">In how many of all pairs the first sample's value is the larger one; equal ones count a half.</param>
/// <param name="PValue">The probability of a U at least that far from the middle where both samples come from one distribution, 0 to
/// 1.</param>
/// <param name="Estimate">The Hodges-Lehmann estimate: by how much the first sample lies above the second.</param>
/// <param name="Lower">Lower end of the confidence interval of that.</param>
/// <param name="Upper">Upper end of it.</param>
internal readonly record struct MannWhitneyResult(double U, double PValue, double Estimate, double Lower, double Upper);

/// <summary>
/// The two-sided Mann-Whitney U test (Wilcoxon's rank-sum test) with a confidence interval for the shift between two samples, as R's
/// <c>wilcox.test(x, y, conf.int = TRUE)</c> has it: exact below 50 points a side without ties, else the normal approximation with
/// corrections for continuity and for ties. Kayenta's MannWhitney.scala is R's normal approximation alone.
/// <para>
/// R and Kayenta look for the ends of the interval with a root finder that stops within 0.0001, whatever the scale of the values. The
/// function is a staircase that steps at the pairwise differences only, so the root is one of them, and here it is taken exactly.
/// </para>
/// </summary>
internal static class MannWhitney
{
    /// <summary>Tests two samples of at least one finite value each.</summary>
    /// <param name="first">The sample that is judged.</param>
    /// <param name="second">The sample that it is compared with.</param>
    /// <param name="alpha">1 minus the confidence level: 0.02 for 98 %.</param>
    public static MannWhitneyResult Test(IEnumerable<double> first, IEnumerable<double> second, double alpha)
    {
        double[] x = [.. first.Order()];
        double[] y = [.. second.Order()];
        var differences = new PairwiseDifferences(x, y);
        var (u, crossTies) = Count(x, y);
        var (tiesX, tiesY) = (TiesIn(x), TiesIn(y));
        var exact = x.Length <= RankSumDistribution.Largest && y.Length <= RankSumDistribution.Largest && tiesX + tiesY == 0 && !crossTies;
        var (p, k) = exact ? Exact(u, x.Length, y.Length, alpha) : Approximate(u, x, y, tiesX + tiesY, alpha);
        return new MannWhitneyResult(u, p, differences.Median, differences[k], differences[differences.Count + 1 - k]);
    }

    /// <summary>
    /// Whether so few points could show a difference at all: even where every value of one side lies above every one of the other,
    /// chance does the same twice in all the ways to rank them.
    /// </summary>
    public static bool CanTell(int n, int m, double alpha)
    {
        var ways = 1.0;
        for (var i = 1; i <= Math.Min(n, m); i++)
        {
            ways *= (double)(Math.Max(n, m) + i) / i;
            if (2 / ways <= alpha)
                return true;
        }
        return false;
    }

    /// <summary>The p-value, and which of the sorted differences is the lower end of the interval (the upper one by symmetry).</summary>
    private static (double PValue, long K) Exact(double u, int n, int m, double alpha)
    {
        var distribution = RankSumDistribution.Of(n, m);
        var whole = (int)u;
        // The distribution is symmetric: at least u is at most nm - u.
        var tail = distribution.AtMost(Math.Min(whole, (n * m) - whole));
        return (Math.Min(1, 2 * tail), Math.Max(1, distribution.Quantile(alpha / 2)));
    }

    private static (double PValue, long K) Approximate(double u, double[] x, double[] y, double ownTies, double alpha)
    {
        var (n, m) = ((double)x.Length, (double)y.Length);
        var middle = n * m / 2;
        double[] both = [.. x.Concat(y).Order()];
        var sigma = Sigma(n, m, TiesIn(both));
        var distance = Math.Abs(u - middle);
        var p = sigma > 0 ? Math.Min(1, 2 * Normal.UpperTail(Math.Max(0, distance - (distance > 0 ? 0.5 : 0)) / sigma)) : 1;
        // Between two differences nothing of x - d is tied with y: only the ties within each sample count there.
        var lower = middle - 0.5 - (Normal.UpperQuantile(alpha / 2) * Sigma(n, m, ownTies));
        return (p, Math.Clamp((long)Math.Ceiling(Math.Max(1, lower)), 1, (long)(n * m)));
    }

    private static double Sigma(double n, double m, double ties) =>
        Math.Sqrt(n * m / 12 * (n + m + 1 - (ties / ((n + m) * (n + m - 1)))));

    /// <summary>The sum of t^3 - t over every group of t equal values.</summary>
    private static double TiesIn(double[] sorted)
    {
        var sum = 0.0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            double t = end - start;
            sum += (t * t * t) - t;
            start = end;
        }
        return sum;
    }

    private static (double U, bool CrossTies) Count(double[] x, double[] y)
    {
        var u = 0.0;
        var (below, upTo) = (0, 0);
        var ties = false;
        foreach (var value in x)
        {
            while (below < y.Length && y[below] < value)
                below++;
            while (upTo < y.Length && y[upTo] <= value)
                upTo++;
            ties |= upTo > below;
            u += below + ((upTo - below) / 2.0);
        }
        return (u, ties);
    }
}
