using System.Globalization;
using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.TestChild;

/// <summary>A ledger's owner. Errors of ReleaseOps go to standard output as "error ID MESSAGE", and make the exit code 3.</summary>
internal static class LedgerVerbs
{
    /// <summary>Appends <paramref name="count"/> events on each thread, and prints each one's number once it is durable.</summary>
    public static int Append(string folder, int threads, int count) => Told(() =>
    {
        using var ledger = FileLedger.Open(folder, "child", TimeProvider.System, SecretMask.None);
        var failed = false;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (var i = 0; i < count && !failed; i++)
            {
                try
                {
                    Say($"{ledger.Append("test.line", "run", data => data.WriteString("text", new string('x', 300))).Seq}");
                }
                catch (ReleaseOpsException e)
                {
                    failed = true;
                    Say($"error {e.Id} {e.Message}");
                }
            }
        });
        if (failed)
            ledger.Append("test.after-failure", "run");
    });

    /// <summary>Opens, says so, and then does what standard input says: append, check; its end ends it in order.</summary>
    public static int Hold(string folder, string actor) => Told(() =>
    {
        using var ledger = FileLedger.Open(folder, actor, TimeProvider.System, SecretMask.None);
        Say($"open {ledger.Fence}");
        while (Console.ReadLine() is { } verb)
        {
            Told(() =>
            {
                if (verb == "check")
                    ledger.CheckOwnership();
                Say($"{(verb == "append" ? ledger.Append("test.held", "run").Seq : 0)}");
            });
        }
    });

    /// <summary>Writes events whose text would depend on culture and time zone, if any did; prints proof that these are in force.</summary>
    public static int UnderCulture(string folder, string culture) => Told(() =>
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var local = at.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);
        Say($"{"i".ToUpper(CultureInfo.CurrentCulture)} {1.5.ToString(CultureInfo.CurrentCulture)} {local}");
        Say($"{Environment.ProcessId}");
        using var ledger = FileLedger.Open(folder, "İpek", new StoppedClock(at), SecretMask.None);
        ledger.Append("step.finished", "RUN-i", data =>
        {
            data.WriteNumber("rate", 1.5);
            data.WriteNumber("minus", -1234567);
            data.WriteString("at", at.ToOffset(TimeSpan.FromHours(2)));
        });
        using var parsed = JsonDocument.Parse("""{ "I": [ 1.50, "ı" ] }""");
        ledger.Append("step.finished", "RUN-i", parsed.RootElement);
    });

    private static int Told(Action act)
    {
        try
        {
            act();
            return 0;
        }
        catch (ReleaseOpsException e)
        {
            Say($"error {e.Id} {e.Message}");
            return 3;
        }
    }

    private static void Say(FormattableString line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(FormattableString.Invariant(line));
            Console.Out.Flush();
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
