using System.Text.Encodings.Web;
using System.Text.Json;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Reviews;

/// <summary>Counts days in tests.</summary>
internal static class Counting
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Task<DayCounts> Count(Review review, LogReadOptions options, params LogSource[] sources) =>
        LogReview.CountAsync(sources, review, OddLog.Day, options, null, CancellationToken.None);

    /// <summary>Counts as text, to be compared.</summary>
    internal static string Text(this DayCounts counts) => JsonSerializer.Serialize(counts, Options);

    // Without the folder that a test's file is in.
    private static string Short(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\"[^\":]*/log:", "\"log:");

    /// <summary>Says which seed two results differ at, and where.</summary>
    internal static void Same(DayCounts expected, DayCounts actual, string about)
    {
        var (one, other) = (Short(expected.Text()), Short(actual.Text()));
        if (one != other)
            Assert.Fail($"{about}:\n" + string.Join('\n', one.Split('\n').Zip(other.Split('\n')).Where(p => p.First != p.Second).Take(6).Select(p =>
                $"  expected {p.First}\n  actual   {p.Second}")));
    }
}
