namespace ReleaseOps.Ledger;

/// <summary>What verifying a ledger came to.</summary>
/// <param name="Events">How many events there are, up to the end or the first problem.</param>
/// <param name="LastHash">SHA-256 of the last of them, lower-case hex; 64 zeros where there is none.</param>
/// <param name="TornBytes">Bytes after it that a crash left half-written (or that a writer is writing right now); 0 for none.</param>
/// <param name="Problem">Why the chain is broken, one sentence; null where it isn't.</param>
/// <param name="Line">The line of the problem, counted from 1; null without one.</param>
public sealed record LedgerCheck(long Events, string LastHash, long TornBytes, string? Problem = null, long? Line = null)
{
    /// <summary>True where every line follows from the one before it.</summary>
    public bool IsIntact => Problem is null;
}
