using System.Text.Json;

namespace ReleaseOps.Ledger;

/// <summary>One line of a ledger.</summary>
/// <param name="Seq">Its number: 1 for the first, then one more each time.</param>
/// <param name="At">
/// When it was appended, by the owner's clock; UTC, whole milliseconds. A clock may go backwards; <paramref name="Seq"/> may not.
/// </param>
/// <param name="Type">What happened: <c>step.started</c>. Types that begin with <c>ledger.</c> are the ledger's own.</param>
/// <param name="Run">The run that it belongs to; empty for the ledger's own events.</param>
/// <param name="Actor">Who held the ledger.</param>
/// <param name="Data">The facts: a JSON object. Secrets in it are masked.</param>
/// <param name="Prev">SHA-256 of the previous line's bytes without its newline, lower-case hex; 64 zeros on the first line.</param>
public sealed record LedgerEvent(long Seq, DateTimeOffset At, string Type, string Run, string Actor, JsonElement Data, string Prev);
