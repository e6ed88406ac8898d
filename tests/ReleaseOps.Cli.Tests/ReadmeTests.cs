using System.Text.RegularExpressions;
using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>What README shows is what one can do.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string[] NotHere = ["dotnet ", "alias "];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("bash", "git")]
    public void Its_commands_run_as_they_are_written_one_after_the_other()
    {
        var commands = Blocks("bash").SelectMany(b => b.Split('\n'))
            .Where(l => l.Length > 0 && !NotHere.Any(n => l.StartsWith(n, StringComparison.Ordinal))).ToList();
        Assert.True(commands.Count >= 6, "README shows hardly any commands");
        var path = Path.GetDirectoryName(Cli.Program) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        foreach (var command in commands)
            Cli.Run(_scratch.Folder, ["bash", "-c", command], new() { ["PATH"] = path }).With(0);
    }

    [Fact]
    public void Its_runbooks_can_be_read()
    {
        var blocks = Blocks("yaml").ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            _scratch.Write("r.yaml", block);
            _scratch.Run("runbook", "check", "./r.yaml").With(0);
        }
    }

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(File.ReadAllText(Path.Combine(Cli.Root, "README.md")))
            .Where(m => m.Groups[1].Value == language)
            .Select(m => m.Groups[2].Value);

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
