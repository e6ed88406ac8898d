using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>One worker's way through the lines of its blocks: each is read, its faults are noted, and those of the day are counted.</summary>
/// <param name="rules">What is counted.</param>
/// <param name="tally">Counts the lines of the day.</param>
internal sealed class BlockCounter(DayRules rules, DayTally tally)
{
    private readonly HourRanges _hours = new();
    private readonly UntimedTally _untimed = new();
    private readonly LineTemplate _template = new();
    private int _lines;
    private int _blank;
    private int _malformed;
    private int _undated;
    private int _tooLong;
    private LineForm _form;
    private LineKind _last;

    /// <summary>What it counts of the day.</summary>
    internal DayTally Tally => tally;

    /// <summary>The first faults of lines of any day.</summary>
    internal FirstOnes<LogFault> Faults { get; } = new(DayTally.MostFaults);

    /// <summary>Counts a block.</summary>
    /// <param name="block">The block.</param>
    internal BlockFacts Count(LogBlock block)
    {
        _hours.Clear();
        _untimed.Clear();
        (_lines, _blank, _malformed, _undated, _tooLong, _form, _last) = (0, 0, 0, 0, 0, LineForm.EndsWithPayload | LineForm.FlatPayload, LineKind.Object);
        CountLines(block);
        if (block.Long is { } line)
            TakeLong(block, line);
        var open = block.Long?.IsOpen ?? block.OpenEnd;
        return new BlockFacts
        {
            Lines = _lines,
            Blank = _blank,
            Malformed = _malformed,
            Undated = _undated,
            TooLong = _tooLong,
            Untimed = _untimed.Result(),
            Hours = _hours.ToArray(),
            Form = _malformed == 0 && _form.HasFlag(LineForm.EndsWithPayload) ? _form : LineForm.Any,
            IsClosed = !open,
            IsTruncated = open && _last == LineKind.Malformed,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountLines(LogBlock block)
    {
        var buffer = block.Buffer;
        ref var first = ref MemoryMarshal.GetArrayDataReference(buffer);
        LogLine line = default;
        var known = block.Form;
        _template.Begin();
        for (var at = block.Start; at < block.End; _lines++)
        {
            var end = known == LineForm.Any ? LineScanner.Unusual : _template.Read(ref first, at, ref line, known);
            if (end < 0)
            {
                end = LineScanner.Scan(ref first, at, ref line, known);
                if (end >= 0 && known != LineForm.Any)
                    _template.Learn(buffer, at, line);
            }
            _last = end >= 0 ? LineKind.Object : LineKind.Malformed;
            if (end < 0)
            {
                var unusual = end == LineScanner.Unusual;
                end = at + buffer.AsSpan(at).IndexOfAny((byte)'\n', (byte)'\r');
                if (unusual)
                    _last = LineReader.Read(buffer.AsSpan(at, end - at), at, ref line);
            }
            if (_last == LineKind.Object)
            {
                _form &= line.Form;
                Take(buffer, line, block);
            }
            else
                Leave(block);
            at = end + 1;
            if (buffer[end] == '\r' && buffer[at] == '\n')
                at++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(byte[] buffer, in LogLine line, LogBlock block)
    {
        if (!EventTime.TryRead(line.Ts, buffer, rules.Span, out var seconds))
        {
            _undated++;
            _untimed.Untimed();
            Faults.Add(new LogFault(PlaceIn(block), LogFaultKind.Undated));
            return;
        }
        _hours.Add(seconds);
        var isOfDay = rules.Span.Holds(seconds);
        _untimed.Timed(isOfDay);
        if (isOfDay)
            tally.Take(buffer, line, seconds, PlaceIn(block));
    }

    private void Leave(LogBlock block)
    {
        if (_last == LineKind.Blank)
        {
            _blank++;
            return;
        }
        _malformed++;
        _untimed.Untimed();
        Faults.Add(new LogFault(PlaceIn(block), LogFaultKind.Malformed));
    }

    private void TakeLong(LogBlock block, LongLine line)
    {
        _tooLong++;
        Faults.Add(new LogFault(PlaceIn(block), LogFaultKind.TooLong));
        _last = line.Kind;
        if (line.Kind == LineKind.Object)
            Take(line.Bytes, line.Line, block);
        else
            Leave(block);
        _lines++;
    }

    private LinePlace PlaceIn(LogBlock block) => LinePlace.Of(block.Source, block.Number, _lines);
}
