using System.Text.RegularExpressions;
using ReleaseOps.Channels;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;
using ReleaseOps.Tests.Ledger;
using Xunit.Abstractions;

namespace ReleaseOps.Tests.Channels;

/// <summary>Many notices through services that fail three requests in ten, by a process that is killed twice.</summary>
public sealed partial class OutboxCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 1000;
    private const string Mark = "This may be a repeat";

    private readonly string _folder = Directory.CreateTempSubdirectory("releaseops-outbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_thousand_notices_arrive_in_order_once_or_marked_through_failures_and_kills()
    {
        await using var slack = ServiceStandIn.Of(ChannelKind.Slack);
        await using var pager = ServiceStandIn.Of(ChannelKind.PagerDuty);
        await using var page = ServiceStandIn.Of(ChannelKind.Statuspage);
        await using var hook = ServiceStandIn.Of(ChannelKind.Webhook);
        ServiceStandIn[] all = [slack, pager, page, hook];
        for (var i = 0; i < all.Length; i++)
            all[i].FailAtRandom(0.3, seed: i);
        await SendThroughKillsAsync(all, $$"""
            runbook: test
            product: thing
            channels:
              slack: { slack: '{{slack.Place.Address}}', pace: 1ms }
              pager: { pagerduty: {{pager.Place.Address}}, api: '{{pager.Place.Api}}', pace: 1ms }
              page: { statuspage: {{page.Place.Address}}, api: '{{page.Place.Api}}', token: {{page.Place.Secret}}, pace: 1ms }
              hook: { webhook: '{{hook.Place.Address}}', sign: {{hook.Place.Secret}}, pace: 1ms }
            phases: [{ phase: all, steps: [{ id: look, file: x }] }]
            """);
        foreach (var service in all)
        {
            output.WriteLine($"{service.Requests.Count} requests, {service.Accepted.Values.Sum()} accepted, {service.Shown.Values.Sum()} shown");
            Assert.Empty(service.Broken);
            Assert.True(service.Requests.Count > Count * 5 / 4, "hardly anything went wrong");
        }
        // Where the service has a key, people see each once, although some came twice.
        foreach (var service in (ServiceStandIn[])[pager, page, hook])
        {
            Assert.Equal(Count, service.Shown.Count);
            Assert.All(service.Shown, shown => Assert.True(shown.Value == 1, $"{shown.Key} is shown {shown.Value} times"));
            AllThereInOrder([.. service.Taken.Where(t => t.Method != "GET")]);
            Assert.DoesNotContain(service.Taken, t => t.Body.Contains(Mark, StringComparison.Ordinal));
        }
        // One that can't tell has each at least once, and whatever came again says that it may be a repeat.
        var posts = slack.Taken.ToList();
        AllThereInOrder(posts);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(posts, t => Assert.True(seen.Add(KeyOf(t)) || t.Body.Contains(Mark, StringComparison.Ordinal), $"{KeyOf(t)} came twice unmarked"));
        Assert.True(posts.Count > Count);
    }

    /// <summary>Sends all of them, killed when a third and when two thirds have arrived, and looks at what the outbox came to.</summary>
    private async Task SendThroughKillsAsync(ServiceStandIn[] services, string runbook)
    {
        var path = Path.Combine(_folder, "runbook.yaml");
        await File.WriteAllTextAsync(path, runbook);
        string[] command = [.. Child.Command, "outbox-send", _folder, path, $"{Count}", "20"];
        foreach (var third in new[] { 1, 2 })
        {
            using var child = Child.Start(command);
            for (var waited = 0; waited < 6000 && services.Sum(s => s.Taken.Count) < third * services.Length * Count / 3; waited++)
                await Task.Delay(5);
            child.Signal("KILL");
            child.Kill(out var lines);
            Assert.Empty(lines);
        }
        var (exit, said) = await Task.Run(() => Child.Run(command));
        Assert.Equal((0, "done"), (exit, said.LastOrDefault()));
        var release = Path.Combine(_folder, "thing-unversioned");
        Assert.Empty(Inbox.Waiting(release));
        var outbox = Outbox.Of(FileLedger.Read(release), []);
        Assert.Equal(services.Length * Count, outbox.Items.Count);
        Assert.All(outbox.Items, i => Assert.Equal(OutboxState.Sent, i.State));
        output.WriteLine($"{outbox.Items.Count(i => i.MayBeThere)} of {outbox.Items.Count} were in doubt or unclear on their way");
    }

    private static void AllThereInOrder(IReadOnlyList<StandInRequest> taken)
    {
        var first = taken.Select(KeyOf).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal([.. Enumerable.Range(0, Count).Select(n => $"n-{n:0000}")], first.Order(StringComparer.Ordinal));
        foreach (var thread in first.GroupBy(key => key[..^1], StringComparer.Ordinal))
            Assert.Equal(thread.Order(StringComparer.Ordinal), thread);
    }

    private static string KeyOf(StandInRequest taken) => Key().Match(taken.Body).Value;

    [GeneratedRegex("n-[0-9]{4}")]
    private static partial Regex Key();
}
