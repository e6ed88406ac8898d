using ReleaseOps.Ledger;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.SimulatedDay;

namespace ReleaseOps.Tests.Watches;

/// <summary>A watch that is killed is what its ledger says: here it is cut off at random bytes, as a kill leaves it, and gone on with.</summary>
[Collection(nameof(SimulatedDay))]
public sealed class KilledWatchTests(SimulatedDay day) : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [NeedsProgram("prometheus", "promtool")]
    public async Task Killed_at_100_random_moments_it_ends_with_the_same_decision_and_incidents_and_counts_no_look_twice()
    {
        var plan = Plan(day.Book("errors", "exit: { clean: 12h, targets: fine }"));
        var clock = new EagerClock(T0);
        clock.At(T0.AddMinutes(200), () => Mitigate(plan, clock, _bench));
        var whole = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal(Decision.Go, whole.Decision);
        var ledger = await File.ReadAllBytesAsync(Path.Combine(_bench.EvidenceRoot, "thing-unversioned", FileLedger.FileName));
        var begun = EndOf(ledger, "\"watch.started\"");
        var random = new Random(20261121);
        for (var kill = 0; kill < 100; kill++)
        {
            using var scratch = new Bench();
            var at = random.Next(begun, ledger.Length);
            var folder = Directory.CreateDirectory(Path.Combine(scratch.EvidenceRoot, "thing-unversioned")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, FileLedger.FileName), ledger[..at]);
            var result = await GoOnAsync(plan, scratch, random);
            Assert.True(whole.Decision == result.Decision, $"killed at byte {at}: {result.Summary}");
            // When a mitigation is verified depends on when somebody came to say it; what happened doesn't.
            Assert.Equal(whole.Incidents.Select(i => (i.Id, i.Source, i.Severity, i.OpenedAt)), result.Incidents.Select(i => (i.Id, i.Source, i.Severity, i.OpenedAt)));
            Assert.All(result.Incidents, i => Assert.NotNull(i.VerifiedAt));
            Assert.Equal(Enumerable.Range(0, 1440), Slots(scratch));
            Assert.Single(scratch.Ledger(), e => e.Type == "incident.opened");
        }
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Killed_while_it_begins_it_had_not_begun_and_the_next_round_begins_it()
    {
        var plan = Plan(day.Book("well"));
        await StabilityWatch.OnceAsync(plan, Options(_bench, new EagerClock(T0)), CancellationToken.None);
        var path = Path.Combine(_bench.EvidenceRoot, "thing-unversioned", FileLedger.FileName);
        var ledger = await File.ReadAllBytesAsync(path);
        var (announced, begun) = (EndOf(ledger, "\"run.started\""), EndOf(ledger, "\"watch.started\""));
        foreach (var at in new[] { announced, announced + 1, begun - 1 })
        {
            using var scratch = new Bench();
            var folder = Directory.CreateDirectory(Path.Combine(scratch.EvidenceRoot, "thing-unversioned")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, FileLedger.FileName), ledger[..at]);
            var options = Options(scratch, new EagerClock(T0.AddMinutes(5)));
            Assert.Equal(ErrorId.RunNotFound, Assert.Throws<ReleaseOpsException>(() => StabilityWatch.Read(plan, options)).Id);
            var result = await StabilityWatch.OnceAsync(plan, options, CancellationToken.None);
            Assert.Equal((Decision.Go, T0.AddMinutes(5), 1), (result.Decision!.Value, result.T0, result.Looks));
            Assert.Equal(result.Run, StabilityWatch.Abandon(plan.Release, null, options.Run));
            Assert.Throws<ReleaseOpsException>(() => StabilityWatch.Abandon(plan.Release, null, options.Run));
        }
    }

    private static async Task<WatchResult> GoOnAsync(Plan plan, Bench scratch, Random random)
    {
        var last = scratch.Ledger("thing-unversioned")[^1];
        var clock = new EagerClock(last.At.AddMinutes(random.Next(0, 90)));
        if (scratch.Ledger().All(e => e.Type != "watch.word"))
            clock.At(T0.AddMinutes(200), () => Mitigate(plan, clock, scratch));
        if (scratch.Ledger().Any(e => e.Type == "run.finished"))
            return StabilityWatch.Read(plan, Options(scratch, clock));
        // By cron, now and then, and in between not at all.
        while (clock.GetUtcNow() < T0.AddHours(24))
        {
            await StabilityWatch.OnceAsync(plan, Options(scratch, clock), CancellationToken.None);
            for (var waited = random.Next(60, 7200); waited > 0; waited--)
                await Task.Delay(TimeSpan.FromSeconds(1), clock);
        }
        return await StabilityWatch.OnceAsync(plan, Options(scratch, clock), CancellationToken.None);
    }

    private static void Mitigate(Plan plan, EagerClock clock, Bench bench)
    {
        // A person who comes at +3:20 and finds no incident yet (nobody looked) comes again.
        if (StabilityWatch.Read(plan, Options(bench, clock)).Incidents.Count == 0)
            clock.At(clock.GetUtcNow().AddMinutes(5), () => Mitigate(plan, clock, bench));
        else
            StabilityWatch.Say(plan, Word(WatchWordKind.Mitigate, T0.AddMinutes(200), "INC-1", "rolled back"), Options(bench, clock));
    }

    private static int EndOf(byte[] ledger, string what) =>
        Array.IndexOf(ledger, (byte)'\n', System.Text.Encoding.UTF8.GetString(ledger).IndexOf(what, StringComparison.Ordinal)) + 1;
}
