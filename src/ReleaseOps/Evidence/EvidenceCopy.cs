using System.Security.Cryptography;

namespace ReleaseOps.Evidence;

/// <summary>Copies documents out of a run's evidence folder, each held against the folder's SHA256SUMS first.</summary>
public static class EvidenceCopy
{
    /// <summary>Copies the chosen documents, or none where one of them is there already and may not be replaced.</summary>
    /// <param name="folder">A run's evidence folder.</param>
    /// <param name="destination">The folder to copy to; made where it isn't there.</param>
    /// <param name="formats">The formats; none for all that the folder has.</param>
    /// <param name="force">True to replace files that are there.</param>
    /// <returns>Full paths of the files written.</returns>
    /// <exception cref="ReleaseOpsException">
    /// RunNotFound: no evidence there. Usage: a page is asked for, and the run has none.
    /// EvidenceTampered: a file isn't what its checksum says. DiskFull, EvidenceUnwritable.
    /// </exception>
    public static IReadOnlyList<string> Write(string folder, string destination, IReadOnlyCollection<EvidenceFormat> formats, bool force = false)
    {
        var sums = Checksums(folder);
        var hasPage = sums.ContainsKey(EvidenceFolder.PageName) || File.Exists(Path.Join(folder, EvidenceFolder.PageName));
        if (formats.Contains(EvidenceFormat.Html) && !hasPage)
            throw EvidenceExport.NoPage($"The run in '{folder}'");
        var chosen = formats.Count > 0 ? formats : Enum.GetValues<EvidenceFormat>().Where(f => f != EvidenceFormat.Html || hasPage);
        var names = chosen.Distinct().Order().Select(EvidenceExport.NameOf).ToList();
        var documents = names.ConvertAll(name => (Name: name, Bytes: Checked(folder, name, sums)));
        if (!force && names.Select(n => Path.Join(destination, n)).FirstOrDefault(Path.Exists) is { } taken)
            throw new ReleaseOpsException(ErrorId.EvidenceUnwritable, $"'{taken}' is there already.", "Choose another place, or replace it with --force.", taken);
        foreach (var (name, bytes) in documents)
            EvidenceFile.Write(Path.Join(destination, name), stream => stream.Write(bytes), overwrite: force);
        return names.ConvertAll(n => Path.Join(destination, n));
    }

    private static Dictionary<string, string> Checksums(string folder)
    {
        var path = Path.Join(folder, ChecksumFile.Name);
        if (!File.Exists(path))
            throw new ReleaseOpsException(
                ErrorId.RunNotFound, $"'{folder}' is no evidence folder of a finished run: it has no {ChecksumFile.Name}.",
                "Give the folder that the run printed as its evidence.", folder);
        return File.ReadLines(path).Where(l => l.Length > 66).ToDictionary(l => l[66..], l => l[..64], StringComparer.Ordinal);
    }

    private static byte[] Checked(string folder, string name, Dictionary<string, string> sums)
    {
        var path = Path.Join(folder, name);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return sums.TryGetValue(name, out var sum) && sum == Convert.ToHexStringLower(SHA256.HashData(bytes))
            ? bytes
            : throw new ReleaseOpsException(
                ErrorId.EvidenceTampered, $"'{path}' is not what the folder's {ChecksumFile.Name} says it was.",
                "Do not rely on it; look for a copy of the evidence that was made at once.", path);
    }
}
