using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public class WatchPageTests
{
    [Fact]
    public void Draft()
    {
        Directory.CreateDirectory("/tmp/page");
        File.WriteAllText("/tmp/page/end.html", WatchPage.Text(WatchSample.Result));
        File.WriteAllText("/tmp/page/going.html", WatchPage.Text(WatchSample.Going));
        File.WriteAllText("/tmp/page/go.html", WatchPage.Text(WatchSample.Quiet));
        File.WriteAllText("/tmp/page/end.json", EvidenceJson.Text(WatchSample.Result));
        File.WriteAllText("/tmp/page/dry.json", EvidenceJson.Text(WatchSample.DryRun));
        File.WriteAllText("/tmp/page/end.md", MarkdownReport.Text(WatchSample.Result));
        File.WriteAllBytes("/tmp/page/end.xml", JUnitReport.Bytes(WatchSample.Result));
    }
}
