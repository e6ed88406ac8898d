using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Checklists;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public sealed class CiReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("releaseops-ci-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", CiSystem.GitHubActions)]
    [InlineData("TF_BUILD", "True", CiSystem.AzurePipelines)]
    [InlineData("GITHUB_ACTIONS", "false", CiSystem.None)]
    [InlineData("CI", "true", CiSystem.None)]
    public void The_system_is_known_by_its_variable(string name, string value, CiSystem system) =>
        Assert.Equal(system, CiReport.Find(n => n == name ? value : null));

    [Fact]
    public void Outside_ci_nothing_is_written() => Assert.Equal("", Output(Sample.Result, _ => null));

    [Fact]
    public void GitHub_gets_an_annotation_for_each_required_finding_that_is_not_a_pass()
    {
        var lines = Output(Sample.Result, GitHub(null)).TrimEnd().Split(Environment.NewLine);
        Assert.Equal(
        [
            "::error file=aris3.yaml,line=41,col=9,title=health%3Aready-endpoints%3A FAIL::status 503 is not == 200",
            "::warning title=contract%3Astock%3A HOLD::no answer within 30s",
        ], lines);
    }

    [Fact]
    public void Azure_gets_an_issue_for_each_required_finding_that_is_not_a_pass_and_the_report()
    {
        File.WriteAllText(Path.Join(_folder, "report.md"), "x");
        var lines = Output(Sample.Result with { Folder = _folder }, Azure).TrimEnd().Split(Environment.NewLine);
        Assert.Equal(
        [
            "##vso[task.logissue type=error;sourcepath=aris3.yaml;linenumber=41;columnnumber=9;]"
                + "health:ready-endpoints: FAIL: status 503 is not == 200",
            "##vso[task.logissue type=warning;]contract:stock: HOLD: no answer within 30s",
            $"##vso[task.uploadsummary]{_folder}/report.md",
        ], lines);
    }

    [Fact]
    public void Only_as_many_annotations_are_written_as_are_shown_and_the_rest_is_counted()
    {
        var findings = Enumerable.Range(0, 25).Select(i => new Finding($"step-{i}", Verdict.Failed, "bad")).ToList();
        var lines = Output(Sample.Result with { Findings = findings }, GitHub(null)).TrimEnd().Split(Environment.NewLine);
        Assert.Equal(CiReport.MostAnnotations + 1, lines.Length);
        Assert.Equal("15 more error(s) in the report", lines[^1]);
    }

    [Fact]
    public void No_text_forges_a_command_on_GitHub()
    {
        var benign = Runners.Lines(Output(HostileResult.With("x"), GitHub(null))).Length;
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(), text =>
        {
            var lines = Runners.Lines(Output(HostileResult.With(text), GitHub(null)));
            Assert.Equal(benign, lines.Length);
            foreach (var command in lines.SkipLast(1).Select(Runners.GitHub))
            {
                Assert.Contains(command.Name, new[] { "error", "warning" });
                Assert.All(command.Properties.Keys, name => Assert.Contains(name, new[] { "file", "line", "col", "title" }));
                Assert.Equal(OneLine.Of(text, 1_000), command.Data);
                // The runner itself loses equals signs at the start of a value.
                var title = OneLine.Of($"{text}: {(command.Name == "error" ? "FAIL" : "HOLD")}", 1_000);
                Assert.Equal(title.TrimStart('='), command.Properties["title"].TrimStart('='));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_forges_a_command_on_Azure()
    {
        var benign = Runners.Lines(Output(HostileResult.With("x"), Azure)).Length;
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(), text =>
        {
            var lines = Runners.Lines(Output(HostileResult.With(text), Azure));
            Assert.Equal(benign, lines.Length);
            foreach (var line in lines.SkipLast(1))
            {
                var command = Runners.Azure(line);
                Assert.Equal("task.logissue", command.Name);
                Assert.All(command.Properties.Keys,
                    name => Assert.Contains(name, new[] { "type", "sourcepath", "linenumber", "columnnumber" }));
                var word = command.Properties["type"] == "error" ? "FAIL" : "HOLD";
                Assert.Equal(OneLine.Of($"{text}: {word}: {text}", 1_000), command.Data);
                Assert.False(Runners.ListenTo(line["##vso[".Length..]), line);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_summary_is_appended_to_what_the_step_wrote_before()
    {
        var file = Path.Join(_folder, "summary.md");
        File.WriteAllText(file, "before\n");
        Output(Sample.Result, GitHub(file));
        Assert.Equal("before\n\n" + MarkdownReport.Text(Sample.Result, links: false), File.ReadAllText(file));
    }

    [Fact]
    public void A_summary_never_grows_over_the_limit_and_ends_in_a_whole_line()
    {
        var file = Path.Join(_folder, "summary.md");
        File.WriteAllText(file, new string('x', 1024 * 1024 - 2_000));
        Output(Sample.Result, GitHub(file));
        var text = File.ReadAllText(file);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1024 * 1024 - 200, 1024 * 1024);
        Assert.EndsWith("|\n\nThe report is longer than a job's summary may be; the rest is in the evidence folder.\n", text,
            StringComparison.Ordinal);

        Output(Sample.Result, GitHub(file));
        Assert.InRange(new FileInfo(file).Length, 1024 * 1024 - 200, 1024 * 1024);
    }

    [Fact]
    public void A_summary_that_cannot_be_written_is_a_warning()
    {
        var output = Output(Sample.Result, GitHub(_folder));
        Assert.Contains($"{Environment.NewLine}::warning::The job's summary couldn't be written", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/srv/src/runbooks/a.yaml:3:14", "runbooks/a.yaml", "3", "14")]
    [InlineData("/opt/releaseops/a.yaml:3:14", "/opt/releaseops/a.yaml", "3", "14")]
    [InlineData("/srv/src-old/a.yaml:3:14", "/srv/src-old/a.yaml", "3", "14")]
    [InlineData("a:b.yaml:3:14", "a:b.yaml", "3", "14")]
    [InlineData("app/stock.py:7", "app/stock.py", "7", null)]
    [InlineData("app/stock.py", "app/stock.py", null, null)]
    [InlineData("0123456789abcdef0123456789abcdef01234567:docs/openapi.json:3:14", "docs/openapi.json", "3", "14")]
    [InlineData("origin/main:docs/openapi.json:3:14", "docs/openapi.json", "3", "14")]
    [InlineData("main@{12:00}:api/openapi.yaml:3:14", "api/openapi.yaml", "3", "14")]
    [InlineData("https://api.example.com/openapi.json:3:14", "https://api.example.com/openapi.json", "3", "14")]
    public void A_source_is_taken_apart(string source, string file, string? line, string? column) =>
        Assert.Equal(new SourcePlace(file, line, column), SourcePlace.Of(source, "/srv/src"));

    [Theory]
    [InlineData("api.yaml:3:14", "shop/api.yaml")]
    [InlineData("../api.yaml:3:14", "api.yaml")]
    [InlineData("main:shop/api.yaml:3:14", "shop/api.yaml")]
    public void A_relative_source_starts_from_the_folder_of_the_run(string source, string file) =>
        Assert.Equal(file, SourcePlace.Of(source, "/srv/src", "/srv/src/shop")!.File);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a:b.yaml")]
    [InlineData("a:b.yaml:3")]
    [InlineData("a.yaml:3:x")]
    [InlineData(":3:4")]
    [InlineData("a.yaml:-3:4")]
    [InlineData("a.yaml:3:")]
    public void Anything_else_has_no_place(string? source) => Assert.Null(SourcePlace.Of(source, "/srv/src"));

    private static string Output(ChecklistResult result, Func<string, string?> environment)
    {
        using var output = new StringWriter();
        CiReport.Write(result, environment, output);
        return output.ToString();
    }

    private static Func<string, string?> GitHub(string? summary) => name => name switch
    {
        "GITHUB_ACTIONS" => "true",
        "GITHUB_WORKSPACE" => "/srv/runbooks",
        "GITHUB_STEP_SUMMARY" => summary,
        _ => null,
    };

    private static string? Azure(string name) => name switch
    {
        "TF_BUILD" => "True",
        "BUILD_SOURCESDIRECTORY" => "/srv/runbooks",
        _ => null,
    };
}
