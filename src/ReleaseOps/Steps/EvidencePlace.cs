namespace ReleaseOps.Steps;

/// <summary>Makes the folders of a run.</summary>
internal static class EvidencePlace
{
    /// <summary>Name of the document that says a run's evidence was written.</summary>
    public const string ResultName = "result.json";

    /// <summary>
    /// Makes the run's folder and its logs folder. The root gets a <c>.gitignore</c> that ignores all of it: a run inside a checkout must
    /// not be what makes its own "working tree is clean" check fail.
    /// </summary>
    /// <exception cref="ReleaseOpsException">EvidenceUnwritable, DiskFull.</exception>
    public static void Prepare(string root, string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "logs"));
            var ignore = Path.Combine(root, ".gitignore");
            if (!File.Exists(ignore))
                File.WriteAllText(ignore, "*\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, error);
        }
    }

    /// <summary>Takes away the result of a run that goes on.</summary>
    /// <exception cref="ReleaseOpsException">EvidenceUnwritable.</exception>
    public static void Renew(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, ResultName));
        }
        catch (DirectoryNotFoundException)
        {
            // It was cut short before it had a folder.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, error);
        }
    }

    private static ReleaseOpsException Unwritable(string folder, Exception error) => new(
        ErrorId.EvidenceUnwritable, $"The evidence folder '{folder}' can't be written: {error.Message}",
        "Choose another one (--evidence, -EvidencePath), or make this one writable.", folder, error);
}
