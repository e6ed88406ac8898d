using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>Where a watch is, for whoever follows it: what is worth a line that stays, and what is so at this moment.</summary>
/// <param name="clock">The clock.</param>
public sealed class WatchProgress(TimeProvider clock)
{
    /// <summary>The time from one sign of life to the next, where nothing can be drawn anew: a day fits on a page.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Verdict> _checks = new(StringComparer.Ordinal);
    private WatchResult? _soFar;
    private DateTimeOffset _alive;

    /// <summary>The status in a line; empty before the first look.</summary>
    public string Status => _soFar is null ? "" : WatchFacts.Status(_soFar, clock.GetUtcNow());

    /// <summary>What is so now, a line each.</summary>
    public IReadOnlyList<ProgressLine> Facts => _soFar is null ? [] : WatchFacts.Of(_soFar, clock.GetUtcNow());

    /// <summary>What is left of the window; null before the first look, and after its end.</summary>
    public TimeSpan? Left => _soFar?.EndsAt - clock.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : null;

    /// <summary>How much of the window is over, in percent.</summary>
    public int Percent => _soFar is { } watch && watch.EndsAt > watch.T0
        ? (int)Math.Clamp(100 * (clock.GetUtcNow() - watch.T0) / (watch.EndsAt - watch.T0), 0, 100) : 0;

    /// <summary>Takes what happened.</summary>
    /// <param name="happened">What happened.</param>
    /// <returns>The line that it is worth; null for none.</returns>
    public ProgressLine? Take(RunEvent happened)
    {
        if (happened is WatchLooked look)
            _soFar = look.SoFar;
        if (happened is RunStarted)
            _alive = clock.GetUtcNow();
        return LineOf(happened) is { } line ? line with { Text = OneLine.Of(line.Text) } : null;
    }

    /// <summary>The sign of life: the status in a line, once for each <see cref="Heartbeat"/>; null where it isn't due.</summary>
    public string? SignOfLife()
    {
        var now = clock.GetUtcNow();
        if (_soFar is null || now - _alive < Heartbeat)
            return null;
        _alive = now;
        return $"{WatchFacts.Clock(now)} {Status}";
    }

    private ProgressLine? LineOf(RunEvent happened) => happened switch
    {
        RunStarted run => new(null, $"{run.Plan.Runbook.Title} — {run.Plan.Release}, run {run.Run}{(run.Resumed ? " (resumed)" : "")}"),
        WatchCalled { Call: var call } => OfCall(call),
        WatchHeard { Word: var word } => new(null, $"{WatchFacts.Clock(word.At)} {Said(word)}"),
        // Checks are run again and again: one is worth a line where it comes to something else than before.
        StepFinished { Result: var check } when _checks.GetValueOrDefault(check.Id, Verdict.Planned) is var before
            && (_checks[check.Id] = check.Verdict) != before => new(check.Verdict, $"{check.Id}: {check.Detail}"),
        RunNoted note => new(null, note.Text),
        _ => null,
    };

    /// <summary>A call in a line.</summary>
    internal static ProgressLine OfCall(WatchCall call) =>
        new(call.Verdict, $"{WatchFacts.Clock(call.At)} {call.Text}") { Word = WordOf(call) };

    /// <summary>FAIL for what is bad, CALL for what needs a person, PASS for good news.</summary>
    internal static string WordOf(WatchCall call) => call.Verdict == Verdict.Inconclusive ? "CALL" : StatusWord.Of(call.Verdict);

    /// <summary>What somebody said, in a sentence.</summary>
    /// <param name="word">The word.</param>
    public static string Said(WatchWord word) =>
        string.Join(' ', new[] { word.By, word.Role is { } role ? $"(as {role})" : null, "says", word.Kind.ToString().ToLowerInvariant(), word.Subject, word.Value }
            .OfType<string>()) + (word.Text is { } text ? ": " + text : "");
}
