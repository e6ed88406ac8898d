using ReleaseOps.Channels;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Channels;

/// <summary>Notices for tests, and an outbox that holds them.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Notice Notice(string key, string? thread = null) => new()
    {
        Key = key,
        Thread = thread ?? key,
        Title = "title of " + key,
        Text = [new TextRun("We look at ", TextKind.Literal), new TextRun("*checkout*", TextKind.Value)],
        At = At,
        Release = "ARIS3 1.0.0",
    };

    public static Outbox Queued(string channel, params Notice[] notices)
    {
        var outbox = new Outbox();
        foreach (var notice in notices)
            outbox.Take(new NoticeQueued(notice, [channel]));
        return outbox;
    }

    /// <summary>Moves the clock on, a quarter of a second at a time, until something is through.</summary>
    public static async Task<T> ThroughAsync<T>(this ManualClock clock, Task<T> task)
    {
        for (var ticks = 0; ticks < 20_000 && !task.IsCompleted; ticks++)
        {
            await Task.WhenAny(task, Task.Delay(1));
            var waiting = clock.Waiting;
            clock.Advance(TimeSpan.FromMilliseconds(250));
            // Who was woken gets the time to do its work, and to wait again.
            for (var waited = 0; waited < 50 && !task.IsCompleted && clock.Waiting < waiting; waited++)
                await Task.Delay(1);
        }
        return await task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public static Task ThroughAsync(this ManualClock clock, Task task) => clock.ThroughAsync(Returning(task));

    private static async Task<bool> Returning(Task task)
    {
        await task;
        return true;
    }
}
