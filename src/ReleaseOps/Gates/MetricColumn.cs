using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Why a criterion can't be told.</summary>
/// <param name="Reason">The error's id.</param>
/// <param name="Text">A sentence that names the metric and the cause.</param>
internal sealed record Unknown(ErrorId Reason, string Text);

/// <summary>The numbers behind one name of a criterion: one, or one a series.</summary>
/// <param name="Use">What the criterion asks.</param>
/// <param name="Metric">The metric as the runbook defines it.</param>
/// <param name="Values">The numbers; not finite where they can't be told.</param>
internal sealed record MetricColumn(MetricUse Use, Metric Metric, double[] Values)
{
    /// <summary>True where there is one number a series.</summary>
    public bool PerSeries { get; init; }

    /// <summary>For drift and change: what was measured, number for number.</summary>
    public double[]? Measured { get; init; }

    /// <summary>For drift and change: what it is compared with, number for number, or one for all.</summary>
    public double[]? Reference { get; init; }

    /// <summary>The number of one series, or the one number.</summary>
    public double At(int row) => Values[PerSeries ? row : 0];

    /// <summary>Its unit.</summary>
    public string? Unit => Use.Ask is Ask.Drift or Ask.Change ? "%" : Metric.Unit;

    /// <summary>A number with its unit, as people read it.</summary>
    public string Show(double value) => WithUnit(value, Unit);

    /// <summary>How a percentage came about; null for a plain value.</summary>
    public string? Arithmetic(int row)
    {
        if (Measured is null || Reference is null)
            return null;
        var (value, reference) = (Measured[Measured.Length == 1 ? 0 : row], Reference[Reference.Length == 1 ? 0 : row]);
        var whose = Use.Ask == Ask.Drift ? "its control's" : "the baseline's";
        var noise = Metric.Noise > 0 && value != reference && PercentWorse.IsNoise(Metric, value, reference)
            ? $", within its noise of {WithUnit(Metric.Noise, Metric.Unit)}" : "";
        var better = At(row) == 0 && noise.Length == 0 && value != reference ? ", no worse" : "";
        return $"{Metric.Name} {WithUnit(value, Metric.Unit)} against {whose} {WithUnit(reference, Metric.Unit)}{noise}{better}";
    }

    /// <summary>Why a number can't be told; null where it can.</summary>
    public Unknown? Problem(int row)
    {
        var value = At(row);
        if (double.IsFinite(value))
            return null;
        var why = Measured is not null && Reference is not null
            && double.IsFinite(Measured[Measured.Length == 1 ? 0 : row]) && Reference[Reference.Length == 1 ? 0 : row] == 0
            ? $"{Arithmetic(row)?.Replace(", no worse", "", StringComparison.Ordinal)}: there is no percentage of 0"
            : double.IsNaN(value) ? "NaN, so nothing was measured"
            : $"{(value > 0 ? "+" : "-")}Inf, a division by 0";
        return new Unknown(ErrorId.NoData, $"{Use} can't be told: {why}");
    }

    /// <summary>A number with a unit, as people read it.</summary>
    public static string WithUnit(double value, string? unit) =>
        CelText.Plain(double.IsInteger(value) ? value : Rounded(value, "G10")) + (string.IsNullOrEmpty(unit) ? "" : " " + unit);

    /// <summary>A number with so many digits, as text that looks the same everywhere.</summary>
    public static double Rounded(double value, string digits) =>
        double.Parse(value.ToString(digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
