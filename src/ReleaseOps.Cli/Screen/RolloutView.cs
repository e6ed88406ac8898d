using ReleaseOps.Evidence;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Screen;

/// <summary>
/// Follows a rollout on the screen: a line for what is done and decided and, in a terminal, below it the stage that it is in, what is left of
/// its watch, each criterion's latest value and the triggers that hold. Where output is no terminal a look is one plain line, and only when
/// it saw something else than the look before.
/// </summary>
internal sealed class RolloutView : IRunListener, IDisposable
{
    private readonly RolloutProgress _progress = new(TimeProvider.System);
    private string _lastLook = "";

    public RolloutView(bool json) => Screen = new LiveScreen(json, Now);

    public LiveScreen Screen { get; }

    public void Report(RunEvent happened) => Screen.Locked(() =>
    {
        if (_progress.Take(happened) is { } line)
            Screen.WriteLine(Screen.Shown(line, indent: line.Verdict is not null));
        if (happened is StageLooked && !Screen.IsLive && _progress.Look != _lastLook)
            Screen.WriteLine(_lastLook = _progress.Look);
    });

    public void Dispose() => Screen.Dispose();

    private IEnumerable<string> Now()
    {
        if (_progress.Status is { Length: > 0 } status)
            yield return Screen.Cut(status);
        foreach (var fact in _progress.Facts)
            yield return Screen.Shown(fact, indent: true, live: true);
        if (_progress.Running is { Length: > 0 } running)
            yield return Screen.Cut("  running: " + running);
    }
}
