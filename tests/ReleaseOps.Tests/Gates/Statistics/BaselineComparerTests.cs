using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates.Statistics;

public sealed class BaselineComparerTests
{
    private static Comparison Compare(double? now, double mean, Worse worse = Worse.Higher, double noise = 0) => BaselineComparer.Compare(
        Looks.Metric("m", worse, noise, "ms"), now, now is null ? "no series" : null, new Dictionary<string, double> { ["m"] = mean }, 0.25);

    [Theory]
    [InlineData(125, 100, Worse.Higher, Classification.Pass)]
    [InlineData(126, 100, Worse.Higher, Classification.High)]
    [InlineData(10, 100, Worse.Higher, Classification.Pass)]
    [InlineData(74, 100, Worse.Lower, Classification.Low)]
    [InlineData(500, 100, Worse.Lower, Classification.Pass)]
    [InlineData(74, 100, Worse.Either, Classification.Low)]
    [InlineData(126, 100, Worse.Either, Classification.High)]
    [InlineData(0, 0, Worse.Higher, Classification.Pass)]
    public void More_than_the_tolerance_in_the_bad_direction_is_a_difference(double now, double mean, Worse worse, Classification classification) =>
        Assert.Equal(classification, Compare(now, mean, worse).Classification);

    [Fact]
    public void A_difference_within_the_noise_is_none() => Assert.Equal(Classification.Pass, Compare(0.4, 0.1, noise: 0.3).Classification);

    [Fact]
    public void What_can_not_be_told_is_no_data()
    {
        Assert.Equal("m can't be compared: no series", Compare(null, 1).Text);
        Assert.Equal(Classification.Nodata, Compare(double.NaN, 1).Classification);
        Assert.Equal(Classification.Nodata, Compare(1, 0).Classification);
        var other = BaselineComparer.Compare(Looks.Metric("other"), 1, null, new Dictionary<string, double> { ["m"] = 1 }, 0.25);
        Assert.Equal((Classification.Nodata, "other can't be compared: the baseline has no such metric"), (other.Classification, other.Text));
    }
}
