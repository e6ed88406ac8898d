using System.Text;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>
/// The evidence of a run in its folder: result.json, report.md, junit.xml, of a watch report.html too, the release's ledger as it stood, and
/// the SHA-256 of all of them and the logs.
/// </summary>
public static class EvidenceFolder
{
    /// <summary>Name of the JSON document.</summary>
    public const string ResultName = EvidencePlace.ResultName;

    /// <summary>Name of the report for people.</summary>
    public const string ReportName = "report.md";

    /// <summary>Name of the JUnit document.</summary>
    public const string JUnitName = "junit.xml";

    /// <summary>Name of the page of a watch.</summary>
    public const string PageName = "report.html";

    /// <summary>Name of the copy of the ledger.</summary>
    public const string LedgerName = FileLedger.FileName;

    /// <summary>What people read while a watch goes on.</summary>
    internal static readonly IReadOnlyList<EvidenceFormat> Readable = [EvidenceFormat.Markdown, EvidenceFormat.Html];

    /// <summary>Writes the evidence, with the ledger of the release that stands beside the run's folder.</summary>
    /// <param name="result">The result of a run; a dry run has no folder and no evidence.</param>
    /// <returns>Full paths of the files written, the checksums last.</returns>
    /// <exception cref="ReleaseOpsException">DiskFull or EvidenceUnwritable; it names the file.</exception>
    public static IReadOnlyList<string> Write(RunResult result) =>
        Write(result, Path.Join(Path.GetDirectoryName(result.Folder), FileLedger.FileName));

    /// <summary>
    /// Writes the evidence; what an earlier, interrupted part of the run left there is replaced. Of a watch that hasn't ended only what people
    /// read: the rest says that it is over.
    /// </summary>
    /// <param name="result">The result of a run; a dry run has no folder and no evidence.</param>
    /// <param name="ledger">Full path of the release's ledger; null where there is none to copy.</param>
    /// <returns>Full paths of the files written, the checksums last.</returns>
    /// <exception cref="ReleaseOpsException">DiskFull or EvidenceUnwritable; it names the file.</exception>
    public static IReadOnlyList<string> Write(RunResult result, string? ledger)
    {
        var folder = result.Folder ?? throw new ArgumentException("A dry run leaves no evidence.", nameof(result));
        var goesOn = result is WatchResult { Ended: false };
        var written = new List<string>();
        // The checksums of an earlier part of the run would call the new files forged, should we not get to the end.
        Remove(Path.Join(folder, ChecksumFile.Name));
        foreach (var format in goesOn ? Readable : EvidenceExport.FormatsOf(result))
            Add(EvidenceExport.NameOf(format), stream => stream.Write(EvidenceExport.Bytes(result, format, links: true)));
        if (goesOn)
            return written;
        if (ledger is not null)
            Add(LedgerName, stream => CopyLines(ledger, stream));
        Add(ChecksumFile.Name, stream => stream.Write(Encoding.UTF8.GetBytes(ChecksumFile.Of(folder))));
        return written;

        void Add(string name, Action<Stream> write)
        {
            var path = Path.Join(folder, name);
            EvidenceFile.Write(path, write);
            written.Add(path);
        }
    }

    // Whole lines only: a line that is being appended isn't part of the chain yet.
    private static void CopyLines(string ledger, Stream target)
    {
        using var source = new FileStream(ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[64 * 1024];
        var whole = 0L;
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is >= 0 and var end)
                whole = target.Position + end + 1;
            target.Write(buffer, 0, read);
        }
        target.SetLength(whole);
    }

    private static void Remove(string path)
    {
        try
        {
            if (File.Exists(path))
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EvidenceFile.Failure(path, e);
        }
    }
}
