using System.Globalization;
using System.Text;

namespace ReleaseOps.Benchmarks;

/// <summary>An event log as trading systems write it: in order of time, about 320 bytes a line, a run of six lines.</summary>
internal static class EventLog
{
    public const int Days = 30;
    public static readonly DateOnly Reviewed = new(2026, 2, 21);

    private static readonly (string Stage, string Event)[] Run =
    [
        ("commander_router", "start"), ("execute_from_packet", "start"), ("guard", "check"), ("execute_from_packet", "end"), ("commander_router",
            "transition"), ("commander_router", "end"),
    ];

    /// <summary>Writes a log of about so many bytes over some days; every so many lines one is cut off.</summary>
    public static void Write(string file, long bytes, DateOnly first, int days, int malformedEach)
    {
        var random = new Random(7);
        using var to = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        var start = new DateTimeOffset(first.ToDateTime(default), TimeSpan.Zero).ToUnixTimeSeconds();
        var lines = bytes / 320;
        var text = new StringBuilder();
        for (var i = 0L; i < lines; i++)
        {
            var ts = start + (days * 86400.0 * i / lines) + (random.NextDouble() * 0.01);
            var run = i / Run.Length;
            var (stage, happened) = Run[i % Run.Length];
            if (random.Next(200) == 0)
                happened = "error";
            text.Clear();
            text.Append(CultureInfo.InvariantCulture, $"{{\"ts\": {ts:0.000000}, \"run_id\": \"{run:x8}-3f1c-4b7a-9d42-{run * 2654435761 % 281474976710656:x12}\", \"stage\": \"{stage}\", \"event\": \"{happened}\", ")
                .Append(CultureInfo.InvariantCulture, $"\"payload\": {{\"symbol\": \"{random.Next(999999):000000}\", \"qty\": {random.Next(1, 500)}, \"price\": {random.Next(1000, 90000)}.5, ")
                .Append(CultureInfo.InvariantCulture, $"\"transition\": \"{(random.Next(20) == 0 ? "cooldown" : "normal")}\", \"mode\": \"real\", \"latency_ms\": {random.NextDouble() * 100:0.000}, ")
                .Append(CultureInfo.InvariantCulture, $"\"note\": \"packet {i} accepted by router {random.Next(8)}; {(i % 50 == 0 ? "주문 접수" : "order queued")}\"}}}}\n");
            var line = Encoding.UTF8.GetBytes(text.ToString());
            if (malformedEach > 0 && i % malformedEach == malformedEach / 2)
                line = [.. line[..(line.Length / 2)], (byte)'\n'];
            to.Write(line);
        }
    }
}
