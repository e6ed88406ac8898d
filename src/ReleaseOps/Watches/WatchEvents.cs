using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>The watch has looked, or heard somebody.</summary>
/// <param name="SoFar">Where it stands.</param>
public sealed record WatchLooked(WatchResult SoFar) : RunEvent;

/// <summary>The watch has something to say.</summary>
/// <param name="Call">What.</param>
public sealed record WatchCalled(WatchCall Call) : RunEvent;

/// <summary>Somebody told the watch something.</summary>
/// <param name="Word">What.</param>
public sealed record WatchHeard(WatchWord Word) : RunEvent;
