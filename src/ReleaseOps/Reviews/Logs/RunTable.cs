using System.Buffers;
using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// The runs that a worker has seen, each once, and whether with an error: a table with open places, by the digests themselves. A full one is handed
/// over and begun anew.
/// </summary>
/// <param name="records">Takes what it holds.</param>
/// <param name="most">How many runs it holds.</param>
internal sealed class RunTable(RecordBuffer records, int most)
{
    private Entry[] _table = NewTable(1024);
    private int _count;

    /// <summary>Notes a line of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="failed">True for an error.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(Digest run, bool failed)
    {
        if (_count >= most)
            HandOver();
        else if (_count * 2 >= _table.Length)
            Grow();
        ref var entry = ref Find(_table, run);
        if (entry.State == 0)
        {
            _count++;
            entry.Run = run;
        }
        entry.State |= failed ? 3 : 1;
    }

    /// <summary>Hands over what it holds, and its memory; it takes nothing any more.</summary>
    internal void End()
    {
        HandOver();
        ArrayPool<Entry>.Shared.Return(_table);
        _table = [];
    }

    private void HandOver()
    {
        foreach (ref readonly var entry in _table.AsSpan())
            if (entry.State != 0)
                records.Add(new DayRecord(entry.Run, 0, 0, entry.State >> 1));
        Array.Clear(_table);
        _count = 0;
    }

    private void Grow()
    {
        var larger = NewTable(_table.Length * 2);
        foreach (ref readonly var entry in _table.AsSpan())
            if (entry.State != 0)
                Find(larger, entry.Run) = entry;
        ArrayPool<Entry>.Shared.Return(_table);
        _table = larger;
    }

    // Fresh memory that is read before it is written costs Linux two page faults, and the second one stops the other cores.
    private static Entry[] NewTable(int places)
    {
        var table = ArrayPool<Entry>.Shared.Rent(places);
        Array.Clear(table);
        return table;
    }

    // Its own place, or the open one where it belongs; there always is one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Entry Find(Entry[] table, Digest run)
    {
        var at = (int)run.B & (table.Length - 1);
        while (table[at].State != 0 && (table[at].Run.A != run.A || table[at].Run.B != run.B))
            at = (at + 1) & (table.Length - 1);
        return ref table[at];
    }

    /// <summary>A place of the table.</summary>
    private struct Entry
    {
        internal Digest Run;

        /// <summary>0 for an open place, 1 for a run, 3 for one with an error.</summary>
        internal int State;
    }
}
