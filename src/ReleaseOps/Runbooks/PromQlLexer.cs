namespace ReleaseOps.Runbooks;

/// <summary>The kinds of token that are told apart in PromQL.</summary>
internal enum PromQlTokenKind
{
    /// <summary>A name or keyword; <c>${{ }}</c> may be part of it.</summary>
    Word,
    /// <summary>Nothing but <c>${{ }}</c>.</summary>
    Hole,
    /// <summary>A number or a duration.</summary>
    Number,
    /// <summary>A text in quotes.</summary>
    Text,
    /// <summary>Label matchers, braces included.</summary>
    Matchers,
    /// <summary>A range, brackets included.</summary>
    Range,
    /// <summary>An operator, a parenthesis, a comma, <c>@</c>.</summary>
    Symbol,
    /// <summary>The end.</summary>
    End,
}

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts, from 0.</param>
/// <param name="End">The place after it.</param>
/// <param name="Text">The piece.</param>
internal readonly record struct PromQlToken(PromQlTokenKind Kind, int Start, int End, string Text)
{
    internal bool Is(string symbol) => Kind == PromQlTokenKind.Symbol && Text == symbol;

    internal bool IsWord(string word) => Kind == PromQlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a query into tokens. It never fails: what isn't PromQL becomes symbols of one character.</summary>
internal sealed class PromQlLexer(string text)
{
    private int _at;

    internal static List<PromQlToken> Run(string text)
    {
        var tokens = new List<PromQlToken>();
        var lexer = new PromQlLexer(text);
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != PromQlTokenKind.End);
        return tokens;
    }

    private PromQlToken Next()
    {
        SkipSpace();
        var start = _at;
        if (_at >= text.Length)
            return new PromQlToken(PromQlTokenKind.End, start, start, "");
        var c = text[_at];
        if (IsWordStart(c) || AtHole())
            return Word(start);
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
            return Number(start);
        if (c is '"' or '\'' or '`')
        {
            SkipText();
            return Token(PromQlTokenKind.Text, start);
        }
        if (c is '{' or '[')
        {
            SkipBracket(c == '{' ? '}' : ']');
            return Token(c == '{' ? PromQlTokenKind.Matchers : PromQlTokenKind.Range, start);
        }
        _at++;
        if (_at < text.Length && (text[_at] == '=' || text[_at] == '~') && c is '=' or '!' or '<' or '>')
            _at++;
        return Token(PromQlTokenKind.Symbol, start);
    }

    private PromQlToken Token(PromQlTokenKind kind, int start) => new(kind, start, _at, text[start.._at]);

    private PromQlToken Word(int start)
    {
        var isHole = true;
        while (_at < text.Length)
        {
            if (AtHole())
            {
                SkipHole();
                continue;
            }
            if (!IsWordStart(text[_at]) && !char.IsAsciiDigit(text[_at]))
                break;
            isHole = false;
            _at++;
        }
        return Token(isHole ? PromQlTokenKind.Hole : PromQlTokenKind.Word, start);
    }

    private PromQlToken Number(int start)
    {
        for (; _at < text.Length; _at++)
        {
            var exponent = text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E' && !text.AsSpan(start, _at - start).StartsWith("0x");
            if (!char.IsAsciiLetterOrDigit(text[_at]) && text[_at] is not ('.' or '_') && !exponent)
                break;
        }
        return Token(PromQlTokenKind.Number, start);
    }

    private void SkipSpace()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
            _at = text[_at] != '#' ? _at + 1 : text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;
    }

    private void SkipText()
    {
        var quote = text[_at++];
        while (_at < text.Length && text[_at] != quote)
        {
            if (AtHole())
                SkipHole();
            else
                _at += text[_at] == '\\' && quote != '`' ? 2 : 1;
        }
        _at = Math.Min(_at + 1, text.Length);
    }

    private void SkipBracket(char close)
    {
        _at++;
        while (_at < text.Length && text[_at] != close)
        {
            if (AtHole())
                SkipHole();
            else if (text[_at] is '"' or '\'' or '`')
                SkipText();
            else
                _at++;
        }
        _at = Math.Min(_at + 1, text.Length);
    }

    private bool AtHole() => string.CompareOrdinal(text, _at, "${{", 0, 3) == 0;

    private void SkipHole() => _at = text.IndexOf("}}", _at, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : text.Length;

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':';
}
