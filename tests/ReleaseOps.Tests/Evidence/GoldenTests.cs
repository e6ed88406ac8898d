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

    [Fact]
    public void The_json_of_a_rollout_is_as_it_was() => Golden.Check("rollout.json", EvidenceJson.Text(RolloutSample.Result));

    [Fact]
    public void The_markdown_of_a_rollout_is_as_it_was() => Golden.Check("rollout.md", MarkdownReport.Text(RolloutSample.Result));

    [Fact]
    public void The_markdown_of_a_rollback_by_itself_is_as_it_was() => Golden.Check("rollback.md", MarkdownReport.Text(RolloutSample.Back));

    [Fact]
    public void The_junit_of_a_rollout_is_as_it_was() => Golden.Check("rollout.xml", Encoding.UTF8.GetString(JUnitReport.Bytes(RolloutSample.Result)));

    [Fact]
    public void The_json_of_a_watch_is_as_it_was() => Golden.Check("watch.json", EvidenceJson.Text(WatchSample.Small));

    [Fact]
    public void The_markdown_of_a_watch_is_as_it_was() => Golden.Check("watch.md", MarkdownReport.Text(WatchSample.Small));

    [Fact]
    public void The_junit_of_a_watch_is_as_it_was() => Golden.Check("watch.xml", Encoding.UTF8.GetString(JUnitReport.Bytes(WatchSample.Small)));

    [Fact]
    public void The_page_of_a_watch_is_as_it_was() => Golden.Check("watch.html", WatchPage.Text(WatchSample.Small));

    [Fact]
    public void The_json_of_a_hotfix_is_as_it_was() => Golden.Check("hotfix.json", EvidenceJson.Text(HotfixSample.Result));

    [Fact]
    public void The_markdown_of_a_hotfix_is_as_it_was() => Golden.Check("hotfix.md", MarkdownReport.Text(HotfixSample.Result));

    [Fact]
    public void The_junit_of_a_hotfix_is_as_it_was() => Golden.Check("hotfix.xml", Encoding.UTF8.GetString(JUnitReport.Bytes(HotfixSample.Result)));
}
