using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>What one worker has counted of a day: it takes lines, in order of their places, and knows nothing of files.</summary>
internal sealed class DayTally
{
    /// <summary>How many places of each rule are kept.</summary>
    internal const int MostPlaces = 10;

    /// <summary>How many faults are kept.</summary>
    internal const int MostFaults = 100;

    private readonly DayRules _rules;
    private readonly RecordBuffer _records;
    private readonly RecentRuns _runs;
    private readonly PairTable _pairs;
    private readonly LineJudge _judge;
    private readonly byte[] _run = new byte[64];
    private readonly long[] _totals;
    private readonly long[] _untold;
    private readonly FirstOnes<LinePlace>[] _places;

    private int _runLength;
    private Digest _runDigest;

    /// <summary>Begins a count.</summary>
    /// <param name="rules">What is counted.</param>
    /// <param name="records">What can only be told at the end.</param>
    internal DayTally(DayRules rules, RecordBuffer records)
    {
        _rules = rules;
        _pairs = new PairTable(rules);
        _judge = new LineJudge(rules);
        _records = records;
        _runs = new RecentRuns(records);
        _totals = new long[rules.Selectors.Length];
        _untold = new long[rules.Selectors.Length];
        _places = [.. rules.Selectors.Select(_ => new FirstOnes<LinePlace>(MostPlaces))];
    }

    /// <summary>Events of the day.</summary>
    internal long Events { get; private set; }

    /// <summary>Those that are errors.</summary>
    internal long Errors { get; private set; }

    /// <summary>Lines of the day with a field that is no text.</summary>
    internal long WrongType { get; private set; }

    /// <summary>Lines that a rule means and can't be held against, once a rule.</summary>
    internal long Unjudged => _untold.Sum();

    /// <summary>Errors by stage.</summary>
    internal StageErrorTally Stages { get; } = new();

    /// <summary>The first faults of lines of the day.</summary>
    internal FirstOnes<LogFault> Faults { get; } = new(MostFaults);

    /// <summary>How many lines each selector counted; those of a duplicate key are told by the records.</summary>
    internal IReadOnlyList<long> Totals => _totals;

    /// <summary>How many lines each selector means and can't be held against.</summary>
    internal IReadOnlyList<long> Untold => _untold;

    /// <summary>Where the first lines of each selector stand.</summary>
    internal IReadOnlyList<FirstOnes<LinePlace>> Places => _places;

    /// <summary>Counts a line of the day.</summary>
    /// <param name="block">The bytes that its fields stand in.</param>
    /// <param name="line">Its fields.</param>
    /// <param name="seconds">Its time.</param>
    /// <param name="place">Where it stands.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Take(byte[] block, in LogLine line, double seconds, LinePlace place)
    {
        var wrong = LogFaultKind.None;
        var run = Text(block, line.RunId, LogFaultKind.RunId, ref wrong);
        var stage = Text(block, line.Stage, LogFaultKind.Stage, ref wrong);
        var occurrence = Text(block, line.Event, LogFaultKind.Event, ref wrong);
        if (wrong != LogFaultKind.None)
        {
            WrongType++;
            Faults.Add(new LogFault(place, wrong));
        }
        Events++;
        var means = _pairs.Of(stage, occurrence);
        if (means.IsError)
        {
            Errors++;
            Stages.Add(stage, place);
        }
        if (!run.IsEmpty)
        {
            // Lines of a run often follow each other.
            var again = run.SequenceEqual(_run.AsSpan(0, _runLength));
            if (!again)
                Remember(run);
            if (!again || means.IsError)
                _runs.Add(_runDigest, means.IsError);
            foreach (var (group, mark) in means.Spans)
                _records.Add(new DayRecord(_runDigest, DayRecord.OrderOf(seconds), group, mark));
        }
        if (means.Selectors.Length == 0)
            return;
        var view = new LineView(block, line, run, _runDigest, stage, occurrence, seconds);
        foreach (var selector in means.Selectors)
            Judge(selector, view, place);
        _judge.Forget();
    }

    // A run has a name, so that none is the same as one that is too long to be remembered.
    private void Remember(ReadOnlySpan<byte> run)
    {
        _runDigest = Digest.Of(run);
        _runLength = run.Length <= _run.Length ? run.Length : 0;
        run[.._runLength].CopyTo(_run);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Text(byte[] block, in LogField field, LogFaultKind kind, ref LogFaultKind wrong) =>
        field is { Kind: JsonKind.Text, Escaped: false } ? field.In(block) : OddText(block, field, kind, ref wrong);

    // Another type, or none, counts as empty.
    private static ReadOnlySpan<byte> OddText(byte[] block, in LogField field, LogFaultKind kind, ref LogFaultKind wrong)
    {
        if (field.Kind == JsonKind.Text)
            return JsonText.Decode(field.In(block));
        if (field.Kind is not (JsonKind.None or JsonKind.Null))
            wrong |= kind;
        return [];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Judge(int selector, in LineView view, LinePlace place)
    {
        var rule = _rules.Selectors[selector];
        if (!rule.IsPlain)
        {
            var means = _judge.Means(selector, view, out var key, out var problem);
            if (problem is not null)
            {
                _untold[selector]++;
                Faults.Add(new LogFault(place, LogFaultKind.Unjudged, $"{rule.Name} can't be told: {problem}"));
            }
            if (!means)
                return;
            if (key is { } digest)
            {
                _records.Add(new DayRecord(digest, place.Packed, 1 + _rules.Latency.Length + selector, 0));
                return;
            }
        }
        _totals[selector]++;
        _places[selector].Add(place);
    }
}
