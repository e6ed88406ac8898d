using System.Text;
using ReleaseOps.Contracts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>The formats of evidence.</summary>
public enum EvidenceFormat
{
    /// <summary>The document of <see cref="EvidenceJson"/>.</summary>
    Json,

    /// <summary>The report of <see cref="MarkdownReport"/>.</summary>
    Markdown,

    /// <summary>The document of <see cref="JUnitReport"/>.</summary>
    JUnit,

    /// <summary>The page of <see cref="WatchPage"/>; only a watch has one.</summary>
    Html,
}

/// <summary>Writes a result in chosen formats to a place of the caller's choice.</summary>
public static class EvidenceExport
{
    /// <summary>The formats that there are of a result.</summary>
    /// <param name="result">The result.</param>
    public static IReadOnlyList<EvidenceFormat> FormatsOf(RunResult result) =>
        [.. Enum.GetValues<EvidenceFormat>().Where(f => f != EvidenceFormat.Html || WatchPage.IsFor(result))];

    /// <summary>Writes the files, or none where one of them is there already and may not be replaced.</summary>
    /// <param name="result">The result; a dry run's will do.</param>
    /// <param name="destination">
    /// A folder, which is made where it isn't there; or, for one format, a file: what isn't a folder and has an ending (<c>go.json</c>).
    /// </param>
    /// <param name="formats">The formats; at least one.</param>
    /// <param name="force">True to replace files that are there.</param>
    /// <returns>Full paths of the files written.</returns>
    /// <exception cref="ReleaseOpsException">DiskFull or EvidenceUnwritable; it names the file. Usage: a page is asked for of a result that has none.</exception>
    public static IReadOnlyList<string> Write(
        RunResult result, string destination, IReadOnlyCollection<EvidenceFormat> formats, bool force = false)
    {
        var chosen = formats.Distinct().Order().ToList();
        if (chosen.Contains(EvidenceFormat.Html) && !WatchPage.IsFor(result))
            throw NoPage("This result");
        var place = Path.GetFullPath(destination);
        var isFile = chosen.Count == 1 && Path.HasExtension(place)
            && !Path.EndsInDirectorySeparator(destination) && !Directory.Exists(place);
        var files = chosen.ConvertAll(format => (Format: format, Path: isFile ? place : Path.Join(place, NameOf(format))));
        if (!force && files.Find(f => Path.Exists(f.Path)).Path is { } taken)
            throw Taken(taken);
        foreach (var (format, path) in files)
            EvidenceFile.Write(path, stream => stream.Write(Bytes(result, format, links: false)), overwrite: force);
        return files.ConvertAll(f => f.Path);
    }

    /// <summary>Writes a comparison of two API descriptions; a file that is there is replaced.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="path">Full path of the file.</param>
    /// <param name="format">Json, Markdown or JUnit.</param>
    /// <param name="at">When it was made, UTC.</param>
    /// <exception cref="ReleaseOpsException">DiskFull or EvidenceUnwritable; it names the file.</exception>
    public static void Write(ContractResult result, string path, EvidenceFormat format, DateTimeOffset at) =>
        EvidenceFile.Write(path, stream => stream.Write(format switch
        {
            EvidenceFormat.JUnit => JUnitReport.Bytes(result, at),
            EvidenceFormat.Markdown => Encoding.UTF8.GetBytes(ContractMarkdown.Text(result)),
            EvidenceFormat.Json => Encoding.UTF8.GetBytes(ContractJson.Text(result)),
            _ => throw NoPage("A comparison"),
        }));

    /// <summary>Name of a format's file in a folder.</summary>
    internal static string NameOf(EvidenceFormat format) => format switch
    {
        EvidenceFormat.Json => EvidenceFolder.ResultName,
        EvidenceFormat.Markdown => EvidenceFolder.ReportName,
        EvidenceFormat.Html => EvidenceFolder.PageName,
        _ => EvidenceFolder.JUnitName,
    };

    /// <summary>A result in a format. The folder's place isn't in it: evidence can be moved, and its paths are relative.</summary>
    /// <param name="result">The result.</param>
    /// <param name="format">The format.</param>
    /// <param name="links">True where the logs lie beside it.</param>
    internal static byte[] Bytes(RunResult result, EvidenceFormat format, bool links) => format switch
    {
        EvidenceFormat.Json => Encoding.UTF8.GetBytes(EvidenceJson.Text(result with { Folder = null })),
        EvidenceFormat.Markdown => Encoding.UTF8.GetBytes(MarkdownReport.Text(result, links)),
        EvidenceFormat.Html => Encoding.UTF8.GetBytes(WatchPage.Text((WatchResult)result)),
        _ => JUnitReport.Bytes(result),
    };

    /// <summary>The error for a page that there is none of.</summary>
    internal static ReleaseOpsException NoPage(string what) => new(
        ErrorId.Usage, $"{what} has no page: only a stability watch that has looked has one.", "Choose json, markdown or junit.", EvidenceFolder.PageName);

    private static ReleaseOpsException Taken(string path) => new(ErrorId.EvidenceUnwritable, $"'{path}' is there already.",
        "Choose another destination, or say that it may be replaced (--force, -Force).", path);
}
