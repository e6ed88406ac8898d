using System.Globalization;

namespace ReleaseOps.Expressions;

/// <summary>Cuts an expression into tokens; the last one is the end, or the first thing that is no token.</summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _counted;
    private int _column = 1;

    private Lexer(string source) => _source = source;

    public static List<Token> Run(string source)
    {
        var lexer = new Lexer(source);
        do
            lexer.Next();
        while (lexer._tokens[^1].Kind is not (TokenKind.End or TokenKind.Bad));
        return lexer._tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _source.Length ? _source[_at + ahead] : '\0';

    /// <summary>The column of a place; places are asked for in rising order, so each character is counted once.</summary>
    private int ColumnOf(int place)
    {
        for (; _counted < place; _counted++)
        {
            if (!char.IsLowSurrogate(_source[_counted]))
                _column++;
        }
        return _column;
    }

    private void Add(TokenKind kind, string text, int start, Value value = default) =>
        _tokens.Add(new Token(kind, text, start, _at, ColumnOf(start), value));

    private void Next()
    {
        SkipSpace();
        var start = _at;
        var c = Peek();
        if (_at >= _source.Length)
            Add(TokenKind.End, "the end", start);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            Number();
        else if (QuotedReader.StartsAt(_source, _at))
            Text();
        else if (char.IsAsciiLetter(c) || c == '_')
            Name();
        else if (c == '`')
            QuotedName();
        else if (OperatorAt(c, Peek(1)) is { } symbol)
            Operator(symbol);
        else
            Add(TokenKind.Bad, Unexpected(c), start);
    }

    private void SkipSpace()
    {
        while (true)
        {
            while (Peek() is '\t' or '\n' or '\f' or '\r' or ' ')
                _at++;
            if (Peek() != '/' || Peek(1) != '/')
                return;
            var end = _source.IndexOf('\n', _at);
            _at = end < 0 ? _source.Length : end + 1;
        }
    }

    private static string? OperatorAt(char c, char next) => (c, next) switch
    {
        ('&', '&') => "&&",
        ('|', '|') => "||",
        ('=', '=') => "==",
        ('!', '=') => "!=",
        ('<', '=') => "<=",
        ('>', '=') => ">=",
        ('<', _) => "<",
        ('>', _) => ">",
        ('!', _) => "!",
        ('+', _) => "+",
        ('-', _) => "-",
        ('*', _) => "*",
        ('/', _) => "/",
        ('%', _) => "%",
        ('?', _) => "?",
        (':', _) => ":",
        (',', _) => ",",
        ('.', _) => ".",
        ('(', _) => "(",
        (')', _) => ")",
        ('[', _) => "[",
        (']', _) => "]",
        ('{', _) => "{",
        ('}', _) => "}",
        _ => null,
    };

    private void Operator(string symbol)
    {
        var start = _at;
        _at += symbol.Length;
        if (symbol is "==" or "!=" && Peek() == '=')
            Add(TokenKind.Bad, $"'{symbol}=' isn't an operator; write '{symbol}'", start);
        else if (symbol == "<" && Peek() == '>')
            Add(TokenKind.Bad, "'<>' isn't an operator; write '!='", start);
        else
            Add(TokenKind.Operator, symbol, start);
    }

    private void Name()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
            _at++;
        var name = _source[start.._at];
        switch (name)
        {
            case "true" or "false":
                Add(TokenKind.Literal, name, start, Value.Of(name == "true"));
                break;
            case "null":
                Add(TokenKind.Literal, name, start, Value.Null);
                break;
            case "in":
                Add(TokenKind.Operator, name, start);
                break;
            default:
                Add(TokenKind.Name, name, start);
                break;
        }
    }

    private void QuotedName()
    {
        var start = _at++;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '.' or '-' or '/' or ' ')
            _at++;
        if (Peek() != '`' || _at == start + 1)
        {
            Add(TokenKind.Bad, "a field in backticks holds letters, digits, '_', '.', '-', '/' and spaces", start);
            return;
        }
        _at++;
        Add(TokenKind.QuotedName, _source[(start + 1)..(_at - 1)], start);
    }

    private void Text()
    {
        var start = _at;
        var reader = new QuotedReader(_source, _at);
        if (reader.Read(out var value))
        {
            _at = reader.At;
            Add(TokenKind.Literal, "a text", start, value);
            return;
        }
        _tokens.Add(new Token(TokenKind.Bad, reader.Problem, start, reader.At, ColumnOf(reader.ProblemAt)));
    }

    private void Number()
    {
        var start = _at;
        if (Peek() == '0' && Peek(1) == 'x' && char.IsAsciiHexDigit(Peek(2)))
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Peek()))
                _at++;
            Whole(start, start + 2, NumberStyles.AllowHexSpecifier);
            return;
        }
        while (char.IsAsciiDigit(Peek()))
            _at++;
        var isDouble = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _at++;
            while (char.IsAsciiDigit(Peek()))
                _at++;
        }
        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek() is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            isDouble = true;
            _at += 1 + sign;
            while (char.IsAsciiDigit(Peek()))
                _at++;
        }
        if (!isDouble)
        {
            Whole(start, start, NumberStyles.None);
            return;
        }
        var number = double.Parse(_source.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        Finish(start, double.IsFinite(number) ? Value.Of(number) : default, "double");
    }

    private void Whole(int start, int digits, NumberStyles style)
    {
        var text = _source.AsSpan(digits, _at - digits);
        // -9223372036854775808 is a literal, though its digits alone are outside the range of int.
        var read = ulong.TryParse(text, style, CultureInfo.InvariantCulture, out var number);
        var isUint = Peek() is 'u' or 'U';
        if (isUint)
            _at++;
        var negative = _tokens.Count > 0 && _tokens[^1].Is("-");
        if (read && isUint)
            Finish(start, Value.Of(number), "uint");
        else if (read && (number <= long.MaxValue || (negative && number == (ulong)long.MaxValue + 1)))
            Finish(start, Value.Of((long)number), "int");
        else
            Finish(start, default, isUint ? "uint" : "int");
    }

    private void Finish(int start, Value value, string type)
    {
        var text = _source[start.._at];
        if (value.IsError)
            Add(TokenKind.Bad, $"{CelText.Shorten(text, 40)} is outside the range of {type}", start);
        else if (char.IsAsciiLetter(Peek()) || Peek() == '_')
            Add(TokenKind.Bad, $"a letter follows a number; a duration is written duration('{CelText.Shorten(text, 20)}{Peek()}')", _at);
        else
            Add(TokenKind.Literal, CelText.Shorten(text, 40), start, value);
    }

    private static string Unexpected(char c) => c switch
    {
        '=' => "'=' isn't an operator; write '==' to compare",
        '&' => "'&' isn't an operator; write '&&'",
        '|' => "'|' isn't an operator; write '||'",
        '“' or '”' or '„' or '‘' or '’' or '‚' => "a typographic quote; write ' or \"",
        '$' => "'$' can't stand here; names are written without it",
        _ when CelText.IsHidden(c) || char.IsSurrogate(c) => $"a character that can't stand here (U+{(int)c:X4})",
        _ => $"'{c}' can't stand here",
    };
}
