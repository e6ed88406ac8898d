using System.Text.Json;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Probes;

/// <summary>
/// A measurement kept in a file: one JSON object whose own members are the means by metric (<c>{"error_rate_pct": 0.4}</c>, the form that
/// others' KPI files have too), and <c>_releaseops</c> with how they came about.
/// </summary>
public sealed record KpiFile
{
    /// <summary>The member that isn't a metric.</summary>
    internal const string Origin = "_releaseops";

    private const long Longest = 1 << 20;

    /// <summary>Means by metric.</summary>
    public required IReadOnlyDictionary<string, double> Means { get; init; }

    /// <summary>How many looks each mean rests on; empty for a file that others wrote.</summary>
    public IReadOnlyDictionary<string, int> Looks { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// Reads a file, of ours or of others: the numbers at its top level are means, what else stands there is left out. A text isn't a number,
    /// whatever it looks like.
    /// </summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="ReleaseOpsException">
    /// FileUnreadable. BadSamples: larger than 1 MiB, not a JSON object, a member twice, or no number in it.
    /// </exception>
    public static KpiFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var json = Parse(path, Text(path));
        if (json.ValueKind != JsonValueKind.Object)
            throw Bad(path, "isn't a JSON object");
        var means = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var mean) && double.IsFinite(mean))
                means[member.Name] = mean;
        }
        return means.Count > 0 ? new KpiFile { Means = means, Looks = LooksOf(json) } : throw Bad(path, "has no number at its top level");
    }

    private static Dictionary<string, int> LooksOf(JsonElement json)
    {
        var looks = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!json.TryGetProperty(Origin, out var origin) || origin.ValueKind != JsonValueKind.Object
            || !origin.TryGetProperty("metrics", out var metrics) || metrics.ValueKind != JsonValueKind.Array)
            return looks;
        foreach (var metric in metrics.EnumerateArray().Where(m => m.ValueKind == JsonValueKind.Object))
        {
            if (metric.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                && metric.TryGetProperty("samples", out var samples) && samples.ValueKind == JsonValueKind.Number && samples.TryGetInt32(out var count))
                looks[name.GetString()!] = count;
        }
        return looks;
    }

    private static string Text(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > Longest)
                throw Bad(path, "is larger than 1 MiB");
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReleaseOpsException(ErrorId.FileUnreadable, $"The measurement {path} can't be read: {e.Message}",
                "Measure first, or correct the path.", path, e);
        }
    }

    private static JsonElement Parse(string path, string text)
    {
        try
        {
            return StrictJson.Parse(text);
        }
        catch (JsonException e)
        {
            throw Bad(path, "isn't valid JSON" + StrictJson.Place(e));
        }
    }

    private static ReleaseOpsException Bad(string path, string why) => new(
        ErrorId.BadSamples, $"The measurement {path} {why}.", "It is one JSON object of numbers by metric: {\"error_rate\": 0.4}.", path);
}
