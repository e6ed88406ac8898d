using System.Globalization;

namespace ReleaseOps.Evidence;

/// <summary>Measured numbers as reports show them.</summary>
internal static class ReportNumber
{
    /// <summary>What a person reads of a number: four digits of it (three below one), and every digit before the point.</summary>
    /// <param name="value">The number.</param>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
            return "not a number";
        var size = Math.Abs(value);
        if (size != 0 && size is < 1e-6 or >= 1e15)
            return value.ToString("0.###e+0", CultureInfo.InvariantCulture);
        var decimals = size == 0 ? 0 : Math.Clamp((size < 1 ? 2 : 3) - (int)Math.Floor(Math.Log10(size)), 0, 9);
        return Math.Round((decimal)value, decimals).ToString("#,0.#########", CultureInfo.InvariantCulture);
    }

    /// <summary>The number with its unit behind it; a dash for none.</summary>
    /// <param name="value">The number; null where it couldn't be told.</param>
    /// <param name="unit">The unit.</param>
    public static string Of(double? value, string? unit) =>
        value is { } number ? Of(number) + (string.IsNullOrEmpty(unit) ? "" : " " + unit) : "-";
}
