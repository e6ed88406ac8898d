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
            Assert.Equal(Enumerable.Range(0, 1440), scratch.Ledger().Where(e => e.Type == "watch.look").Select(e => e.Data.GetProperty("slot").GetInt32()));
            Assert.Single(scratch.Ledger(), e => e.Type == "incident.opened");
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
