using System.Text.RegularExpressions;
using ReleaseOps.Channels;
using ReleaseOps.Ledger;
using ReleaseOps.Tests.Ledger;
using Xunit.Abstractions;

namespace ReleaseOps.Tests.Channels;

/// <summary>
/// Many notices through a service that fails three requests in ten, by a process that is killed twice. The same for other channels: another
/// runbook, and the mark by which their notices say that they may be repeats.
/// </summary>
public sealed partial class OutboxCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("releaseops-outbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_thousand_notices_arrive_in_order_once_or_marked_through_failures_and_kills()
    {
        await using var service = new FailingService(seed: 1);
        await SendThroughKillsAsync(service, $$"""
            runbook: test
            product: thing
            channels:
              dedup: { webhook: '{{service.Address}}/dedup', pace: 1ms }
              plain: { webhook: '{{service.Address}}/plain', pace: 1ms }
            phases: [{ phase: all, steps: [{ id: look, file: x }] }]
            """, "tiny");
        var dedup = service.Taken.Where(t => t.Path == "/dedup").ToList();
        var plain = service.Taken.Where(t => t.Path == "/plain").ToList();
        output.WriteLine($"{string.Join(", ", service.Fates.Select(f => $"{f.Key}: {f.Value}"))}; dedup took {dedup.Count}, plain {plain.Count}");

        // A service that takes each key once has each notice once, although some came twice.
        Assert.True(dedup.Count > Count);
        Assert.All(dedup, t => Assert.DoesNotContain(Mark, t.Body, StringComparison.Ordinal));
        AllThereInOrder(dedup);
        // One that can't tell has each at least once, and whatever came again says that it may be a repeat.
        AllThereInOrder(plain);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(plain, t => Assert.True(seen.Add(KeyOf(t)) || t.Body.Contains(Mark, StringComparison.Ordinal), $"{KeyOf(t)} came twice unmarked"));
        Assert.True(plain.Count > Count);
        Assert.InRange(plain.Count(t => t.Body.Contains(Mark, StringComparison.Ordinal)), plain.Count - Count, Count / 4);
    }

    /// <summary>Sends all of them, killed when a third and when two thirds have arrived, and looks at what the outbox came to.</summary>
    private async Task SendThroughKillsAsync(FailingService service, string runbook, string kind)
    {
        var path = Path.Combine(_folder, "runbook.yaml");
        await File.WriteAllTextAsync(path, runbook);
        string[] command = [.. Child.Command, "outbox-send", _folder, path, $"{Count}", "100", kind];
        foreach (var third in new[] { 1, 2 })
        {
            using var child = Child.Start(command);
            for (var waited = 0; waited < 6000 && service.Taken.Count < third * Count * 2 / 3; waited++)
                await Task.Delay(2);
            child.Signal("KILL");
            child.Kill(out var lines);
            Assert.Empty(lines);
        }
        var (exit, said) = await Task.Run(() => Child.Run(command));
        Assert.Equal((0, "done"), (exit, said.LastOrDefault()));
        var release = Path.Combine(_folder, "thing-unversioned");
        Assert.Empty(Inbox.Waiting(release));
        var outbox = Outbox.Of(FileLedger.Read(release), []);
        Assert.Equal(2 * Count, outbox.Items.Count);
        Assert.All(outbox.Items, i => Assert.Equal(OutboxState.Sent, i.State));
        output.WriteLine($"{outbox.Items.Count(i => i.MayBeThere)} of {outbox.Items.Count} were in doubt or unclear on their way");
    }

    /// <summary>What makes a notice say that it may be a repeat.</summary>
    private static string Mark => "\"repeat\":true";

    private static void AllThereInOrder(IReadOnlyList<Taken> taken)
    {
        var first = taken.Select(KeyOf).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal([.. Enumerable.Range(0, Count).Select(n => $"n-{n:0000}")], first.Order(StringComparer.Ordinal));
        foreach (var thread in first.GroupBy(key => key[..^1], StringComparer.Ordinal))
            Assert.Equal(thread.Order(StringComparer.Ordinal), thread);
    }

    private static string KeyOf(Taken taken) => Key().Match(taken.Body).Value;

    [GeneratedRegex("n-[0-9]{4}")]
    private static partial Regex Key();
}
