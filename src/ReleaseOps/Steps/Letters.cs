using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.Steps;

/// <summary>How somebody's word was taken.</summary>
public enum Delivery
{
    /// <summary>It is in the ledger.</summary>
    Recorded,
    /// <summary>A run holds the ledger: it is on the disk as a letter, which that run records within a second.</summary>
    Sent,
}

/// <summary>Brings what somebody says at any terminal to a release.</summary>
internal static class Letters
{
    /// <summary>Straight into the ledger, or by letter to the run that holds it.</summary>
    /// <exception cref="ReleaseOpsException">LedgerTampered, LedgerUnwritable, DiskFull.</exception>
    public static Delivery Deliver(Release release, RunOptions options, string type, Action<Utf8JsonWriter> data)
    {
        var folder = ReleaseRun.FolderOf(release, options);
        try
        {
            using var ledger = FileLedger.Open(folder, options.Actor, options.Clock, SecretMask.None);
            ledger.Append(type, "", data);
            return Delivery.Recorded;
        }
        catch (ReleaseOpsException error) when (error.Id == ErrorId.LedgerHeld)
        {
            Inbox.Send(folder, options.Clock.GetUtcNow(), type, data);
            return Delivery.Sent;
        }
    }
}
