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

    [NeedsProgram("git")]
    public void What_breaks_an_API_is_annotated_at_its_line_of_the_newer_description()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "api"));
        const string Head = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /stock:\n    get:\n";
        const string Tail = "      responses: {'200': {description: ok}}\n";
        _scratch.Write("api/shop.yaml", Head + Tail);
        Git("init", "-q", "-b", "main");
        Git("add", "api");
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", "before");
        _scratch.Write("api/shop.yaml", Head
            + "      parameters:\n        - {name: tenant, in: query, required: true, schema: {type: string}}\n" + Tail);
        Git("add", "api");
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", "after");

        var github = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = _scratch.Folder };
        var azure = new Dictionary<string, string> { ["TF_BUILD"] = "True", ["BUILD_SOURCESDIRECTORY"] = _scratch.Folder };
        foreach (var newer in new[] { "HEAD:api/shop.yaml", "api/shop.yaml", Path.Combine(_scratch.Folder, "api", "shop.yaml") })
        {
            Assert.StartsWith("::error file=api/shop.yaml,line=7,col=", Contract(github, newer, "::"), StringComparison.Ordinal);
            Assert.StartsWith(
                "##vso[task.logissue type=error;sourcepath=api/shop.yaml;linenumber=7;", Contract(azure, newer, "##"), StringComparison.Ordinal);
        }
        Assert.StartsWith(
            "::error file=api/shop.yaml,line=7,", Contract(github, "shop.yaml", "::", "--folder", "api"), StringComparison.Ordinal);
        Assert.StartsWith("::error ", Contract(github, "api/shop.yaml", "::", "--json"), StringComparison.Ordinal);
    }

    // With --json the document has standard output for itself.
    private string Contract(Dictionary<string, string> environment, string newer, string mark, params string[] more)
    {
        var ended = Cli.Run(_scratch.Folder, [Cli.Program, "contract", "HEAD~1:api/shop.yaml", newer, .. more], environment).With(1);
        return Assert.Single((more is ["--json"] ? ended.Error : ended.Out).Split('\n'), l => l.StartsWith(mark, StringComparison.Ordinal));
    }

    private void Git(params string[] arguments) => Cli.Run(_scratch.Folder, ["git", .. arguments], []).With(0);

    private Ended Run(Dictionary<string, string> environment) =>
        Cli.Run(_scratch.Folder, [Cli.Program, "checklist", "./r.yaml"], environment).With(1);
}
