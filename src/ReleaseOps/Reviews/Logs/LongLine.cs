using System.Buffers;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// A line that is too long to be kept, read piece by piece: it is told as strictly whether it is a JSON object, and its short fields are kept. Of its
/// payload, and of a field of more than <see cref="LongestField"/> bytes, only the kind is known.
/// </summary>
internal sealed class LongLine
{
    /// <summary>How much of it is read at once.</summary>
    internal const int ChunkBytes = 64 * 1024;

    /// <summary>How much of a field is kept, in bytes.</summary>
    internal const int LongestField = 4096;

    private static readonly SearchValues<byte> Interesting =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x80, 0x80)).Append('"').Append('\\').Select(b => (byte)b)]);

    private readonly bool[] _levels = new bool[LineReader.Deepest];
    private readonly LongFields _fields = new();
    private int _depth;
    private State _state = State.Begin;
    private bool _inName;
    private bool _blank = true;
    private int _hex;
    private string _word = "";
    private int _utf8Left;
    private byte _utf8From;
    private byte _utf8To;

    private enum State
    {
        Begin,
        Value,
        FirstItem,
        FirstName,
        Name,
        Colon,
        After,
        Text,
        Escape,
        Hex,
        Word,
        Minus,
        Zero,
        Whole,
        Point,
        Fraction,
        E,
        Sign,
        Exponent,
        End,
        Bad,
    }

    /// <summary>What it is.</summary>
    internal LineKind Kind { get; private set; }

    /// <summary>True where the source ended before it did.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>Its fields; they stand in <see cref="Bytes"/>.</summary>
    internal LogLine Line => _fields.Line;

    /// <summary>The bytes that its fields stand in.</summary>
    internal byte[] Bytes => _fields.Bytes;

    /// <summary>Reads on, up to its end.</summary>
    /// <param name="bytes">What comes next.</param>
    /// <returns>How many bytes are its own; where it isn't all, a line end follows.</returns>
    internal int Take(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = bytes[i];
            if (c is (byte)'\n' or (byte)'\r')
                return i;
            if (_state == State.Bad)
            {
                var end = bytes[i..].IndexOfAny((byte)'\n', (byte)'\r');
                return end < 0 ? bytes.Length : i + end;
            }
            _blank &= c is (byte)' ' or (byte)'\t';
            if (_state == State.Text && _utf8Left == 0)
            {
                var plain = bytes[i..].IndexOfAny(Interesting);
                plain = plain < 0 ? bytes.Length - i : plain;
                _fields.Add(bytes.Slice(i, plain));
                i += plain;
                if (i == bytes.Length)
                    return i;
                c = bytes[i];
                if (c is (byte)'\n' or (byte)'\r')
                    return i;
            }
            _state = Next(c);
        }
        return bytes.Length;
    }

    /// <summary>Says that it has ended.</summary>
    /// <param name="open">True where it was the source that ended.</param>
    internal LongLine Closed(bool open)
    {
        Kind = _state == State.End ? LineKind.Object : _blank ? LineKind.Blank : LineKind.Malformed;
        IsOpen = open;
        return this;
    }

    private State Next(byte c)
    {
        switch (_state)
        {
            case State.Text:
                _fields.Add(c);
                return InText(c);
            case State.Escape:
                _fields.Add(c);
                _hex = 4;
                return c == 'u' ? State.Hex : "\"\\/bfnrt"u8.Contains(c) ? State.Text : State.Bad;
            case State.Hex:
                _fields.Add(c);
                return !char.IsAsciiHexDigit((char)c) ? State.Bad : --_hex == 0 ? State.Text : State.Hex;
            case State.Word:
                _fields.Add(c);
                if (c != _word[0])
                    return State.Bad;
                _word = _word[1..];
                return _word.Length == 0 ? EndOfValue() : State.Word;
            case >= State.Minus and <= State.Exponent:
                return InNumber(c);
        }
        if (c is (byte)' ' or (byte)'\t')
            return _state;
        return _state switch
        {
            State.Begin => c == '{' ? Open(isObject: true) : State.Bad,
            State.FirstItem when c == ']' => Close(),
            State.FirstItem or State.Value => Begin(c),
            State.FirstName when c == '}' => Close(),
            State.FirstName or State.Name => c == '"' ? BeginName() : State.Bad,
            State.Colon => c == ':' ? State.Value : State.Bad,
            State.After when c == ',' => _levels[_depth - 1] ? State.Name : State.Value,
            State.After when c == (_levels[_depth - 1] ? '}' : ']') => Close(),
            _ => State.Bad,
        };
    }

    private State Open(bool isObject)
    {
        if (_depth == LineReader.Deepest)
            return State.Bad;
        _levels[_depth++] = isObject;
        return isObject ? State.FirstName : State.FirstItem;
    }

    private State Close()
    {
        _depth--;
        return EndOfValue();
    }

    private State BeginName()
    {
        _inName = true;
        if (_depth == 1)
            _fields.BeginName();
        return State.Text;
    }

    private State Begin(byte c)
    {
        if (_depth == 1)
            _fields.BeginValue(c);
        switch (c)
        {
            case (byte)'"':
                return State.Text;
            case (byte)'{' or (byte)'[':
                return Open(c == '{');
            case (byte)'t' or (byte)'f' or (byte)'n':
                _word = c switch { (byte)'t' => "rue", (byte)'f' => "alse", _ => "ull" };
                _fields.Add(c);
                return State.Word;
            case (byte)'-':
                _fields.Add(c);
                return State.Minus;
            case >= (byte)'0' and <= (byte)'9':
                _fields.Add(c);
                return c == '0' ? State.Zero : State.Whole;
            default:
                return State.Bad;
        }
    }

    private State EndOfValue()
    {
        if (_depth == 1)
            _fields.EndValue();
        return _depth == 0 ? State.End : State.After;
    }

    private State InText(byte c)
    {
        if (_utf8Left > 0)
        {
            if (c < _utf8From || c > _utf8To)
                return State.Bad;
            (_utf8Left, _utf8From, _utf8To) = (_utf8Left - 1, 0x80, 0xBF);
            return State.Text;
        }
        if (c == '\\')
        {
            _fields.SeeEscape();
            return State.Escape;
        }
        if (c < 0x20)
            return State.Bad;
        if (c >= 0x80)
            return BeginRune(c);
        if (c != '"')
            return State.Text;
        _fields.Drop();
        if (!_inName)
            return EndOfValue();
        _inName = false;
        if (_depth == 1)
            _fields.EndName();
        return State.Colon;
    }

    /// <summary>The well-formed sequences of Table 3-7 of the Unicode Standard.</summary>
    private State BeginRune(byte c)
    {
        (_utf8Left, _utf8From, _utf8To) = c switch
        {
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            _ => (0, (byte)1, (byte)0),
        };
        return _utf8Left == 0 ? State.Bad : State.Text;
    }

    private State InNumber(byte c)
    {
        var digit = char.IsAsciiDigit((char)c);
        var next = _state switch
        {
            State.Minus => digit ? c == '0' ? State.Zero : State.Whole : State.Bad,
            State.Whole when digit => State.Whole,
            State.Point or State.Fraction when digit => State.Fraction,
            State.E when c is (byte)'+' or (byte)'-' => State.Sign,
            State.E or State.Sign or State.Exponent when digit => State.Exponent,
            State.Zero or State.Whole when c == '.' => State.Point,
            State.Zero or State.Whole or State.Fraction when c is (byte)'e' or (byte)'E' => State.E,
            State.Zero or State.Whole or State.Fraction or State.Exponent => State.After,
            _ => State.Bad,
        };
        if (next != State.After)
        {
            _fields.Add(c);
            return next;
        }
        // The number ended with the byte before.
        _state = EndOfValue();
        return Next(c);
    }
}
