using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// How lines begin that are known to end with their payload: whoever writes a log puts the same names in the same order with the same blanks. It is
/// learned from a line that was scanned; then only what stands between the values is compared. A line that is written otherwise is for the scanner.
/// </summary>
internal sealed class LineTemplate
{
    // What a writer who changes his mind, or several of them, may cost a block.
    private const int MostLearned = 16;

    private readonly Piece[] _pieces = new Piece[5];
    private int _values = -1;
    private int _learned;

    /// <summary>Begins a block.</summary>
    internal void Begin() => _learned = 0;

    /// <summary>Reads a line that is written as the last one was that was learned.</summary>
    /// <param name="b">The first byte of the block.</param>
    /// <param name="start">Index of the line's first byte.</param>
    /// <param name="line">Gets its fields; undefined where the line isn't taken.</param>
    /// <param name="known">What is known of it: at least that it ends with its payload.</param>
    /// <returns>Index of its line end; less than 0 where it isn't written so.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Read(ref byte b, int start, ref LogLine line, LineForm known)
    {
        line = default;
        nint p = start;
        for (var i = 0; i < _values; i++)
        {
            ref readonly var piece = ref _pieces[i];
            if (!piece.Stands(ref b, p))
                return LineScanner.Unusual;
            p += piece.Length;
            var value = p;
            var escaped = false;
            p = piece.IsText ? LineScanner.TextEnd(ref b, p, out escaped) : LineScanner.NumberEnd(ref b, p);
            if (p < 0)
                return LineScanner.Unusual;
            ref var field = ref FieldOf(ref line, piece.Field);
            field.Start = (int)value;
            field.Length = (int)(p - value);
            field.Kind = piece.IsText ? JsonKind.Text : JsonKind.Number;
            field.Escaped = escaped;
        }
        if (_values < 0 || !_pieces[_values].Stands(ref b, p))
            return LineScanner.Unusual;
        return LineScanner.Rest(ref b, (int)p + _pieces[_values].Length - 1, ref line, known);
    }

    /// <summary>Learns from a line how others begin.</summary>
    /// <param name="block">The block.</param>
    /// <param name="start">Index of the line's first byte.</param>
    /// <param name="line">Its fields, as the scanner says.</param>
    internal void Learn(byte[] block, int start, in LogLine line)
    {
        if (_learned++ >= MostLearned)
            return;
        _values = -1;
        ReadOnlySpan<LogField> fields = [line.Ts, line.RunId, line.Stage, line.Event];
        Span<int> order = [0, 1, 2, 3];
        var there = 0;
        for (var i = 0; i < 4; i++)
        {
            if (fields[i].Kind is not (JsonKind.None or JsonKind.Text or JsonKind.Number))
                return;
            if (fields[i].Kind != JsonKind.None)
                order[there++] = i;
        }
        Span<int> starts = stackalloc int[there];
        for (var i = 0; i < there; i++)
            starts[i] = fields[order[i]].Start;
        starts.Sort(order[..there]);
        var from = start;
        for (var i = 0; i <= there; i++)
        {
            // The payload's brace is part of what stands before it.
            var to = i < there ? fields[order[i]].Start : line.Payload.Start + 1;
            if (to - from is < 1 or > Piece.Longest)
                return;
            _pieces[i] = new Piece(block.AsSpan(from, to - from), i < there ? order[i] : 4, i < there && fields[order[i]].Kind == JsonKind.Text);
            from = i < there ? to + fields[order[i]].Length : to;
        }
        _values = there;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref LogField FieldOf(ref LogLine line, int field)
    {
        switch (field)
        {
            case 0:
                return ref line.Ts;
            case 1:
                return ref line.RunId;
            case 2:
                return ref line.Stage;
            default:
                return ref line.Event;
        }
    }

    /// <summary>What stands before a value.</summary>
    private readonly struct Piece
    {
        internal const int Longest = 16;

        private readonly Vector128<byte> _bytes;
        private readonly Vector128<byte> _mask;

        internal Piece(ReadOnlySpan<byte> text, int field, bool isText)
        {
            Span<byte> bytes = stackalloc byte[Longest];
            Span<byte> mask = stackalloc byte[Longest];
            bytes.Clear();
            mask.Clear();
            text.CopyTo(bytes);
            mask[..text.Length].Fill(0xFF);
            (_bytes, _mask, Length, Field, IsText) = (Vector128.Create((ReadOnlySpan<byte>)bytes), Vector128.Create((ReadOnlySpan<byte>)mask), text.Length, field, isText);
        }

        internal int Length { get; }

        /// <summary>Which field follows: 0 to 3 for ts, run_id, stage and event.</summary>
        internal int Field { get; }

        internal bool IsText { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool Stands(ref byte b, nint p) => ((Vector128.LoadUnsafe(ref b, (nuint)p) ^ _bytes) & _mask) == Vector128<byte>.Zero;
    }
}
