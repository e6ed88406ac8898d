using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Watches;

/// <summary>How long a release has been clean: without a break, gaps left out.</summary>
internal sealed class ExitTrack(WatchExit exit, TimeSpan longest, TimeSpan interval)
{
    private readonly Trigger _clean = new("clean", Consequence.Page) { For = exit.Clean };
    private readonly Dictionary<string, string?> _accepted = exit.Accept.ToDictionary(r => r, _ => (string?)null, StringComparer.Ordinal);
    private TriggerState _state = TriggerState.Fresh;
    private string? _lastBreak;
    private DateTimeOffset? _lastBreakAt;

    /// <summary>
    /// Where it stands. The last look stands for the time up to the next one: of a window of 24 h, all of which was clean, 24 h were clean.
    /// </summary>
    /// <param name="now">The time.</param>
    public ExitStanding StandingAt(DateTimeOffset now) => new(exit.Clean, _state.Held + Since(now))
    {
        LastBreak = _lastBreak,
        LastBreakAt = _lastBreakAt,
        Accepted = new Dictionary<string, string?>(_accepted),
    };

    private TimeSpan Since(DateTimeOffset now) =>
        _state.HeldAt is not { } at || now <= at ? TimeSpan.Zero : now - at < interval ? now - at : interval;

    /// <summary>True where it has been clean for long enough at the last look.</summary>
    public bool IsClean => _state.Fires(_clean);

    /// <summary>Takes a look.</summary>
    /// <param name="at">When.</param>
    /// <param name="broken">What breaks it; null for nothing.</param>
    /// <param name="isKnown">False where the look has a gap: what it didn't see may not have been clean.</param>
    public void Take(DateTimeOffset at, string? broken, bool isKnown)
    {
        _state = _state.Look(broken is not null ? false : isKnown ? true : null, at, longest);
        if (broken is not null)
            (_lastBreak, _lastBreakAt) = (broken, at);
    }

    /// <summary>Takes the word of a role that accepts the closure.</summary>
    public void Accept(string role, string by)
    {
        if (_accepted.ContainsKey(role))
            _accepted[role] = by;
    }
}
