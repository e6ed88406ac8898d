using ReleaseOps.Probes.Files;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Tells how far the reading is, not too often.</summary>
/// <param name="sources">What is read.</param>
/// <param name="clock">The clock.</param>
/// <param name="progress">Who is told.</param>
/// <param name="each">How often at most.</param>
internal sealed class Meter(IReadOnlyList<LogSource> sources, TimeProvider clock, IProgress<LogProgress> progress, TimeSpan each)
{
    private readonly long _began = clock.GetTimestamp();
    private readonly long? _total = TotalOf(sources);
    private readonly Lock _lock = new();
    private TimeSpan _told;

    /// <summary>Tells it, if it is time.</summary>
    /// <param name="bytes">How many bytes were read.</param>
    internal void Tell(Func<long> bytes)
    {
        if (!_lock.TryEnter())
            return;
        try
        {
            var elapsed = clock.GetElapsedTime(_began);
            if (elapsed - _told < each)
                return;
            _told = elapsed;
            progress.Report(new LogProgress(bytes(), _total, elapsed));
        }
        finally
        {
            _lock.Exit();
        }
    }

    private static long? TotalOf(IReadOnlyList<LogSource> sources)
    {
        if (sources.Any(s => s.Stream is not null))
            return null;
        // One that isn't there is found out when it is opened; a pipe with a name doesn't say how much there is.
        var sizes = sources.Select(s => FileSize.Of(s.Name)).ToList();
        return sizes.Contains(0) ? null : sizes.Sum();
    }
}
