using ReleaseOps.Probes.Files;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>
/// Reads test results in JUnit XML: <c>tests</c>, <c>passed</c>, <c>failed</c>, <c>errors</c>, <c>skipped</c>, <c>pass_rate</c> (percent
/// of those that ran), <c>failures</c> (names) and <c>duration</c>. Test cases are counted; the totals that the file states are only
/// compared with the count.
/// </summary>
internal static class JUnitProbe
{
    /// <summary>Reads the results.</summary>
    /// <param name="look">The file.</param>
    /// <param name="context">Time-out, mask and clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<Observation> LookAsync(FileLook look, LookContext context, CancellationToken cancellation) =>
        FileReading.LookAsync(look, context, (file, token) => Read(file, context.Mask, token), cancellation);

    private static Seen Read(SeenFile file, SecretMask mask, CancellationToken cancellation)
    {
        var count = JUnitCount.Read(file, mask, cancellation);
        var bad = count.Failed + count.Errors;
        if (bad == 0 && count.StatedBad > 0)
            throw new CouldNotTellException(ErrorId.BadDocument,
                Invariant($"{file.Name} states {count.StatedBad} failures or errors, but none of its {count.Tests} test cases is one"));
        var ran = count.Tests - count.Skipped;
        var values = new Dictionary<string, object?>
        {
            ["tests"] = count.Tests,
            ["passed"] = count.Passed,
            ["failed"] = count.Failed,
            ["errors"] = count.Errors,
            ["skipped"] = count.Skipped,
            ["failures"] = count.Failures.ToList<object?>(),
            ["duration"] = count.Duration,
        };
        if (ran > 0)
            values["pass_rate"] = 100.0 * count.Passed / ran;
        return new Seen(values, Detail(count, ran))
        {
            // No test says nothing, and neither do tests that were all skipped.
            CouldNotTell = ran == 0 ? ErrorId.NoData : null,
            Notes = count.Notes,
        };
    }

    private static string Detail(JUnitCount count, long ran)
    {
        if (count.Tests == 0)
            return "there is no test case in it";
        (long Number, string Word)[] all =
        [
            (count.Passed, "passed"),
            (count.Failed, "failed"),
            (count.Errors, count.Errors == 1 ? "error" : "errors"),
            (count.Skipped, "skipped"),
        ];
        var parts = all.Where((part, index) => index == 0 || part.Number > 0).Select(part => Invariant($"{part.Number} {part.Word}"));
        var rate = ran > 0 ? Invariant($" ({100.0 * count.Passed / ran:0.#} %)") : "; nothing ran";
        return Invariant($"{count.Tests} {(count.Tests == 1 ? "test" : "tests")}: {string.Join(", ", parts)}{rate}");
    }
}
