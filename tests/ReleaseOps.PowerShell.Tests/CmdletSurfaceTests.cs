using ReleaseOps.Help;

namespace ReleaseOps.PowerShell.Tests;

public class CmdletSurfaceTests
{
    // `Get-Verb`, those that this module may want.
    private static readonly string[] ApprovedVerbs =
    [
        "Approve", "Compare", "Export", "Find", "Get", "Import", "Invoke", "Measure", "New", "Resume", "Send", "Set", "Start", "Stop", "Test",
    ];

    private static readonly string[] VerbsThatChangeSomething = ["Approve", "Export", "Import", "Invoke", "New", "Resume", "Send", "Set", "Start", "Stop"];

    // A test that starts the runbook's commands and writes a ledger.
    private const string TestThatRuns = "Test-HotfixReadiness";

    // It makes an object, and records nothing.
    private const string NewThatOnlyWrites = "New-IncidentUpdate";

    private static readonly IReadOnlyList<CmdletHelp> Cmdlets = CmdletReader.Read(Checkout.ModuleBin);

    public static TheoryData<string> Names => [.. Cmdlets.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_has_an_approved_verb_and_a_singular_noun(string name)
    {
        var cmdlet = Find(name);

        Assert.Contains(cmdlet.Verb, ApprovedVerbs);
        Assert.False(cmdlet.Noun.EndsWith('s') && !cmdlet.Noun.EndsWith("ss", StringComparison.Ordinal), cmdlet.Noun);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_that_changes_something_asks_ShouldProcess(string name)
    {
        var cmdlet = Find(name);

        Assert.Equal((VerbsThatChangeSomething.Contains(cmdlet.Verb) && name != NewThatOnlyWrites) || name == TestThatRuns, cmdlet.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_says_what_it_writes(string name) => Assert.NotEmpty(Find(name).OutputTypes);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_is_explained_with_examples(string name)
    {
        var cmdlet = Find(name);

        Assert.NotEmpty(cmdlet.Synopsis);
        Assert.NotEmpty(cmdlet.Description);
        Assert.NotEmpty(cmdlet.Examples);
        Assert.All(cmdlet.Examples, e => Assert.Contains(name, e.Code + string.Concat(cmdlet.Examples.Select(x => x.Code)), StringComparison.Ordinal));
        Assert.All(cmdlet.Examples, e => Assert.NotEmpty(e.Text));
        Assert.All(cmdlet.Parameters, p => Assert.True(p.Description.Length > 0, $"-{p.Name} isn't explained"));
    }

    [Fact]
    public void The_manifest_exports_the_cmdlets_and_nothing_else()
    {
        var manifest = File.ReadAllText(Checkout.Manifest);
        var exported = Between(manifest, "CmdletsToExport", ")").Split('\'').Where((_, i) => i % 2 == 1);

        Assert.Equal(Cmdlets.Select(c => c.Name), exported.Order(StringComparer.Ordinal));
        foreach (var other in (string[])["FunctionsToExport", "VariablesToExport", "AliasesToExport"])
            Assert.Equal("@()", Between(manifest, other, "\n").Trim(' ', '='));
    }

    [Fact]
    public void The_manifest_has_the_version_of_the_build()
    {
        var manifest = File.ReadAllText(Checkout.Manifest);
        var build = File.ReadAllText(Path.Combine(Checkout.Root, "Directory.Build.props"));

        Assert.Equal(Between(build, "<Version>", "<"), Between(manifest, "ModuleVersion", "\n").Trim(' ', '=', '\''));
    }

    [Fact]
    public void The_engine_and_its_packages_are_built_apart_from_the_cmdlets()
    {
        Assert.Equal(
            ["ReleaseOps.Loader.dll", "ReleaseOps.PowerShell.dll"],
            Directory.GetFiles(Checkout.ModuleBin, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(Checkout.ModuleBin, "dependencies", "ReleaseOps.dll")));
        Assert.True(File.Exists(Path.Combine(Checkout.ModuleBin, "dependencies", "YamlDotNet.dll")));
    }

    private static CmdletHelp Find(string name) => Cmdlets.Single(c => c.Name == name);

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
