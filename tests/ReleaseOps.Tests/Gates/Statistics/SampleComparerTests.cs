using System.Diagnostics;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates.Statistics;

public sealed class SampleComparerTests
{
    private static double[] Around(double mean, int count = 60, int seed = 1, double spread = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => mean + ((random.NextDouble() - 0.5) * spread))];
    }

    private static Comparison Compare(double[] experiment, double[] control, Worse worse = Worse.Either, double noise = 0, double tolerance = 0.25) =>
        SampleComparer.Compare(experiment, control, new ComparisonOptions { Worse = worse, Noise = noise, Tolerance = tolerance, Name = "m", Unit = "ms" });

    [Theory]
    [InlineData(12, 10, Worse.Either, Classification.High)]
    [InlineData(12, 10, Worse.Higher, Classification.High)]
    [InlineData(12, 10, Worse.Lower, Classification.Pass)]
    [InlineData(8, 10, Worse.Either, Classification.Low)]
    [InlineData(8, 10, Worse.Lower, Classification.Low)]
    [InlineData(8, 10, Worse.Higher, Classification.Pass)]
    [InlineData(10, 10, Worse.Either, Classification.Pass)]
    public void Only_a_difference_in_the_bad_direction_counts(double experiment, double control, Worse worse, Classification classification) =>
        Assert.Equal(classification, Compare(Around(experiment), Around(control, seed: 2), worse).Classification);

    [Fact]
    public void The_sentence_has_the_arithmetic()
    {
        var comparison = Compare([.. Enumerable.Range(0, 60).Select(i => 20.0 + i)], [.. Enumerable.Range(0, 60).Select(i => i * 1.5)]);
        Assert.Equal(Classification.Pass, comparison.Classification);
        Assert.StartsWith("m passes: +5.25 ms (98 % sure between ", comparison.Text, StringComparison.Ordinal);
        Assert.EndsWith("tolerance 1.3125), 60 and 60 points", comparison.Text, StringComparison.Ordinal);
        var high = Compare(Around(22), Around(10, seed: 2));
        Assert.StartsWith("m is High: +", high.Text, StringComparison.Ordinal);
        Assert.Equal((60, 60, 0, false), (high.ExperimentSamples, high.ControlSamples, high.LeftOut, high.SmallSample));
        Assert.InRange(high.Estimate!.Value, high.Lower!.Value, high.Upper!.Value);
        Assert.InRange(high.PValue!.Value, 0, 1e-10);
    }

    [Fact]
    public void The_tolerance_is_a_share_of_the_estimate_as_Kayenta_has_it()
    {
        // A shift of 1 in a spread that makes the interval reach down to about 0.3 of it.
        var (x, y) = (Around(11, spread: 4), Around(10, seed: 2, spread: 4));
        var comparison = Compare(x, y, tolerance: 0.01);
        Assert.Equal(Classification.High, comparison.Classification);
        var share = comparison.Lower!.Value / comparison.Estimate!.Value;
        Assert.Equal(Classification.High, Compare(x, y, tolerance: share - 0.01).Classification);
        Assert.Equal(Classification.Pass, Compare(x, y, tolerance: share + 0.01).Classification);
        Assert.Equal(comparison.Estimate.Value * 0.01, comparison.Band!.Value, 12);
    }

    [Fact]
    public void A_difference_within_the_noise_passes()
    {
        var (x, y) = (Around(12), Around(10, seed: 2));
        Assert.Equal(Classification.Pass, Compare(x, y, noise: 3).Classification);
        Assert.Equal(Classification.High, Compare(x, y, noise: 1).Classification);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Identical_samples_pass(int count)
    {
        var comparison = Compare(Around(10, count), [.. Around(10, count).Reverse()]);
        Assert.Equal((Classification.Pass, 0.0), (comparison.Classification, comparison.Estimate));
        Assert.Contains("identical", comparison.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 5, 60, Classification.Pass)]
    [InlineData(5, 5, 40, Classification.Pass)]
    [InlineData(6, 5, 60, Classification.High)]
    [InlineData(4, 5, 60, Classification.Low)]
    [InlineData(5.5, 5, 60, Classification.Pass)]
    public void Constants_are_compared_without_noise_being_added(double experiment, double control, int count, Classification classification)
    {
        var comparison = Compare([.. Enumerable.Repeat(experiment, count)], [.. Enumerable.Repeat(control, 60)], noise: 0.5);
        Assert.Equal(classification, comparison.Classification);
        Assert.Equal(experiment - control, comparison.Estimate);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(60, 0)]
    [InlineData(0, 0)]
    public void An_empty_side_is_no_data(int experiment, int control)
    {
        var comparison = Compare(Around(10, experiment), Around(10, control));
        Assert.Equal(Classification.Nodata, comparison.Classification);
        Assert.Null(comparison.Estimate);
        Assert.Contains("no points", comparison.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 4, Classification.Nodata)]
    [InlineData(1, 60, Classification.Nodata)]
    [InlineData(5, 5, Classification.High)]
    [InlineData(3, 8, Classification.High)]
    public void Points_too_few_to_show_any_difference_are_no_data(int experiment, int control, Classification classification)
    {
        var comparison = Compare(Around(20, experiment), Around(10, control, seed: 2));
        Assert.Equal(classification, comparison.Classification);
        Assert.Contains(classification == Classification.Nodata ? "too few" : "a small sample", comparison.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_number_is_left_out_and_counted()
    {
        var comparison = Compare([double.NaN, double.PositiveInfinity, .. Around(12)], [.. Around(10, seed: 2), double.NaN, 1e308]);
        Assert.Equal((Classification.High, 60, 60, 4), (comparison.Classification, comparison.ExperimentSamples, comparison.ControlSamples, comparison.LeftOut));
        Assert.Contains("60 and 60 points without 4 that are no numbers", comparison.Text, StringComparison.Ordinal);
        Assert.Equal(Classification.Nodata, Compare([double.NaN], [double.NaN]).Classification);
    }

    [Fact]
    public void Errors_that_most_minutes_do_not_have_are_found_by_their_ranks()
    {
        // 20 of 60 minutes with errors against 3 of 60: more than half of all pairs are equal, so the estimated shift is 0.
        double[] Mostly(int bad) => [.. Enumerable.Range(0, 60).Select(i => i < bad ? 1.0 + (i * 0.01) : 0)];
        var comparison = Compare(Mostly(20), Mostly(3), Worse.Higher);
        Assert.Equal((Classification.High, 0.0), (comparison.Classification, comparison.Estimate));
        Assert.Contains("most values are the same, but the rest lie above by more than chance", comparison.Text, StringComparison.Ordinal);
        Assert.Equal(Classification.Pass, Compare(Mostly(5), Mostly(3), Worse.Higher).Classification);
        Assert.Equal(Classification.Pass, Compare(Mostly(20), Mostly(3), Worse.Higher, noise: 1).Classification);
        Assert.Equal(Classification.Pass, Compare(Mostly(3), Mostly(20), Worse.Higher).Classification);
        Assert.Equal(Classification.Low, Compare(Mostly(3), Mostly(20), Worse.Lower).Classification);
    }

    [Fact]
    public void Tens_of_thousands_of_points_are_compared_at_once()
    {
        var (x, y) = (Around(10.1, 20_000), Around(10, 20_000, seed: 2));
        var start = Stopwatch.GetTimestamp();
        var comparison = Compare(x, y);
        Assert.Equal(Classification.High, comparison.Classification);
        Assert.Equal(0.1, comparison.Estimate!.Value, 2);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }
}
