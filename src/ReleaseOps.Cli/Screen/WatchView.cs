using ReleaseOps.Evidence;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// Follows a watch on the screen: a line for each call and each word of a person and, in a terminal, below it the status, open incidents
/// with their running clocks, what is breached, and the budgets. Where output is no terminal there is a sign of life once an hour.
/// </summary>
internal sealed class WatchView : IRunListener, IDisposable
{
    private readonly WatchProgress _progress = new(TimeProvider.System);

    private readonly bool _once;

    /// <param name="json">True where nothing may be shown.</param>
    /// <param name="once">True for one round, whose result says what it is of.</param>
    public WatchView(bool json, bool once) => (Screen, _once) = (new LiveScreen(json, Now), once);

    public LiveScreen Screen { get; }

    public void Report(RunEvent happened) => Screen.Locked(() =>
    {
        if (_progress.Take(happened) is { } line && !(_once && happened is RunStarted))
            Screen.WriteLine(Screen.Shown(line));
        if (happened is WatchLooked && !Screen.IsLive && _progress.SignOfLife() is { } sign)
            Screen.WriteLine(sign);
    });

    public void Dispose() => Screen.Dispose();

    private IEnumerable<string> Now()
    {
        if (_progress.Status is { Length: > 0 } status)
            yield return Screen.Cut(status);
        foreach (var fact in _progress.Facts)
            yield return Screen.Shown(fact, indent: true, live: true);
    }
}
