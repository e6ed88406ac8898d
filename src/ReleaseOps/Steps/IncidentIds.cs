using System.Globalization;

namespace ReleaseOps.Steps;

/// <summary>Names of incidents: INC-1, INC-2 ..., each once in a release's ledger.</summary>
internal static class IncidentIds
{
    /// <summary>The name with that number.</summary>
    public static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"INC-{number}");

    /// <summary>The number of a name; 0 for what is none.</summary>
    public static int NumberOf(string id) => id.StartsWith("INC-", StringComparison.Ordinal) && id.Length <= 12
        && int.TryParse(id.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
