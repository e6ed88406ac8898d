namespace ReleaseOps.Tests;

/// <summary>
/// A test that needs programs of the machine. Where one is absent it is skipped and says which; where <c>RELEASEOPS_REQUIRE_BACKENDS</c>
/// is 1 it runs all the same, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsProgramAttribute : FactAttribute
{
    public NeedsProgramAttribute(params string[] programs)
    {
        Programs = programs;
        var absent = programs.Where(p => NeedsProgram.Find(p) is null).ToList();
        if (absent.Count > 0 && Environment.GetEnvironmentVariable("RELEASEOPS_REQUIRE_BACKENDS") != "1")
            Skip = $"needs {string.Join(", ", absent)}, which isn't on this machine";
    }

    public IReadOnlyList<string> Programs { get; }
}

/// <summary>Finds programs of the machine.</summary>
internal static class NeedsProgram
{
    // Debian keeps servers where only root's PATH leads, and PostgreSQL's where none does.
    private static readonly string[] Beside = ["/usr/sbin", "/usr/local/sbin", "/sbin", .. PostgreSql()];

    /// <summary>Full path of a program; null where it is absent.</summary>
    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Beside)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static IEnumerable<string> PostgreSql() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
        : [];

    /// <summary>Full path of a program that must be there.</summary>
    internal static string Require(string program) =>
        Find(program) ?? throw new InvalidOperationException($"{program} isn't on this machine, but RELEASEOPS_REQUIRE_BACKENDS is set");
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsProgramTheoryAttribute : TheoryAttribute
{
    public NeedsProgramTheoryAttribute(params string[] programs) => Skip = new NeedsProgramAttribute(programs).Skip;
}
