using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// The runs that a worker has seen lately, and whether with an error, so that one whose lines stand close together is recorded once. Of two that have
/// one place the last one is remembered; the other one may be recorded again, which <see cref="DayFold"/> doesn't count.
/// </summary>
/// <param name="records">Takes the runs.</param>
internal sealed class RecentRuns(RecordBuffer records)
{
    private const int Places = 2048;

    private readonly Entry[] _seen = new Entry[Places];

    /// <summary>Notes a line of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="failed">True for an error.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(Digest run, bool failed)
    {
        ref var seen = ref _seen[run.B % Places];
        if (seen.IsTaken && seen.Run == run && (seen.Failed || !failed))
            return;
        seen = new Entry(run, failed);
        records.Add(new DayRecord(run, 0, 0, failed ? 1 : 0));
    }

    private readonly record struct Entry(Digest Run, bool Failed)
    {
        internal bool IsTaken { get; } = true;
    }
}
