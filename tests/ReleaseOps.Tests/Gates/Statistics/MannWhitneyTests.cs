using ReleaseOps.Gates;

namespace ReleaseOps.Tests.Gates.Statistics;

public sealed class MannWhitneyTests
{
    // The example of ?wilcox.test in R (Hollander & Wolfe 1973, page 69): permeability of the human placenta, W = 35, and p-value = 0.1272 for
    // "greater"; two-sided it is twice that.
    private static readonly double[] Term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    private static readonly double[] Weeks = [1.15, 0.88, 0.90, 0.74, 1.21];

    [Fact]
    public void The_example_of_Rs_manual_comes_out()
    {
        var test = MannWhitney.Test(Term, Weeks, 0.05);
        Assert.Equal(35, test.U);
        Assert.Equal(0.1272, test.PValue / 2, 4);
        // Hollander & Wolfe, page 79, give the same estimate of the shift.
        Assert.Equal(0.305, test.Estimate, 3);
        Assert.Equal(15, MannWhitney.Test(Weeks, Term, 0.05).U);
    }

    [Fact]
    public void What_R_says_of_samples_without_ties_comes_out()
    {
        // MannWhitneySuite.scala: 6, 39 and 22.5 at 95 %.
        var test = MannWhitney.Test([10, 20, 30, 40], [1, 2, 3, 4], 0.05);
        Assert.Equal((6.0, 39.0, 22.5), (test.Lower, test.Upper, test.Estimate));
        Assert.Equal(2.0 / 70, test.PValue, 12);
    }

