using System.Security.Cryptography;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>
/// Reads and validates runbooks: bytes -> text -> nodes with positions -> values that fit the format -> names settled. All problems are
/// found at once, each with its place.
/// </summary>
public static class RunbookReader
{
    /// <summary>Reads a runbook's file. It never throws for what the file holds, nor where it can't be read.</summary>
    /// <param name="path">The file.</param>
    public static RunbookReading Read(string path)
    {
        return RunbookFile.TryRead(path, out var bytes, out var problem) ? Parse(bytes, path) : new RunbookReading(null, [problem!]);
    }

    /// <summary>Reads a runbook's file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RunbookInvalidException">
    /// RunbookNotFound, RunbookUnreadable, RunbookTooLarge, RunbookNotText or RunbookEmpty; else RunbookInvalid, with all problems.
    /// </exception>
    public static Runbook Load(string path)
    {
        var reading = Read(path);
        return reading.Runbook ?? throw new RunbookInvalidException(path, reading.Problems);
    }

    /// <summary>Reads a runbook from the bytes of its file.</summary>
    /// <param name="bytes">The bytes: text in UTF-8.</param>
    /// <param name="file">The file, as problems name it.</param>
    public static RunbookReading Parse(ReadOnlyMemory<byte> bytes, string file)
    {
        if (RunbookFile.Decode(bytes, file, out var problem) is not { } text)
            return new RunbookReading(null, [problem!]);
        var reading = new Reading(file, new SourceText(text));
        if (YamlTree.Read(reading) is not { } root || !Fits(root, reading, out var runbook) || reading.HasErrors)
            return new RunbookReading(null, reading.Problems());
        runbook = runbook with
        {
            File = Path.GetFullPath(file),
            Digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)),
            Secrets = [.. reading.Expressions.Secrets],
        };
        return new RunbookReading(runbook, reading.Problems());
    }

    private static bool Fits(YamlNode root, Reading reading, out Runbook runbook)
    {
        var fits = RunbookFormat.Shape.TryRead(root, reading, out runbook);
        reading.Names.Settle(reading);
        reading.Needs.Settle(reading);
        reading.Expressions.Settle(reading);
        if (fits)
        {
            SeriesInTriggers.Check(runbook, reading);
            StepsInPlace.Check(runbook, reading);
            reading.CheckWhole(runbook);
        }
        return fits;
    }
}
