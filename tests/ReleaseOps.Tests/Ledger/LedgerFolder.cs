using System.Text;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

/// <summary>A folder of its own for one test, and what tests do with the ledger in it.</summary>
internal sealed class LedgerFolder : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 123, TimeSpan.Zero);

    public string Root { get; } = Directory.CreateTempSubdirectory("releaseops-ledger-").FullName;

    public string Folder => Path.Combine(Root, "release");

    public string File => Path.Combine(Folder, "ledger.jsonl");

    public string Owner => Path.Combine(Folder, "ledger.owner");

    public string Lock => Path.Combine(Folder, "ledger.lock");

    public FileLedger Open(string actor = "alice") => FileLedger.Open(Folder, actor, new StoppedClock(Now), SecretMask.None);

    /// <summary>A ledger of four lines, let go in order: opened and three steps. Gives its bytes.</summary>
    public byte[] WithThreeSteps()
    {
        using (var ledger = Open())
        {
            for (var i = 1; i <= 3; i++)
                ledger.Append("step.finished", "r1", data => data.WriteNumber("step", i));
        }
        return Bytes();
    }

    public byte[] Bytes() => System.IO.File.ReadAllBytes(File);

    /// <summary>Puts these bytes there as a ledger that nobody is known to have owned.</summary>
    public void Put(params ReadOnlySpan<byte> ledger)
    {
        Directory.CreateDirectory(Folder);
        System.IO.File.Delete(Owner);
        System.IO.File.WriteAllBytes(File, ledger);
    }

    public LedgerCheck Verify() => FileLedger.Verify(Folder);

    /// <summary>What opening it fails with.</summary>
    public ReleaseOpsException OpenFails() => Assert.Throws<ReleaseOpsException>(() => Open().Dispose());

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>The lines with their newlines.</summary>
    public static List<byte[]> Lines(byte[] ledger) =>
    [
        .. Encoding.ASCII.GetString(ledger).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Encoding.ASCII.GetBytes(line + "\n")),
    ];

    public static byte[] Joined(IEnumerable<byte[]> lines) => [.. lines.SelectMany(l => l)];

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
