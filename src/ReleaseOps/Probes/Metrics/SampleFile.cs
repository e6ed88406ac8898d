using System.Globalization;
using System.Text.Json;
using ReleaseOps.Probes.Files;

namespace ReleaseOps.Probes;

/// <summary>Samples kept in a file: one number a line, or one JSON array of numbers.</summary>
public static class SampleFile
{
    private const long LargestFile = 64 << 20;

    /// <summary>Reads a file. Blank lines and lines that begin with <c>#</c> don't count; <c>NaN</c> and JSON's null are NaN.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable; BadSamples: larger than 64 MiB, or something in it is no number.</exception>
    public static IReadOnlyList<double> Read(string path)
    {
        string text;
        try
        {
            if (FileSize.Of(path) > LargestFile)
                throw new ReleaseOpsException(ErrorId.BadSamples, $"'{path}' is larger than {LargestFile >> 20} MiB.",
                    "Give fewer samples.", path);
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(ErrorId.FileUnreadable, $"'{path}' can't be read: {e.Message}", "Check the path.", path, e);
        }
        return text.AsSpan().TrimStart().StartsWith('[') ? FromJson(text, path) : [.. FromLines(text, path)];
    }

    private static IEnumerable<double> FromLines(string text, string path)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var word = line.Trim();
            if (word.Length > 0 && word[0] != '#')
                yield return TryRead(word, out var value) ? value : throw Bad(path,
                    $"line {number.ToString(CultureInfo.InvariantCulture)}: {OutsideText.OneLine(word, SecretMask.None)} is no number");
        }
    }

    private static double[] FromJson(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select((item, index) => item.ValueKind switch
            {
                JsonValueKind.Number => item.GetDouble(),
                JsonValueKind.Null => double.NaN,
                // As the Prometheus API writes samples.
                JsonValueKind.String when TryRead(item.GetString()!, out var value) => value,
                _ => throw Bad(path, $"item {index.ToString(CultureInfo.InvariantCulture)} is no number"),
            })];
        }
        catch (JsonException e)
        {
            throw new ReleaseOpsException(ErrorId.BadSamples, $"'{path}' isn't JSON: {e.Message}", "Mend the file.", path, e);
        }
    }

    private static bool TryRead(string word, out double value)
    {
        value = word switch { "+Inf" or "Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, _ => 0 };
        return value != 0 || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static ReleaseOpsException Bad(string path, string problem) =>
        new(ErrorId.BadSamples, $"'{path}' can't be used, {problem}.", "Give one number a line, or one JSON array of numbers.", path);
}
