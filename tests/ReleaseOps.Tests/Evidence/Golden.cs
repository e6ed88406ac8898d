namespace ReleaseOps.Tests.Evidence;

/// <summary>
/// Documents as they are known to be, so that a change of a format is seen in a diff. RELEASEOPS_UPDATE_GOLDEN=1 writes them anew.
/// </summary>
internal static class Golden
{
    public static void Check(string name, string actual)
    {
        var path = Path.Join(Root, "tests/ReleaseOps.Tests/Evidence/golden", name);
        if (Environment.GetEnvironmentVariable("RELEASEOPS_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Join(folder.FullName, "ReleaseOps.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("The tests don't run inside the repository."));
}
