using ReleaseOps.Ledger;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.SimulatedDay;

namespace ReleaseOps.Tests.Watches;

/// <summary>A disk that is full for a part of the day: the file that a new owner of the ledger writes first is the system's own full device.</summary>
[Collection(nameof(SimulatedDay))]
public sealed class FullDiskTests(SimulatedDay day) : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    private string Folder => Path.Combine(_bench.EvidenceRoot, "thing-unversioned");

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_disk_that_is_full_for_an_hour_loses_no_look_counts_none_twice_and_the_incident_in_it_is_opened_at_its_minute()
    {
        var (plan, clock) = (Plan(day.Book("errors")), new EagerClock(T0));
        clock.At(T0.AddMinutes(170), FillTheDisk).At(T0.AddMinutes(230), MakeRoom);
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.NoGo, 1440), (result.Decision!.Value, result.Looks));
        Assert.Equal(Enumerable.Range(0, 1440), Slots(_bench));
        var incident = Assert.Single(result.Incidents);
        Assert.Equal(T0.AddMinutes(190), incident.OpenedAt);
        // Nobody could be told before there was room: the clocks of people run from there.
        Assert.InRange(incident.AcknowledgeBy!.Value, T0.AddMinutes(240), T0.AddMinutes(241));
        Assert.Single(_bench.Ledger(), e => e.Type == "incident.opened");
        Assert.Equal(
            [$"The watch can't write: The disk is full: {Path.Combine(Folder, FileLedger.FileName)} couldn't be written, and nothing more is done. It tries again, and makes up for what it misses.",
                "The watch can write again; what it missed is made up for."],
            _bench.Heard.Events.OfType<RunNoted>().Select(n => n.Text));
        Assert.True(FileLedger.Verify(Folder).IsIntact);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_disk_that_is_full_to_the_end_is_an_error_and_no_GO_until_there_is_room_and_somebody_goes_on()
    {
        var (plan, clock) = (Plan(day.Book("well")), new EagerClock(T0));
        var standing = new List<Decision?>();
        clock.At(T0.AddHours(23), FillTheDisk);
        clock.At(T0.AddMinutes(23 * 60 + 30), () => standing.Add(StabilityWatch.Read(plan, Options(_bench, clock)).Decision));
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None));
        Assert.Equal(ErrorId.DiskFull, error.Id);
        Assert.InRange(clock.GetUtcNow(), T0.AddMinutes(24 * 60 + 30), T0.AddMinutes(24 * 60 + 31));
        var left = StabilityWatch.Read(plan, Options(_bench, clock));
        standing.Add(left.Decision);
        Assert.False(left.Ended);
        Assert.Equal([Decision.Hold, Decision.Hold], standing);
        Assert.DoesNotContain(_bench.Ledger(), e => e.Type is "watch.judged" or "run.finished");

        MakeRoom();
        var result = await StabilityWatch.ResumeAsync(plan, null, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Go, true), (result.Decision!.Value, result.Ended));
        Assert.Equal(Enumerable.Range(0, 1440), Slots(_bench));
    }

    private void FillTheDisk() => File.CreateSymbolicLink(Path.Combine(Folder, "ledger.owner.new"), "/dev/full");

    private void MakeRoom() => File.Delete(Path.Combine(Folder, "ledger.owner.new"));
}
