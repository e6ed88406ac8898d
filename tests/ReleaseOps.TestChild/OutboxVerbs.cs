using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.TestChild;

/// <summary>A process that sends many notices, to be killed while it does and started again: what it sends is the same each time.</summary>
internal static class OutboxVerbs
{
    /// <summary>How many notices belong to one thread.</summary>
    private const int InAThread = 10;

    /// <summary>Sends the notices, and tries again until none waits. Prints "done" at the end.</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="runbook">Path of the runbook; the notices go to all of its channels.</param>
    /// <param name="count">How many.</param>
    /// <param name="speed">How many times faster than the wall clock waits are.</param>
    public static async Task<int> SendAsync(string folder, string runbook, int count, int speed)
    {
        var reading = RunbookReader.Parse(await File.ReadAllBytesAsync(runbook), runbook);
        var book = reading.Runbook ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
        var options = new RunOptions { Folder = folder, EvidenceRoot = folder, Actor = "child", Clock = new FastClock(speed) };
        var plan = Planner.MakeMessages(book, new Dictionary<string, string>());
        var channels = book.Channels.Select(c => c.Name).ToList();
        await Notices.SendAsync(plan, [.. Enumerable.Range(0, count).Select(n => new Outgoing(Notice(n), channels))], options, null, null, default);
        while (Notices.Waiting(plan, options).Any(w => w.State == NoticeState.Waiting))
            await Notices.RetryAsync(plan, null, options, null, null, default);
        Console.Out.WriteLine("done");
        return 0;
    }

    private static Notice Notice(int number) => new()
    {
        Key = $"n-{number:0000}",
        Thread = $"t-{number / InAThread:000}",
        Title = "Update",
        Text = [new TextRun($"This is n-{number:0000}.", TextKind.Literal)],
        At = DateTimeOffset.UnixEpoch,
        Release = "thing 1.0",
        Status = IncidentStatus.Investigating,
        Severity = "SEV1",
        SeverityRank = 0,
    };

    /// <summary>The wall clock, on which waits end sooner.</summary>
    private sealed class FastClock(int speed) : TimeProvider
    {
        private readonly long _start = System.GetTimestamp();

        public override long GetTimestamp() => _start + ((System.GetTimestamp() - _start) * speed);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

        private TimeSpan Sooner(TimeSpan time) => time < TimeSpan.Zero ? time : time / speed;
    }
}
