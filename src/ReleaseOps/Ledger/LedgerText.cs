using System.Globalization;
using System.Text.Json;

namespace ReleaseOps.Ledger;

/// <summary>Texts and times in the data of a ledger's events; what isn't there, or is something else, is empty.</summary>
internal static class LedgerText
{
    /// <summary>A time as the ledger has it: UTC, whole milliseconds.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A text; empty for none.</summary>
    public static string Of(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? Of(value) : "";

    /// <summary>A text; empty for what is none.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text at all.
            return "";
        }
    }

    /// <summary>A time; null for none.</summary>
    public static DateTimeOffset? TimeOf(JsonElement data, string name) =>
        DateTimeOffset.TryParse(Of(data, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
