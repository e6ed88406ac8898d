using System.Text.RegularExpressions;

namespace ReleaseOps.PowerShell.Tests;

/// <summary>Each test of tests/module/*.Tests.ps1 as a test of its own here, so that one command runs and counts them all.</summary>
public sealed partial class PesterTests(PesterRun pester) : IClassFixture<PesterRun>
{
    private static readonly (string File, string Name)[] Found =
    [
        .. from path in Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "module"), "*.Tests.ps1")
           from test in It().Matches(File.ReadAllText(path))
           let row = (File: Path.GetFileName(path), Name: test.Groups[1].Value)
           orderby row.File
           select row,
    ];

    public static TheoryData<string, string> Tests
    {
        get
        {
            var tests = new TheoryData<string, string>();
            foreach (var (file, name) in Found)
                tests.Add(file, name);
            return tests;
        }
    }

    public static TheoryData<string> Files => [.. Found.Select(t => t.File).Distinct()];

    [PesterTheory]
    [MemberData(nameof(Tests))]
    public void In_a_real_shell(string file, string test)
    {
        var results = pester.Of(file).Where(r => r.Name == test).ToList();

        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.True(r.Result == "Passed", $"{r.Result}: {r.Message}"));
    }

    [PesterTheory]
    [MemberData(nameof(Files))]
    public void No_test_in_the_shell_goes_uncounted(string file) =>
        Assert.Equal(
            Found.Where(t => t.File == file).Select(t => t.Name).Order(StringComparer.Ordinal),
            pester.Of(file).Select(r => r.Name).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\s*It '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex It();
}
