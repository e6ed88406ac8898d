using ReleaseOps.Evidence;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

public sealed class WatchReporterTests : IRunListener, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly List<RunEvent> _heard = [];
    private readonly WatchReporter _reporter;

    public WatchReporterTests() => _reporter = new WatchReporter(this, _clock);

    private string Page => Path.Join(_folder.Path, "report.html");

    void IRunListener.Report(RunEvent happened) => _heard.Add(happened);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_look_is_written_at_once_and_passed_on_and_the_result_is_not_written()
    {
        var look = Look("ana");
        _reporter.Report(look);
        Assert.Equal([look], _heard);
        Assert.Equal(["report.html", "report.md"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(WatchPage.Text(look.SoFar), File.ReadAllText(Page));
        Assert.Equal(MarkdownReport.Text(look.SoFar), File.ReadAllText(Path.Join(_folder.Path, "report.md")));
    }

    [Fact]
    public void Looks_that_say_nothing_new_are_written_at_most_every_30_seconds()
    {
        _reporter.Report(Look("ana"));
        _clock.Advance(TimeSpan.FromSeconds(29));
        _reporter.Report(Look("bob"));
        Assert.Contains("<dd>ana</dd>", File.ReadAllText(Page), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _reporter.Report(Look("kim"));
        Assert.Contains("<dd>kim</dd>", File.ReadAllText(Page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_it_calls_is_written_at_once_whichever_is_told_first(bool callFirst)
    {
        var call = WatchSample.Going.Calls[0];
        _reporter.Report(Look("ana", []));
        RunEvent[] events = [new WatchCalled(call), Look("bob", [call])];
        foreach (var happened in callFirst ? events : events.Reverse())
            _reporter.Report(happened);
        Assert.Contains("<dd>bob</dd>", File.ReadAllText(Page), StringComparison.Ordinal);
        _reporter.Report(Look("kim", [call]));
        Assert.Contains("<dd>bob</dd>", File.ReadAllText(Page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_is_told_once_and_tried_again_later()
    {
        // A folder stands where the page should.
        Directory.CreateDirectory(Page);
        for (var i = 0; i < 3; i++)
        {
            _reporter.Report(Look("ana"));
            _clock.Advance(TimeSpan.FromSeconds(30));
        }
        var note = Assert.Single(_heard.OfType<RunNoted>());
        Assert.Contains("report.html", note.Text, StringComparison.Ordinal);
        Assert.Contains("goes on", note.Text, StringComparison.Ordinal);

        Directory.Delete(Page);
        _reporter.Report(Look("ana"));
        Assert.True(File.Exists(Page));
        Assert.Single(_heard.OfType<RunNoted>());
    }

    [Fact]
    public void A_replay_has_no_folder_and_nothing_is_written()
    {
        _reporter.Report(new WatchLooked(WatchSample.Going with { Run = null, Replayed = true, Folder = null }));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Single(_heard);
    }

    private WatchLooked Look(string commander, IReadOnlyList<WatchCall>? calls = null) =>
        new(WatchSample.Going with { Folder = _folder.Path, Commander = commander, Calls = calls ?? WatchSample.Going.Calls });
}
