using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Ledger;

/// <summary>Where a ledger ends: how many events it has, and the SHA-256 of the last.</summary>
internal readonly record struct LedgerHead(long Events, string Hash);

/// <summary>
/// What <c>ledger.owner</c> says: who holds the release or held it last, and up to where the ledger is known to reach. One JSON object;
/// its end (state and head) has a fixed length, so that it is rewritten in place, without needing room on the disk.
/// </summary>
internal sealed record OwnerRecord(long Fence, int Pid, string Host, string Actor, DateTimeOffset Since, string Key)
{
    private const int TailLength = 160;
    private const int MaxBytes = 64 << 10;

    /// <summary>True once the owner let go in order.</summary>
    public bool Released { get; init; }

    /// <summary>
    /// Up to here the ledger was verified or written by this owner or one before it; a ledger may be longer, never shorter.
    /// </summary>
    public LedgerHead Head { get; init; } = new(0, LedgerLine.NoHash);

    /// <summary>For people: "alice, pid 123 on host x, since 2026-01-02T03:04:05.678Z".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Actor}, pid {Pid} on host {Host}, since {LedgerLine.Time(Since)}");

    /// <summary>The part that never changes while this owner is one.</summary>
    public byte[] Identity() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""{"fence":{{Fence}},"pid":{{Pid}},"host":{{Quoted(Host)}},"actor":{{Quoted(Actor)}},""")
        + $"\"since\":\"{LedgerLine.Time(Since)}\",\"key\":{Quoted(Key)},");

    /// <summary>The part that does: <see cref="Released"/> and <see cref="Head"/>.</summary>
    public byte[] Tail()
    {
        var released = Released ? "true" : "false";
        var events = Head.Events.ToString(CultureInfo.InvariantCulture);
        var text = $"\"released\":{released},\"events\":{events},\"head\":\"{Head.Hash}\"}}";
        return Encoding.UTF8.GetBytes(text.PadRight(TailLength - 1) + "\n");
    }

    /// <summary>Reads the file; null where there is none, or none that can be understood.</summary>
    public static OwnerRecord? TryRead(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.Length > MaxBytes)
                return null;
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            return new(root.GetProperty("fence").GetInt64(), root.GetProperty("pid").GetInt32(), root.GetProperty("host").GetString()!,
                root.GetProperty("actor").GetString()!, root.GetProperty("since").GetDateTimeOffset(), root.GetProperty("key").GetString()!)
            {
                Released = root.GetProperty("released").GetBoolean(),
                Head = new(root.GetProperty("events").GetInt64(), root.GetProperty("head").GetString()!),
            };
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e)
            || e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