    [Fact]
    public void What_R_says_of_samples_with_ties_comes_out()
    {
        // R: -0.500002521696696 to -3.486287505871302e-05, estimate -0.4999393907180323, all within its root finder's 0.0001.
        var test = MannWhitney.Test(KayentaSamples.Experiment, KayentaSamples.Control, 0.05);
        Assert.Equal((-0.5, 0.0, -0.5), (test.Lower, test.Upper, test.Estimate));
        // R: -0.4999173250549087 to -6.912685789769486e-06, estimate -3.45044082729315e-05, at 98 %.
        test = MannWhitney.Test(KayentaSamples.LargeExperiment, KayentaSamples.LargeControl, 0.02);
        Assert.Equal((-0.5, 0.0, 0.0), (test.Lower, test.Upper, test.Estimate));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    [InlineData(5, 5)]
    [InlineData(7, 8)]
    [InlineData(9, 9)]
    public void The_exact_distribution_is_that_of_every_ranking(int n, int m)
    {
        var every = RByTheBook.EveryRanking(n, m);
        var total = (double)every.Values.Sum();
        var distribution = RankSumDistribution.Of(n, m);
        for (var u = 0; u <= n * m; u++)
            Assert.Equal(every.Where(c => c.Key <= u).Sum(c => c.Value) / total, distribution.AtMost(u), 14);
        foreach (var probability in new[] { 0.005, 0.01, 0.025, 0.05, 0.3, 0.5 })
        {
            var quantile = distribution.Quantile(probability);
            Assert.True(distribution.AtMost(quantile) >= probability - 1e-12);
            Assert.True(distribution.AtMost(quantile - 1) < probability);
        }
    }

    [Fact]
    public void The_largest_exact_distribution_is_one()
    {
        var distribution = RankSumDistribution.Of(49, 49);
        Assert.Equal(1, distribution.AtMost(49 * 49));
        Assert.Equal(0.5, (distribution.AtMost(1200) + distribution.AtMost(1200)) / 2, 12);
        // 1 of C(98, 49) = 25477612258980856902730428600 rankings.
        Assert.Equal(1, distribution.AtMost(0) * 2.5477612258980857e28, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Small_samples_without_ties_are_exact(int seed)
    {
        var random = new Random(seed);
        double[] x = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() + 0.3)];
        double[] y = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble())];
        var every = RByTheBook.EveryRanking(8, 7);
        var total = (double)every.Values.Sum();
        double u = x.Sum(a => y.Count(b => a > b));
        var tail = Math.Min(every.Where(c => c.Key >= u).Sum(c => c.Value), every.Where(c => c.Key <= u).Sum(c => c.Value)) / total;
        var test = MannWhitney.Test(x, y, 0.02);
        Assert.Equal(u, test.U);
        Assert.Equal(Math.Min(1, 2 * tail), test.PValue, 12);
        double[] differences = [.. x.SelectMany(a => y.Select(b => a - b)).Order()];
        var k = 0;
        while (every.Where(c => c.Key <= k).Sum(c => c.Value) / total < 0.01)
            k++;
        Assert.Equal((differences[k - 1], differences[^k], (differences[27] + differences[28]) / 2), (test.Lower, test.Upper, test.Estimate));
    }

    [Theory]
    [InlineData(1, 60, 60, false)]
    [InlineData(2, 60, 60, true)]
    [InlineData(3, 55, 20, false)]
    [InlineData(4, 12, 9, true)]
    [InlineData(5, 70, 51, true)]
    public void Larger_samples_and_ties_come_out_as_by_Rs_normal_approximation(int seed, int n, int m, bool ties)
    {
        var random = new Random(seed);
        double[] x = [.. Enumerable.Range(0, n).Select(_ => Draw() + 0.5)];
        double[] y = [.. Enumerable.Range(0, m).Select(_ => Draw())];
        var test = MannWhitney.Test(x, y, 0.02);
        const double z = 2.3263478740408408;
        Assert.Equal(RByTheBook.Root(x, y, z, correct: true), test.Lower, 9);
        Assert.Equal(RByTheBook.Root(x, y, -z, correct: true), test.Upper, 9);
        // Where an even number of differences leaves a flat piece, R takes any place of it, and we its middle.
        double[] differences = [.. x.SelectMany(a => y.Select(b => a - b)).Order()];
        var half = differences.Length / 2;
        Assert.Equal(differences.Length % 2 == 1 ? differences[half] : (differences[half - 1] + differences[half]) / 2, test.Estimate, 12);
        Assert.InRange(RByTheBook.Root(x, y, 0, correct: false), differences[(differences.Length - 1) / 2] - 1e-9, differences[half] + 1e-9);
        Assert.Equal(2 * Normal.UpperTail(Math.Abs(RByTheBook.Difference(x, y, 0, 0, correct: true))), test.PValue, 12);

        double Draw() => ties ? random.Next(8) / 2.0 : random.NextDouble() * 4;
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145705)]
    [InlineData(-1, 0.8413447460685429)]
    [InlineData(2.3263478740408408, 0.01)]
    [InlineData(3.9999, 3.1684617e-05)]
    [InlineData(4.0001, 3.1657855e-05)]
    [InlineData(6, 9.865876450376946e-10)]
    [InlineData(10, 7.619853024160527e-24)]
    public void The_normal_distribution_has_its_known_values(double z, double tail) =>
        Assert.InRange(Normal.UpperTail(z) / tail, 1 - 1e-6, 1 + 1e-6);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.025, 1.959963984540054)]
    [InlineData(0.01, 2.3263478740408408)]
    [InlineData(1e-10, 6.361340902404056)]
    public void The_normal_quantiles_have_their_known_values(double probability, double z) => Assert.Equal(z, Normal.UpperQuantile(probability), 10);

    [Fact]
    public void The_ordered_differences_are_found_without_being_written_down()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 37).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 8))).Order()];
        double[] y = [.. Enumerable.Range(0, 23).Select(_ => random.Next(-2, 2) * 0.1).Order()];
        double[] all = [.. x.SelectMany(a => y.Select(b => a - b)).Order()];
        var differences = new PairwiseDifferences(x, y);
        for (var k = 1; k <= all.Length; k++)
            Assert.Equal(all[k - 1], differences[k]);
    }
}
