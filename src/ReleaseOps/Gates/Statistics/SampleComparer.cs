using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>How samples are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Share of the Hodges-Lehmann estimate that is no difference; Kayenta's 0.25 unless told otherwise.</summary>
    public double Tolerance { get; init; } = 0.25;

    /// <summary>The confidence level in percent, below 100; Kayenta's 98 unless told otherwise.</summary>
    public double Confidence { get; init; } = 98;

    /// <summary>Which way is bad; a difference the other way passes.</summary>
    public Worse Worse { get; init; }

    /// <summary>A difference up to this, in the values' unit, is none.</summary>
    public double Noise { get; init; }

    /// <summary>What is compared, for the sentence.</summary>
    public string Name { get; init; } = "the experiment";

    /// <summary>The values' unit, for the sentence; null for none.</summary>
    public string? Unit { get; init; }
}

/// <summary>
/// Compares two sets of samples by the Mann-Whitney U test, as Kayenta judges a canary (kayenta-judge, MannWhitneyClassifier.scala):
/// High where the whole confidence interval of the difference lies above tolerance times the estimate's magnitude, Low where all of it lies
/// below minus that, else Pass; identical samples pass, and only the bad direction counts.
/// <para>
/// It differs in three places, each to the safe side. Points too few to show any difference at that confidence are Nodata, where Kayenta
/// passes them. Constants need no random noise to be compared. And where more than half of all pairs are equal (an error count that is
/// mostly 0), the estimate is 0 and says nothing; there the test's own p-value decides, where Kayenta decides by what its root finder
/// leaves of 0.
/// </para>
/// </summary>
public static class SampleComparer
{
    private const int Small = 50;

    /// <summary>Two larger ones may have a difference that no double can hold.</summary>
    private const double Largest = 1e300;

    /// <summary>Compares.</summary>
    /// <param name="experiment">The samples of what is judged; what isn't a finite number is left out, and counted.</param>
    /// <param name="control">The samples of what it is compared with; likewise.</param>
    /// <param name="options">How.</param>
    public static Comparison Compare(IReadOnlyList<double> experiment, IReadOnlyList<double> control, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(options);
        double[] x = [.. experiment.Where(IsMeasured)];
        double[] y = [.. control.Where(IsMeasured)];
        var empty = new Comparison(Classification.Nodata, "")
        {
            ControlSamples = y.Length,
            ExperimentSamples = x.Length,
            LeftOut = experiment.Count + control.Count - x.Length - y.Length,
            SmallSample = Math.Min(x.Length, y.Length) < Small,
        };
        var points = Points(empty);
        if (x.Length == 0 || y.Length == 0)
        {
            var side = x.Length == 0 ? y.Length == 0 ? "either side" : "what is judged" : "what it is compared with";
            return empty with { Text = $"{options.Name} can't be compared: there are no points of {side} ({points})" };
        }
        if (x.Order().SequenceEqual(y.Order()))
        {
            return empty with
            {
                Classification = Classification.Pass,
                Text = $"{options.Name} passes: both sides are identical, {points}",
                Estimate = 0,
                Lower = 0,
                Upper = 0,
                Band = options.Noise,
                PValue = 1,
            };
        }
        var alpha = 1 - (options.Confidence / 100);
        if (!MannWhitney.CanTell(x.Length, y.Length, alpha))
        {
            return empty with
            {
                Text = $"{options.Name} can't be compared: too few points to be {Number(options.Confidence)} % sure of anything ({points})",
            };
        }
        return Classified(empty, MannWhitney.Test(x, y, alpha), x.Average() - y.Average(), alpha, options);
    }

    private static bool IsMeasured(double value) => Math.Abs(value) <= Largest;

    private static Comparison Classified(Comparison empty, MannWhitneyResult test, double means, double alpha, ComparisonOptions options)
    {
        var band = Math.Max(options.Tolerance * Math.Abs(test.Estimate), options.Noise);
        var byRanks = test.Estimate == 0 && test.PValue < alpha && Math.Abs(means) > options.Noise;
        var middle = (double)empty.ExperimentSamples * empty.ControlSamples / 2;
        var found = test.Lower > band || (byRanks && test.U > middle) ? Classification.High
            : test.Upper < -band || (byRanks && test.U < middle) ? Classification.Low
            : Classification.Pass;
        var harmless = options.Worse switch { Worse.Higher => Classification.Low, Worse.Lower => Classification.High, _ => Classification.Pass };
        var classification = found == harmless ? Classification.Pass : found;
        var bad = classification != Classification.Pass;
        var unit = string.IsNullOrEmpty(options.Unit) ? "" : " " + options.Unit;
        var verdict = classification == Classification.Pass ? "passes" : $"is {classification}";
        var side = found == Classification.High ? "above" : "below";
        var ranks = byRanks && bad ? $"; most values are the same, but the rest lie {side} by more than chance (p {Number(test.PValue)})" : "";
        return empty with
        {
            Classification = classification,
            Estimate = test.Estimate,
            Lower = test.Lower,
            Upper = test.Upper,
            Band = band,
            PValue = test.PValue,
            Text = $"{options.Name} {verdict}: {Signed(test.Estimate)}{unit} ({Number(options.Confidence)} % sure between "
                + $"{Number(test.Lower)} and {Number(test.Upper)}, tolerance {Number(band)}{ranks}), {Points(empty)}",
        };
    }

    private static string Points(Comparison comparison) => string.Create(CultureInfo.InvariantCulture,
        $"{comparison.ExperimentSamples} and {comparison.ControlSamples} points")
        + (comparison.LeftOut > 0 ? string.Create(CultureInfo.InvariantCulture, $" without {comparison.LeftOut} that are no numbers") : "")
        + (comparison.SmallSample ? ", a small sample" : "");

    private static string Signed(double value) => (value > 0 ? "+" : "") + Number(value);

    /// <summary>Five digits are enough for a sentence; all of them are in the result.</summary>
    private static string Number(double value) => MetricColumn.WithUnit(MetricColumn.Rounded(value, "G5"), null);
}
