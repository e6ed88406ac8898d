using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>What the records of a day come to, read in order: runs, durations, lines that are there more than once.</summary>
internal sealed class DayFold
{
    private readonly DayRules _rules;
    private readonly LatencyTally[] _latency;
    private readonly long[] _repeated;
    private readonly PriorityQueue<LinePlace, long>[] _places;
    private DayRecord _last;
    private bool _any;

    private DayFold(DayRules rules, int mostDurations)
    {
        _rules = rules;
        _latency = [.. rules.Latency.Select(s => new LatencyTally(s, mostDurations / rules.Latency.Length))];
        _repeated = new long[rules.Selectors.Length];
        _places = [.. rules.Selectors.Select(_ => new PriorityQueue<LinePlace, long>())];
    }

    /// <summary>Distinct runs.</summary>
    internal long Runs { get; private set; }

    /// <summary>Those with an error.</summary>
    internal long FailedRuns { get; private set; }

    /// <summary>How many further lines with the key of an earlier one there are, by rule.</summary>
    internal IReadOnlyList<long> Repeated => _repeated;

    /// <summary>Where the first of them stand.</summary>
    /// <param name="rule">Which rule.</param>
    internal IReadOnlyList<LinePlace> PlacesOf(int rule) => [.. _places[rule].UnorderedItems.Select(i => i.Element).Order()];

    /// <summary>The stages that are measured; nothing is taken any more, and they can be asked for once.</summary>
    internal IReadOnlyList<StageLatency> EndLatency() => [.. _latency.Select(l => l.Result())];

    /// <summary>Reads records.</summary>
    /// <param name="rules">The rules that they are of.</param>
    /// <param name="records">All of them, in order.</param>
    /// <param name="mostDurations">How many durations of all stages are kept one by one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static DayFold Of(DayRules rules, IEnumerable<ReadOnlyMemory<DayRecord>> records, int mostDurations, CancellationToken cancellation)
    {
        var fold = new DayFold(rules, mostDurations);
        foreach (var some in records)
        {
            cancellation.ThrowIfCancellationRequested();
            fold.Take(some.Span);
        }
        fold.End();
        return fold;
    }

    /// <summary>Takes over another one's, of other runs and keys.</summary>
    internal void Add(DayFold other)
    {
        Runs += other.Runs;
        FailedRuns += other.FailedRuns;
        for (var i = 0; i < _latency.Length; i++)
            _latency[i].Add(other._latency[i]);
        for (var i = 0; i < _repeated.Length; i++)
        {
            _repeated[i] += other._repeated[i];
            foreach (var (place, _) in other._places[i].UnorderedItems)
                Keep(_places[i], place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(ReadOnlySpan<DayRecord> records)
    {
        foreach (ref readonly var record in records)
            Take(record);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(in DayRecord record)
    {
        var again = _any && _last.IsOfSame(record);
        if (!again)
            End();
        var open = again && _last.Mark == 0;
        var failed = again ? _last.Mark | record.Mark : record.Mark;
        if (record.Group == 0)
        {
            Runs += again ? 0 : 1;
        }
        else if (record.Group > _rules.Latency.Length)
        {
            if (again)
                Repeat(record.Group - 1 - _rules.Latency.Length, new LinePlace(record.Order));
        }
        else
        {
            // A beginning is open until the next record of its run; an end takes the one right before it.
            var latency = _latency[record.Group - 1];
            if (record.Mark == 1 && open)
                latency.Add(DayRecord.TimeOf(record.Order) - DayRecord.TimeOf(_last.Order));
            else
                latency.Unpaired += (record.Mark == 1 ? 1 : 0) + (open ? 1 : 0);
        }
        // Of a run one record is left, with all of their marks.
        _last = record.Group == 0 ? record with { Mark = failed } : record;
        _any = true;
    }

    // What the last record of a run or a key leaves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void End()
    {
        if (!_any)
            return;
        if (_last.Group == 0)
            FailedRuns += _last.Mark;
        else if (_last.Group <= _rules.Latency.Length && _last.Mark == 0)
            _latency[_last.Group - 1].Unpaired++;
    }

    private void Repeat(int rule, LinePlace place)
    {
        _repeated[rule]++;
        Keep(_places[rule], place);
    }

    private static void Keep(PriorityQueue<LinePlace, long> places, LinePlace place)
    {
        if (places.Count < DayTally.MostPlaces)
            places.Enqueue(place, -place.Packed);
        else
            places.EnqueueDequeue(place, -place.Packed);
    }
}
