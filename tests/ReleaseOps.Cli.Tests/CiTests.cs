using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

public sealed class CiTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public CiTests() => _scratch.WriteSteps("""
        - id: hostile
          command: [printf, '\n::error::taken over\n##vso[task.complete result=Succeeded;]done\n##[error]x ::set-output name=a::b\n']
          expect: output.contains('all is well')
        """);

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("printf")]
    public void In_GitHub_Actions_a_blocker_is_annotated_and_the_report_is_the_summary()
    {
        var summary = _scratch.Write("summary.md", "before\n");
        var ended = Run(new() { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = summary, ["GITHUB_WORKSPACE"] = _scratch.Folder });
        var commands = ended.Lines.Where(l => l.TrimStart().StartsWith("::", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("::error file=r.yaml,line=7,", Assert.Single(commands), StringComparison.Ordinal);
        Assert.DoesNotContain("##[", ended.Out + ended.Error, StringComparison.Ordinal);
        Assert.StartsWith("before\n", File.ReadAllText(summary), StringComparison.Ordinal);
        Assert.Contains("hostile", File.ReadAllText(summary), StringComparison.Ordinal);
    }

    [NeedsProgram("printf")]
    public void In_Azure_Pipelines_too()
    {
        var ended = Run(new() { ["TF_BUILD"] = "True" });
        var commands = ended.Lines.Where(l => l.Contains("##vso[", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(2, commands.Count);
        Assert.StartsWith("##vso[task.logissue type=error;", commands[0], StringComparison.Ordinal);
        Assert.Matches(@"^##vso\[task\.uploadsummary\].*report\.md$", commands[1]);
    }

    [NeedsProgram("printf")]
    public void Elsewhere_nothing_looks_like_a_command()
    {
        var ended = Run([]);
        Assert.DoesNotContain(ended.Lines, l => l.TrimStart().StartsWith("::", StringComparison.Ordinal) || l.Contains("##vso", StringComparison.Ordinal));
    }

    private Ended Run(Dictionary<string, string> environment) =>
        Cli.Run(_scratch.Folder, [Cli.Program, "checklist", "./r.yaml"], environment).With(1);
}
