using System.Text;
using ReleaseOps.Reviews;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>The files of reviews. Each is there whole or not at all; a review that is made again replaces them.</summary>
public static class ReviewFiles
{
    /// <summary>
    /// Writes a day's review: <c>m31_slo_incident_&lt;day&gt;.json</c> and <c>.md</c>, as the runbook names them. What was looked at before the close
    /// has its moment in the name, for it isn't the day's review.
    /// </summary>
    /// <param name="folder">The folder that relative paths start from, full.</param>
    /// <param name="reports">Where they go, instead of the runbook's own place; null for that.</param>
    /// <param name="review">The runbook's review.</param>
    /// <param name="result">The result.</param>
    /// <returns>The result, with the full paths of the files.</returns>
    /// <exception cref="ReleaseOpsException">DiskFull or EvidenceUnwritable; it names the file.</exception>
    public static DailyReviewResult Write(string folder, string? reports, Review review, DailyReviewResult result)
    {
        var moment = result.Moment == ReviewMomentKind.PostClose ? "" : "_" + ReviewMoment.Word(result.Moment);
        var path = PathOf(folder, reports, review.Files.Report, result.Day) + moment;
        return result with { Files = Write(path, (".json", ReviewJson.Text(result)), (".md", ReviewMarkdown.Text(result))) };
    }

    /// <summary>Writes a week's review: JSON, Markdown, and a page with plots.</summary>
    /// <param name="folder">The folder that relative paths start from, full.</param>
    /// <param name="reports">Where they go, instead of the runbook's own place; null for that.</param>
    /// <param name="review">The runbook's review.</param>
    /// <param name="result">The result.</param>
    /// <returns>The result, with the full paths of the files.</returns>
    /// <exception cref="ReleaseOpsException">DiskFull or EvidenceUnwritable; it names the file.</exception>
    public static WeeklyReviewResult Write(string folder, string? reports, Review review, WeeklyReviewResult result) => result with
    {
        Files = Write(PathOf(folder, reports, review.Weekly.Report, result.Day),
            (".json", WeeklyJson.Text(result)), (".md", ReviewMarkdown.Text(result)), (".html", WeeklyPage.Text(result))),
    };

    private static string PathOf(string folder, string? reports, string pattern, DateOnly day) => Path.GetFullPath(
        ArtifactReader.NameOf(reports is null ? pattern : Path.Join(reports, Path.GetFileName(pattern)), day), folder);

    private static IReadOnlyList<string> Write(string path, params IReadOnlyList<(string Ending, string Text)> files)
    {
        foreach (var (ending, text) in files)
            EvidenceFile.Write(path + ending, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return [.. files.Select(f => path + f.Ending)];
    }
}
