using System.Globalization;

namespace ReleaseOps.Contracts;

/// <summary>The date from which something deprecated may be gone: <c>x-sunset</c>.</summary>
internal static class ContractSunset
{
    public const string Key = "x-sunset";

    /// <summary>The date, as RFC 3339 writes a date or a point in time; null where it is neither.</summary>
    public static DateOnly? Read(ApiNode node)
    {
        if (DateOnly.TryParseExact(node.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;

        return node.Text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(node.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? DateOnly.FromDateTime(time.UtcDateTime)
                : null;
    }

    public static string Show(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
