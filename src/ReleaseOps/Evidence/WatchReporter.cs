using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>
/// Keeps the report and the page of a watch up to date in its folder while it goes on: at most once in a while, and at once when it has
/// something to say. result.json isn't written; that it is there says that the run has ended. A write that fails ends nothing: it is told
/// once, and tried again later.
/// </summary>
/// <param name="inner">Where the events go on to; null for nowhere.</param>
/// <param name="clock">The clock.</param>
/// <param name="every">The shortest time between two writes that nothing was said at; <see cref="DefaultEvery"/> where it is null.</param>
public sealed class WatchReporter(IRunListener? inner, TimeProvider clock, TimeSpan? every = null) : IRunListener
{
    /// <summary>Default of the shortest time between two writes: half of how often the page loads itself again.</summary>
    public static readonly TimeSpan DefaultEvery = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _every = every ?? DefaultEvery;
    private WatchResult? _latest;
    private WatchCall? _unwritten;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private bool _told;

    /// <inheritdoc/>
    public void Report(RunEvent happened)
    {
        inner?.Report(happened);
        if (happened is WatchLooked { SoFar: { Folder: not null } soFar })
            _latest = soFar;
        else if (happened is WatchCalled { Call: var call })
            _unwritten = call;
        else
            return;
        if (_latest is not null && (IsSaid() || clock.GetUtcNow() >= _next))
            Write(_latest);
    }

    // A call may come before the standing that has it, or after.
    private bool IsSaid() => _unwritten is { } call && _latest!.Calls.Any(c => c.Key == call.Key);

    private void Write(WatchResult result)
    {
        _next = clock.GetUtcNow() + _every;
        if (IsSaid())
            _unwritten = null;
        try
        {
            foreach (var format in EvidenceFolder.Readable)
                EvidenceFile.Write(
                    Path.Join(result.Folder, EvidenceExport.NameOf(format)), stream => stream.Write(EvidenceExport.Bytes(result, format, links: true)));
            _told = false;
        }
        // Whatever goes wrong with a report, the watch is worth more than it.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!_told)
                inner?.Report(new RunNoted($"The report couldn't be written; the watch goes on, and tries again later: {e.Message}"));
            _told = true;
        }
    }
}
