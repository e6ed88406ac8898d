using System.Globalization;
using System.Text;

namespace ReleaseOps.Expressions;

/// <summary>Reads a string or bytes literal: quotes of either kind, single or triple, raw or with escapes.</summary>
internal sealed class QuotedReader
{
    private readonly string _source;
    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];
    private readonly int _start;
    private readonly bool _isBytes;
    private readonly bool _isRaw;

    public QuotedReader(string source, int start)
    {
        _source = source;
        _start = start;
        At = start;
        for (; source[At] is 'r' or 'R' or 'b' or 'B'; At++)
        {
            _isRaw |= source[At] is 'r' or 'R';
            _isBytes |= source[At] is 'b' or 'B';
        }
    }

    /// <summary>The place after what was read.</summary>
    public int At { get; private set; }

    /// <summary>What is wrong, where reading failed.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The place of what is wrong.</summary>
    public int ProblemAt { get; private set; }

    /// <summary>True where a literal starts: a quote, after r, b, br or rb in any case.</summary>
    public static bool StartsAt(string source, int at)
    {
        var prefix = at;
        while (prefix < source.Length && prefix < at + 2 && source[prefix] is 'r' or 'R' or 'b' or 'B')
            prefix++;
        var twice = prefix == at + 2 && char.ToLowerInvariant(source[at]) == char.ToLowerInvariant(source[at + 1]);
        return prefix < source.Length && source[prefix] is '\'' or '"' && !twice;
    }

    public bool Read(out Value value)
    {
        value = default;
        var quote = _source[At];
        var isTriple = At + 2 < _source.Length && _source[At + 1] == quote && _source[At + 2] == quote;
        At += isTriple ? 3 : 1;
        while (true)
        {
            if (At >= _source.Length || (!isTriple && _source[At] is '\n' or '\r'))
            {
                var where = isTriple ? "" : " on its line";
                return Fail($"a text that opens with {new string(quote, isTriple ? 3 : 1)} isn't closed{where}", _start);
            }
            var c = _source[At];
            if (c == quote && (!isTriple || string.CompareOrdinal(_source, At, new string(quote, 3), 0, 3) == 0))
                break;
            if (c == '\\' && !_isRaw)
            {
                if (!Escape())
                    return false;
            }
            else
            {
                Append(c);
                At++;
            }
        }
        At += isTriple ? 3 : 1;
        Flush();
        value = _isBytes ? Value.Of(_bytes.ToArray()) : Value.Of(_text.ToString());
        return true;
    }

    private bool Fail(string problem, int at)
    {
        Problem = problem;
        ProblemAt = at;
        return false;
    }

    private void Append(char c) => _text.Append(c);

    /// <summary>Of bytes, what was read as text goes out as UTF-8 before a byte that an escape gives.</summary>
    private void Flush()
    {
        if (!_isBytes)
            return;
        _bytes.AddRange(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }

    private bool Escape()
    {
        var start = At;
        var c = At + 1 < _source.Length ? _source[At + 1] : '\0';
        At = Math.Min(At + 2, _source.Length);
        switch (c)
        {
            case '\\' or '?' or '"' or '\'' or '`':
                Append(c);
                return true;
            case 'a':
                Append('\a');
                return true;
            case 'b':
                Append('\b');
                return true;
            case 'f':
                Append('\f');
                return true;
            case 'n':
                Append('\n');
                return true;
            case 'r':
                Append('\r');
                return true;
            case 't':
                Append('\t');
                return true;
            case 'v':
                Append('\v');
                return true;
            case 'x' or 'X':
                return Code(start, 2) is { } hex && Put(start, hex);
            case 'u' when !_isBytes:
                return Code(start, 4) is { } shorter && Put(start, shorter);
            case 'U' when !_isBytes:
                return Code(start, 8) is { } longer && Put(start, longer);
            case >= '0' and <= '3':
                return Octal(start);
            default:
                return c == '\0'
                    ? Fail("a backslash at the end", start)
                    : Fail($"'\\{c}' isn't an escape; write '\\\\' for a backslash, or r'...' for a text without escapes", start);
        }
    }

    private uint? Code(int start, int digits)
    {
        if (At + digits <= _source.Length
            && uint.TryParse(_source.AsSpan(At, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            At += digits;
            return code;
        }
        Fail($"'\\{_source[start + 1]}' is followed by {digits} hexadecimal digits", start);
        return null;
    }

    private bool Octal(int start)
    {
        if (start + 4 > _source.Length || _source[start + 2] is < '0' or > '7' || _source[start + 3] is < '0' or > '7')
            return Fail("an octal escape has three digits, '\\000' to '\\377'", start);
        At = start + 4;
        return Put(start, (uint)(((_source[start + 1] - '0') * 64) + ((_source[start + 2] - '0') * 8) + _source[start + 3] - '0'));
    }

    private bool Put(int start, uint code)
    {
        if (_isBytes)
        {
            Flush();
            _bytes.Add((byte)code);
            return true;
        }
        if (!Rune.IsValid(code))
            return Fail("this escape isn't a Unicode character", start);
        _text.Append(new Rune(code).ToString());
        return true;
    }
}
