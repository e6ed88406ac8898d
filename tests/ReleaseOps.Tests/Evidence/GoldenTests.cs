using System.Text;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public class GoldenTests
{
    [Fact]
    public void The_json_of_a_run_is_as_it_was() => Golden.Check("result.json", EvidenceJson.Text(Sample.Result));

    [Fact]
    public void The_json_of_a_dry_run_is_as_it_was() => Golden.Check("dry-run.json", EvidenceJson.Text(Sample.DryRun));

    [Fact]
    public void The_markdown_of_a_run_is_as_it_was() => Golden.Check("report.md", MarkdownReport.Text(Sample.Result));

    [Fact]
    public void The_markdown_of_a_dry_run_is_as_it_was() => Golden.Check("dry-run.md", MarkdownReport.Text(Sample.DryRun));

    [Fact]
    public void The_junit_of_a_run_is_as_it_was() => Golden.Check("junit.xml", Encoding.UTF8.GetString(JUnitReport.Bytes(Sample.Result)));

    [Fact]
    public void The_junit_of_a_dry_run_is_as_it_was() =>
        Golden.Check("dry-run.xml", Encoding.UTF8.GetString(JUnitReport.Bytes(Sample.DryRun)));
}
