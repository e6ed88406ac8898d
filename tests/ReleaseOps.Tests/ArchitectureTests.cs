using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ReleaseOps.Tests;

/// <summary>The arrows of docs/architecture.md: each layer of the engine may use those before it, never those after it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[][] Layers =
    [
        ["Secrets"],
        ["Runbooks", "Expressions"],
        ["Gates", "Contracts"],
        ["Probes", "Channels", "Ledger"],
        ["Steps"],
        ["Checklists", "Rollouts", "Watches", "Hotfixes", "Incidents", "Reviews"],
        ["Evidence"],
    ];

    private static string Engine([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../src/ReleaseOps"));

    public static TheoryData<string> Folders => [.. Directory.GetDirectories(Engine()).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj"))];

    [Theory, MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_stands_before_it(string folder)
    {
        var rank = Rank(folder);
        Assert.True(rank >= 0, $"src/ReleaseOps/{folder} has no place in the architecture.");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Engine(), folder), "*.cs", SearchOption.AllDirectories))
            foreach (Match use in NamespaceUse().Matches(File.ReadAllText(file)))
            {
                var used = use.Groups[1].Value;
                var allowed = used == folder || Rank(used) < rank || (Rank(used) == rank && !IsJob(rank));
                Assert.True(allowed, $"{folder}/{Path.GetFileName(file)} uses ReleaseOps.{used}, which stands after it.");
            }
    }

    [Fact]
    public void The_words_that_everything_shares_use_no_folder()
    {
        foreach (var file in Directory.EnumerateFiles(Engine(), "*.cs"))
            Assert.DoesNotMatch(NamespaceUse(), File.ReadAllText(file));
    }

    [Fact]
    public void The_engine_knows_no_console_and_no_PowerShell()
    {
        foreach (var file in Directory.EnumerateFiles(Engine(), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
            Assert.DoesNotMatch(ConsoleUse(), File.ReadAllText(file));
    }

    private static int Rank(string folder) => Array.FindIndex(Layers, l => l.Contains(folder));

    private static bool IsJob(int rank) => rank == 5;

    [GeneratedRegex(@"\busing ReleaseOps\.(\w+)")]
    private static partial Regex NamespaceUse();

    [GeneratedRegex(@"\bConsole\.(Out|Error|In|Write|Read)|System\.Management\.Automation")]
    private static partial Regex ConsoleUse();
}
