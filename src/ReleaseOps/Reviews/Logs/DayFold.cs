namespace ReleaseOps.Reviews.Logs;

/// <summary>What the records of a day come to, read in order: runs, durations, lines that are there more than once.</summary>
internal sealed class DayFold
{
    private readonly DayRules _rules;
    private readonly LatencyTally[] _latency;
    private readonly long[] _repeated;
    private readonly PriorityQueue<LinePlace, long>[] _places;

    private DayFold(DayRules rules, int mostDurations)
    {
        _rules = rules;
        _latency = [.. rules.Latency.Select(s => new LatencyTally(s, mostDurations))];
        _repeated = new long[rules.Selectors.Length];
        _places = [.. rules.Selectors.Select(_ => new PriorityQueue<LinePlace, long>())];
    }

    /// <summary>Distinct runs.</summary>
    internal long Runs { get; private set; }

    /// <summary>Those with an error.</summary>
    internal long FailedRuns { get; private set; }

    /// <summary>The stages that are measured.</summary>
    internal IReadOnlyList<StageLatency> Latency => [.. _latency.Select(l => l.Result())];

    /// <summary>How many further lines with the key of an earlier one there are, by rule.</summary>
    internal IReadOnlyList<long> Repeated => _repeated;

    /// <summary>Where the first of them stand, by rule.</summary>
    internal IReadOnlyList<IReadOnlyList<LinePlace>> Places => [.. _places.Select(p => (IReadOnlyList<LinePlace>)[.. p.UnorderedItems.Select(i => i.Element).Order()])];

    /// <summary>Reads records.</summary>
    /// <param name="rules">The rules that they are of.</param>
    /// <param name="records">All of them, in order.</param>
    /// <param name="mostDurations">How many durations of a stage are kept one by one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static DayFold Of(DayRules rules, IEnumerable<DayRecord> records, int mostDurations, CancellationToken cancellation)
    {
        var fold = new DayFold(rules, mostDurations);
        DayRecord? last = null;
        var seen = 0L;
        foreach (var record in records)
        {
            if (++seen % 65_536 == 0)
                cancellation.ThrowIfCancellationRequested();
            last = fold.Take(record, last);
        }
        fold.End(last);
        return fold;
    }

    // Gives back what the next record is to be seen beside: for runs one record with all of their marks.
    private DayRecord Take(in DayRecord record, DayRecord? last)
    {
        var again = last is { } before && before.IsOfSame(record);
        if (!again)
            End(last);
        if (record.Group == 0)
        {
            Runs += again ? 0 : 1;
            return again ? record with { Mark = record.Mark | last!.Value.Mark } : record;
        }
        if (record.Group > _rules.Latency.Length)
        {
            if (again)
                Repeat(record.Group - 1 - _rules.Latency.Length, new LinePlace(record.Order));
            return record;
        }
        // A beginning is open until the next record of its run; an end takes the one right before it.
        var latency = _latency[record.Group - 1];
        var open = again && last!.Value.Mark == 0;
        if (record.Mark == 1 && open)
            latency.Add(DayRecord.TimeOf(record.Order) - DayRecord.TimeOf(last!.Value.Order));
        else
            latency.Unpaired += (record.Mark == 1 ? 1 : 0) + (open ? 1 : 0);
        return record;
    }

    // What the last record of a run or a key leaves.
    private void End(DayRecord? last)
    {
        if (last is not { } record)
            return;
        if (record.Group == 0)
            FailedRuns += record.Mark;
        else if (record.Group <= _rules.Latency.Length && record.Mark == 0)
            _latency[record.Group - 1].Unpaired++;
    }

    private void Repeat(int rule, LinePlace place)
    {
        _repeated[rule]++;
        var places = _places[rule];
        if (places.Count < DayTally.MostPlaces)
            places.Enqueue(place, -place.Packed);
        else
            places.EnqueueDequeue(place, -place.Packed);
    }
}
