using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Reads a line in one go and without copying, where it is an ordinary one: an object that begins at its first byte, nested at most 64 deep,
/// with plain names at its top. It takes no line that isn't strict JSON (RFC 8259) in valid UTF-8; of what is unusual <see cref="LineReader"/> says
/// what it is. It needs no line to be found first: no line of JSON goes on past a line end.
/// </summary>
internal static class LineScanner
{
    /// <summary>How many bytes after the last one must be readable; what they hold is no matter.</summary>
    internal const int Padding = 64;

    /// <summary>The line isn't one that it reads: it begins with something else, is nested deeper, or has a name with an escape at its top.</summary>
    internal const int Unusual = -1;

    /// <summary>The line is no JSON object in UTF-8. Where it ends isn't told.</summary>
    internal const int Malformed = -2;

    private const int Deepest = 64;

    /// <summary>Reads the line that begins at an index.</summary>
    /// <param name="b">The first byte of the block. Somewhere after the line's first byte there must be a line end.</param>
    /// <param name="start">Index of the line's first byte.</param>
    /// <param name="line">Gets its fields; undefined where the line isn't taken.</param>
    /// <param name="known">What is known of the line from an earlier time: where it ends with its payload, what that holds isn't read again.</param>
    /// <returns>Index of its line end; <see cref="Malformed"/>, or <see cref="Unusual"/> where somebody else must say what it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Scan(ref byte b, int start, ref LogLine line, LineForm known = LineForm.Any)
    {
        line = default;
        nint p = start;
        if (At(ref b, p) != '{' || !BitConverter.IsLittleEndian)
            return Unusual;
        // One bit a level: 1 for an object, 0 for an array.
        var levels = 1UL;
        var depth = 1;
        var seen = Seen.Nothing;
        var valueStart = p;
        ref var field = ref line.Ts;
        field = ref Unsafe.NullRef<LogField>();
        p = Blank(ref b, p + 1);
        if (At(ref b, p) == '}')
            goto Close;

    Name:
        if (At(ref b, p) != '"')
            return Malformed;
        var nameStart = ++p;
        seen &= ~Seen.Escape;
        p = TextEnd(ref b, p, ref seen);
        if (p < 0)
            return Malformed;
        if (depth == 1)
        {
            if ((seen & Seen.Escape) != 0)
                return Unusual;
            field = ref Unsafe.NullRef<LogField>();
            switch (p - nameStart)
            {
                case 2 when Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref b, nameStart)) == Names.Ts:
                    field = ref line.Ts;
                    break;
                case 5 when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, nameStart)) == Names.Stag && At(ref b, p - 1) == 'e':
                    field = ref line.Stage;
                    break;
                case 5 when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, nameStart)) == Names.Even && At(ref b, p - 1) == 't':
                    field = ref line.Event;
                    break;
                case 6 when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, nameStart)) == Names.RunUnderscore
                    && Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref b, nameStart + 4)) == Names.Id:
                    field = ref line.RunId;
                    break;
                case 7 when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, nameStart)) == Names.Payl
                    && Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, nameStart + 3)) == Names.Load:
                    field = ref line.Payload;
                    seen |= field.Kind == JsonKind.None ? Seen.Nothing : Seen.TwoPayloads;
                    break;
            }
        }
        p = Blank(ref b, p + 1);
        if (At(ref b, p) != ':')
            return Malformed;
        p = Blank(ref b, p + 1);

    Value:
        if (depth == 1)
            valueStart = p;
        JsonKind kind;
        switch (At(ref b, p))
        {
            case (byte)'"':
                seen &= ~Seen.Escape;
                p = TextEnd(ref b, p + 1, ref seen);
                if (p < 0)
                    return Malformed;
                p++;
                if (depth == 1 && !Unsafe.IsNullRef(ref field))
                {
                    field = new LogField
                    {
                        Start = (int)valueStart + 1,
                        Length = (int)(p - valueStart) - 2,
                        Kind = JsonKind.Text,
                        Escaped = (seen & Seen.Escape) != 0,
                    };
                }
                goto After;
            case (byte)'{' when (known & LineForm.EndsWithPayload) != 0 && depth == 1 && Unsafe.AreSame(ref field, ref line.Payload):
                return Rest(ref b, (int)p, ref line, known);
            case (byte)'{':
                if (++depth > Deepest)
                    return Unusual;
                if (depth > 2)
                    seen |= Seen.Nested;
                levels = (levels << 1) | 1;
                p = Blank(ref b, p + 1);
                if (At(ref b, p) != '}')
                    goto Name;
                goto Close;
            case (byte)'[':
                if (++depth > Deepest)
                    return Unusual;
                levels <<= 1;
                p = Blank(ref b, p + 1);
                if (At(ref b, p) != ']')
                    goto Value;
                goto Close;
            case (byte)'t' when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, p)) == Names.True:
                p += 4;
                kind = JsonKind.Bool;
                break;
            case (byte)'f' when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, p + 1)) == Names.Alse:
                p += 5;
                kind = JsonKind.Bool;
                break;
            case (byte)'n' when Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref b, p)) == Names.Null:
                p += 4;
                kind = JsonKind.Null;
                break;
            default:
                p = NumberEnd(ref b, p);
                if (p < 0)
                    return Malformed;
                kind = JsonKind.Number;
                break;
        }
        if (depth == 1 && !Unsafe.IsNullRef(ref field))
            field = new LogField { Start = (int)valueStart, Length = (int)(p - valueStart), Kind = kind };

    After:
        p = Blank(ref b, p);
        var next = At(ref b, p);
        if (next == ',')
        {
            p = Blank(ref b, p + 1);
            if ((levels & 1) != 0)
                goto Name;
            goto Value;
        }
        if (next != ((levels & 1) != 0 ? (byte)'}' : (byte)']'))
            return Malformed;

    Close:
        kind = (levels & 1) != 0 ? JsonKind.Object : JsonKind.Array;
        levels >>= 1;
        p++;
        if (--depth == 0)
            goto End;
        if (depth == 1 && !Unsafe.IsNullRef(ref field))
            field = new LogField { Start = (int)valueStart, Length = (int)(p - valueStart), Kind = kind };
        goto After;

    End:
        if (At(ref b, p) != '\n')
            p = Blank(ref b, p);
        if (At(ref b, p) is not ((byte)'\n' or (byte)'\r'))
            return Malformed;
        if ((seen & Seen.NonAscii) != 0 && !Utf8.IsValid(Bytes(ref b, start, p)))
            return Malformed;
        if (line.Payload.Kind == JsonKind.Object)
            line.Form = ((seen & (Seen.Nested | Seen.AnyEscape)) == 0 ? LineForm.FlatPayload : LineForm.Any)
                | (Unsafe.AreSame(ref field, ref line.Payload) && (seen & Seen.TwoPayloads) == 0 ? LineForm.EndsWithPayload : LineForm.Any);
        return (int)p;
    }

    /// <summary>Takes all from an index to the object's last brace for the payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Rest(ref byte b, int payload, ref LogLine line, LineForm known)
    {
        nint end = payload;
        uint ends;
        while ((ends = LineEnds(ref b, end)) == 0)
            end += Vector256<byte>.Count;
        end += BitOperations.TrailingZeroCount(ends);
        var last = BeforeBlanks(ref b, end - 1);
        var close = BeforeBlanks(ref b, last - 1);
        // Somebody has changed what was known.
        if (At(ref b, last) != '}' || At(ref b, close) != '}' || close <= payload)
            return Unusual;
        line.Payload.Start = payload;
        line.Payload.Length = (int)close + 1 - payload;
        line.Payload.Kind = JsonKind.Object;
        line.Form = known;
        return (int)end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LineEnds(ref byte b, nint p)
    {
        var v = Vector256.LoadUnsafe(ref b, (nuint)p);
        return (Vector256.Equals(v, Vector256.Create((byte)'\n')) | Vector256.Equals(v, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint BeforeBlanks(ref byte b, nint p)
    {
        while (At(ref b, p) is (byte)' ' or (byte)'\t')
            p--;
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte At(ref byte b, nint p) => Unsafe.Add(ref b, p);

    private static ReadOnlySpan<byte> Bytes(ref byte b, int start, nint end) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref b, start), (int)end - start);

    // One blank at most is what nearly all writers put anywhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Blank(ref byte b, nint p)
    {
        if (At(ref b, p) > ' ')
            return p;
        if (At(ref b, p) == ' ' && At(ref b, p + 1) > ' ')
            return p + 1;
        return Blanks(ref b, p);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Blanks(ref byte b, nint p)
    {
        while (At(ref b, p) is (byte)' ' or (byte)'\t')
            p++;
        return p;
    }

    /// <summary>Index of the quote that ends a text; -1 where it isn't one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint TextEnd(ref byte b, nint p, out bool escaped)
    {
        var seen = Seen.Nothing;
        p = TextEnd(ref b, p, ref seen);
        escaped = (seen & Seen.Escape) != 0;
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint TextEnd(ref byte b, nint p, ref Seen seen)
    {
        var stops = Stops(ref b, p);
        if (stops != 0)
        {
            var q = p + BitOperations.TrailingZeroCount(stops);
            if (At(ref b, q) == '"')
                return q;
        }
        return LongTextEnd(ref b, p, ref seen);
    }

    // As signed bytes, control characters and what isn't ASCII are less than a blank.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stops(ref byte b, nint p)
    {
        var v = Vector256.LoadUnsafe(ref b, (nuint)p);
        return (Vector256.Equals(v, Vector256.Create((byte)'"')) | Vector256.Equals(v, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(v.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AsciiStops(ref byte b, nint p)
    {
        var v = Vector256.LoadUnsafe(ref b, (nuint)p);
        return (Vector256.Equals(v, Vector256.Create((byte)'"')) | Vector256.Equals(v, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(v, Vector256.Create((byte)' '))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nint LongTextEnd(ref byte b, nint p, ref Seen seen)
    {
        var stops = Stops(ref b, p);
        while (true)
        {
            if (stops == 0)
            {
                p += Vector256<byte>.Count;
                stops = (seen & Seen.NonAscii) == 0 ? Stops(ref b, p) : AsciiStops(ref b, p);
                continue;
            }
            var q = p + BitOperations.TrailingZeroCount(stops);
            var c = At(ref b, q);
            if (c == '"')
                return q;
            if (c >= 0x80)
            {
                // Whether it is UTF-8 is seen once, at the end of the line.
                seen |= Seen.NonAscii;
                stops = AsciiStops(ref b, p);
                continue;
            }
            if (c != '\\')
                return -1;
            seen |= Seen.Escape | Seen.AnyEscape;
            p = EscapeEnd(ref b, q);
            if (p < 0)
                return -1;
            stops = (seen & Seen.NonAscii) == 0 ? Stops(ref b, p) : AsciiStops(ref b, p);
        }
    }

    private static nint EscapeEnd(ref byte b, nint p)
    {
        switch (At(ref b, p + 1))
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return p + 2;
            case (byte)'u':
                for (var digit = p + 2; digit < p + 6; digit++)
                    if (!char.IsAsciiHexDigit((char)At(ref b, digit)))
                        return -1;
                return p + 6;
            default:
                return -1;
        }
    }

    /// <summary>Index after a number (RFC 8259, 6); -1 where it isn't one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint NumberEnd(ref byte b, nint p)
    {
        if (At(ref b, p) == '-')
            p++;
        if (At(ref b, p) == '0')
        {
            p++;
        }
        else
        {
            var whole = p;
            p = DigitsEnd(ref b, p);
            if (p == whole)
                return -1;
        }
        if (At(ref b, p) == '.')
        {
            var fraction = ++p;
            p = DigitsEnd(ref b, p);
            if (p == fraction)
                return -1;
        }
        return (At(ref b, p) | 0x20) == 'e' ? ExponentEnd(ref b, p + 1) : p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint DigitsEnd(ref byte b, nint p)
    {
        while (true)
        {
            var v = Vector128.LoadUnsafe(ref b, (nuint)p) - Vector128.Create((byte)'0');
            var others = Vector128.GreaterThan(v, Vector128.Create((byte)9)).ExtractMostSignificantBits();
            if (others != 0)
                return p + BitOperations.TrailingZeroCount(others);
            p += Vector128<byte>.Count;
        }
    }

    private static nint ExponentEnd(ref byte b, nint p)
    {
        if (At(ref b, p) is (byte)'+' or (byte)'-')
            p++;
        var end = DigitsEnd(ref b, p);
        return end == p ? -1 : end;
    }

    [Flags]
    private enum Seen
    {
        Nothing = 0,
        NonAscii = 1,
        Escape = 2,
        TwoPayloads = 4,
        AnyEscape = 8,
        Nested = 16,
    }

    /// <summary>Parts of names and words, as a little-endian machine reads them.</summary>
    private static class Names
    {
        internal const ushort Ts = 't' | ('s' << 8);
        internal const ushort Id = 'i' | ('d' << 8);
        internal const uint Stag = 's' | ('t' << 8) | ('a' << 16) | ('g' << 24);
        internal const uint Even = 'e' | ('v' << 8) | ('e' << 16) | ('n' << 24);
        internal const uint RunUnderscore = 'r' | ('u' << 8) | ('n' << 16) | ('_' << 24);
        internal const uint Payl = 'p' | ('a' << 8) | ('y' << 16) | ('l' << 24);
        internal const uint Load = 'l' | ('o' << 8) | ('a' << 16) | ('d' << 24);
        internal const uint True = 't' | ('r' << 8) | ('u' << 16) | ('e' << 24);
        internal const uint Alse = 'a' | ('l' << 8) | ('s' << 16) | ('e' << 24);
        internal const uint Null = 'n' | ('u' << 8) | ('l' << 16) | ('l' << 24);
    }
}
