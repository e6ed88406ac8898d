using System.Globalization;
using System.Text;

namespace ReleaseOps.Expressions;

/// <summary>
/// Turns a pattern in RE2's notation, which CEL prescribes, into one that means the same to .NET, and refuses what RE2 doesn't have.
/// Where they differ and it shows: <c>$</c> (.NET also matches before a last line feed), <c>\d \w \s</c> (ASCII in RE2),
/// <c>(?P&lt;n&gt;)</c>,
/// <c>[[:alpha:]]</c>, <c>\pL</c>, <c>\x{1F600}</c>, <c>\Q..\E</c>, characters beyond U+FFFF. What still differs: <c>\b</c> and (?i) know
/// all of Unicode, and <c>.</c> and <c>[^a]</c> take half of a character beyond U+FFFF.
/// </summary>
internal sealed class PatternTranslator
{
    private const string Digits = "0-9";
    private const string NotDigits = @"\x00-/:-\uFFFF";
    private const string WordCharacters = "0-9A-Za-z_";
    private const string NotWordCharacters = @"\x00-/:-@\[-\^`{-\uFFFF";
    private const string Spaces = @"\t\n\f\r ";
    private const string NotSpaces = @"\x00-\b\v\x0E-\x1F!-\uFFFF";

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = Digits,
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = WordCharacters,
        ["xdigit"] = "0-9A-Fa-f",
    };

    private readonly string _pattern;
    private readonly StringBuilder _out = new();
    private readonly Stack<bool> _outer = new();
    private int _at;
    private bool _lines;
    private string? _problem;

    private PatternTranslator(string pattern) => _pattern = pattern;

    /// <summary>The pattern for .NET; null and what is wrong where RE2 wouldn't take it.</summary>
    public static string? Translate(string pattern, out string? problem)
    {
        var translator = new PatternTranslator(pattern);
        while (translator._problem is null && translator._at < pattern.Length)
            translator.Next();
        problem = translator._problem;
        return problem is null ? translator._out.ToString() : null;
    }

    private char Peek => _at < _pattern.Length ? _pattern[_at] : '\0';

    private bool Ahead(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private void Refuse(string problem) => _problem ??= problem;

    private void Next()
    {
        var c = _pattern[_at];
        switch (c)
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '(':
                Group();
                break;
            case ')':
                if (_outer.TryPop(out var lines))
                    _lines = lines;
                _out.Append(c);
                _at++;
                break;
            case '$':
                _out.Append(_lines ? "(?m:$)" : @"\z");
                _at++;
                break;
            default:
                Character();
                break;
        }
    }

    private void Character()
    {
        var length = char.IsHighSurrogate(Peek) && _at + 1 < _pattern.Length && char.IsLowSurrogate(_pattern[_at + 1]) ? 2 : 1;
        if (length == 2)
            _out.Append("(?:").Append(_pattern, _at, 2).Append(')');
        else
            _out.Append(Peek);
        _at += length;
    }

    private void Group()
    {
        _outer.Push(_lines);
        _at++;
        _out.Append('(');
        if (Peek != '?')
            return;
        _at++;
        if (Ahead("P<"))
            _at++;
        if (Peek == '<')
        {
            if (_at + 1 < _pattern.Length && !(char.IsAsciiLetterOrDigit(_pattern[_at + 1]) || _pattern[_at + 1] == '_'))
                Refuse("looking behind isn't possible without backtracking");
            _out.Append('?');
            return;
        }
        Flags();
    }

    private void Flags()
    {
        var on = true;
        var flags = new StringBuilder("?");
        for (; Peek is not (':' or ')' or '\0'); _at++)
        {
            switch (Peek)
            {
                case '-' when on:
                    on = false;
                    flags.Append('-');
                    break;
                case 'm':
                    _lines = on;
                    flags.Append('m');
                    break;
                case 'i' or 's':
                    flags.Append(Peek);
                    break;
                case 'U':
                    // Greedy or not makes no difference to whether there is a match.
                    break;
                default:
                    Refuse($"'(?{Peek}' isn't possible; there is no looking ahead, behind or back, only groups and the flags i, m, s, U");
                    return;
            }
        }
        if (Peek == ')')
        {
            // Flags for the rest of the group around.
            _outer.TryPop(out _);
            _at++;
            if (flags.Length == 1)
                _out.Length--;
            else
                _out.Append(flags).Append(')');
            return;
        }
        _out.Append(flags);
    }

    private void Escape(bool inClass)
    {
        _at++;
        var c = Peek;
        _at++;
        switch (c)
        {
            case 'd' or 'w' or 's':
                Set(inClass, c == 'd' ? Digits : c == 'w' ? WordCharacters : Spaces);
                break;
            case 'D' or 'W' or 'S':
                Set(inClass, c == 'D' ? NotDigits : c == 'W' ? NotWordCharacters : NotSpaces);
                break;
            case 'p' or 'P':
                Property(c);
                break;
            case 'x':
                Hexadecimal(inClass);
                break;
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                _out.Append('\\').Append(c);
                break;
            case 'A' or 'z' or 'b' or 'B' when !inClass:
                _out.Append('\\').Append(c);
                break;
            case 'Q' when !inClass:
                Quoted();
                break;
            case >= '0' and <= '7':
                Octal(inClass, c);
                break;
            default:
                if (c is '\0' or > '\x7F' || char.IsAsciiLetterOrDigit(c))
                    Refuse(c == '\0' ? "a backslash at the end" : $"'\\{c}' has no meaning");
                _out.Append('\\').Append(c);
                break;
        }
    }

    private void Set(bool inClass, string ranges)
    {
        if (inClass && _out[^1] == '-' && _out[^2] != '[')
            Refuse("a range can't end in a class of characters");
        _out.Append(inClass ? ranges : $"[{ranges}]");
    }

    private void Property(char letter)
    {
        var name = Peek.ToString();
        _at++;
        if (name == "{")
        {
            var end = _pattern.IndexOf('}', _at);
            name = end < 0 ? "" : _pattern[_at..end];
            _at = end < 0 ? _pattern.Length : end + 1;
        }
        if (name is ['^', ..])
        {
            letter = letter == 'p' ? 'P' : 'p';
            name = name[1..];
        }
        // .NET knows the general categories under RE2's names, but not the scripts.
        if (name.Length is 0 or > 2 || !name.All(char.IsAsciiLetter))
            Refuse($"'\\{letter}{{{name}}}' isn't known; only general categories such as \\pL or \\p{{Lu}} are");
        _out.Append('\\').Append(letter).Append('{').Append(name).Append('}');
    }

    private void Hexadecimal(bool inClass)
    {
        var digits = "";
        if (Peek == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            digits = end < 0 ? "" : _pattern[(_at + 1)..end];
            _at = end < 0 ? _pattern.Length : end + 1;
        }
        else if (_at + 2 <= _pattern.Length)
        {
            digits = _pattern.Substring(_at, 2);
            _at += 2;
        }
        if (digits.Length is > 0 and <= 6
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
            CodePoint(inClass, code);
        else
            Refuse("'\\x' wants two hexadecimal digits, or a code point in braces");
    }

    private void Octal(bool inClass, char first)
    {
        var length = 0;
        while (length < 2 && _at + length < _pattern.Length && _pattern[_at + length] is >= '0' and <= '7')
            length++;
        if (first != '0' && length < 2)
            Refuse("a reference back isn't possible without backtracking");
        var code = first - '0';
        for (; length > 0; length--)
            code = (code * 8) + (_pattern[_at++] - '0');
        CodePoint(inClass, code);
    }

    private void CodePoint(bool inClass, int code)
    {
        if (code <= 0xFFFF)
            _out.Append(CultureInfo.InvariantCulture, $"\\u{code:X4}");
        else if (inClass)
            Refuse("a character beyond U+FFFF can't stand in [ ]; write it as an alternative with |");
        else
            _out.Append("(?:").Append(char.ConvertFromUtf32(code)).Append(')');
    }

    private void Quoted()
    {
        var end = _pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        var text = end < 0 ? _pattern[_at..] : _pattern[_at..end];
        foreach (var c in text)
        {
            if (c <= '\x7F' && !char.IsAsciiLetterOrDigit(c))
                _out.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else
                _out.Append(c);
        }
        _at = end < 0 ? _pattern.Length : end + 2;
    }

    private void Class()
    {
        _out.Append('[');
        _at++;
        if (Peek == '^')
        {
            _out.Append('^');
            _at++;
        }
        for (var first = true; _problem is null; first = false)
        {
            if (_at >= _pattern.Length)
            {
                Refuse("a '[' has no ']'");
            }
            else if (Peek == ']' && !first)
            {
                _out.Append(']');
                _at++;
                return;
            }
            else if (Ahead("[:"))
            {
                NamedClass();
            }
            else if (Peek == '\\')
            {
                Escape(inClass: true);
            }
            else if (char.IsSurrogate(Peek))
            {
                Refuse("a character beyond U+FFFF can't stand in [ ]; write it as an alternative with |");
            }
            else
            {
                if (Peek is '[' or ']' or '^')
                    _out.Append('\\');
                _out.Append(Peek);
                _at++;
            }
        }
    }

    private void NamedClass()
    {
        var end = _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            _out.Append(@"\[");
            _at++;
            return;
        }
        var name = _pattern[(_at + 2)..end];
        if (Classes.TryGetValue(name, out var ranges))
            _out.Append(ranges);
        else
            Refuse($"'[:{CelText.Shorten(name, 20)}:]' isn't known; write one of {string.Join(", ", Classes.Keys)}");
        _at = end + 2;
    }
}
