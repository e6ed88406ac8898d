using ReleaseOps.Probes.Files;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>
/// Checks the files that a SHA256SUMS file names: <c>ok</c>, <c>files</c> (how many), <c>bad</c> and <c>missing</c> (their names). The
/// names must stay inside the folder of the sums file, links followed.
/// </summary>
internal static class ChecksumProbe
{
    /// <summary>The largest sums file that is read, in bytes.</summary>
    internal const long MaxLength = 4 << 20;

    // Names that are listed; the counts are always of all.
    private const int MaxNames = 1000;

    /// <summary>Checks the sums.</summary>
    /// <param name="look">The SHA256SUMS file.</param>
    /// <param name="context">Time-out, mask and clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<Observation> LookAsync(FileLook look, LookContext context, CancellationToken cancellation) =>
        FileReading.LookAsync(look, context, (file, token) => Check(file, context.Mask, token), cancellation);

    private static Seen Check(SeenFile file, SecretMask mask, CancellationToken cancellation)
    {
        var sums = ChecksumList.Read(TextFile.Read(file, MaxLength));
        var folder = new InsideFolder(Path.GetDirectoryName(file.Path)!);
        var places = sums.Select(s => (Sum: s, Path: folder.Find(s.Name) ?? throw new CouldNotTellException(ErrorId.PathOutside,
            $"{OutsideText.OneLine(s.Name, mask)} leads outside the folder of {file.Name}"))).ToList();
        var wrong = new Dictionary<Outcome, List<string>> { [Outcome.Bad] = [], [Outcome.Missing] = [], [Outcome.Unreadable] = [] };
        foreach (var (sum, path) in places)
        {
            if (Judge(sum, path, mask, cancellation) is var outcome && outcome != Outcome.Good)
                wrong[outcome].Add(OutsideText.OneLine(sum.Name, mask));
        }
        var values = new Dictionary<string, object?>
        {
            ["ok"] = wrong.Values.All(names => names.Count == 0),
            ["files"] = (long)sums.Count,
            ["bad"] = wrong[Outcome.Bad].Take(MaxNames).ToList<object?>(),
            ["missing"] = wrong[Outcome.Missing].Take(MaxNames).ToList<object?>(),
        };
        return new Seen(values, Detail(sums.Count, wrong))
        {
            // What was seen to be wrong stays seen; only where nothing else is wrong does an unreadable file leave it open.
            CouldNotTell = wrong[Outcome.Unreadable].Count > 0 && wrong[Outcome.Bad].Count + wrong[Outcome.Missing].Count == 0
                ? ErrorId.FileUnreadable
                : null,
        };
    }

    private static Outcome Judge(Checksum sum, string path, SecretMask mask, CancellationToken cancellation)
    {
        try
        {
            if (SeenFile.Find(path, mask) is not { } file)
                return Outcome.Missing;
            return Digests.Sha256(file, cancellation).Digest == sum.Digest ? Outcome.Good : Outcome.Bad;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CouldNotTellException)
        {
            return Outcome.Unreadable;
        }
    }

    private static string Detail(int files, Dictionary<Outcome, List<string>> wrong)
    {
        var lines = wrong[Outcome.Bad].Select(n => n + ": FAILED")
            .Concat(wrong[Outcome.Missing].Select(n => n + ": missing"))
            .Concat(wrong[Outcome.Unreadable].Select(n => n + ": can't be read"))
            .ToList();
        if (lines.Count == 0)
            return Invariant($"{files} {(files == 1 ? "file" : "files")} OK");
        var more = lines.Count > 3 ? Invariant($" and {lines.Count - 3} more") : "";
        return string.Join(", ", lines.Take(3)) + more;
    }

    private enum Outcome
    {
        Good,
        Bad,
        Missing,
        Unreadable,
    }
}
