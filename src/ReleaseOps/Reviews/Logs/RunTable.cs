using System.Runtime.InteropServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>The runs that a worker has seen, each once, and whether with an error. A full table is handed over and begun anew.</summary>
/// <param name="records">Takes what it holds.</param>
/// <param name="most">How many runs it holds.</param>
internal sealed class RunTable(RecordBuffer records, int most)
{
    private readonly Dictionary<Digest, bool> _runs = [];

    /// <summary>Notes a line of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="failed">True for an error.</param>
    internal void Add(Digest run, bool failed)
    {
        if (_runs.Count == most)
            HandOver();
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, run, out _);
        seen |= failed;
    }

    /// <summary>Hands over what it holds.</summary>
    internal void HandOver()
    {
        foreach (var (run, failed) in _runs)
            records.Add(new DayRecord(0, run, 0, failed ? 1 : 0));
        _runs.Clear();
    }
}
