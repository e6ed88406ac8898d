namespace ReleaseOps.Expressions;

/// <summary>Goes over the tokens, and says what was expected where they don't fit.</summary>
internal sealed class TokenCursor(string source)
{
    private readonly List<Token> _tokens = Lexer.Run(source);
    private int _at;

    /// <summary>The first error; what comes after it isn't looked at.</summary>
    public CelError? Error { get; private set; }

    public Token Current => _tokens[_at];

    public Token? Previous => _at > 0 ? _tokens[_at - 1] : null;

    /// <summary>The place after the last token that was taken.</summary>
    public int End => _at > 0 ? _tokens[_at - 1].End : 0;

    public bool NextIs(string symbol) => _at + 1 < _tokens.Count && _tokens[_at + 1].Is(symbol);

    /// <summary>True before a number that a '-' in front belongs to.</summary>
    public bool NextIsSigned =>
        _at + 1 < _tokens.Count && _tokens[_at + 1] is { Kind: TokenKind.Literal, Value.Kind: Kind.Int or Kind.Double };

    public Token Take()
    {
        var token = _tokens[_at];
        if (_at < _tokens.Count - 1)
            _at++;
        return token;
    }

    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        _at++;
        return true;
    }

    /// <summary>Takes that symbol, or fails.</summary>
    public bool Expect(string symbol) => TryTake(symbol) || Expected($"'{symbol}'");

    /// <summary>Fails with what was expected at the current token; always false.</summary>
    public bool Expected(string what)
    {
        if (Current.Kind == TokenKind.Bad)
            return Fail(Current, Current.Text);
        var isWords = Current is { Kind: TokenKind.End } or { Kind: TokenKind.Literal, Text: "a text" };
        var found = isWords ? Current.Text : $"'{CelText.Shorten(Current.Text, 40)}'";
        return Fail(Current, $"expected {what}, found {found}{Hint()}");
    }

    /// <summary>Fails for want of an expression at the current token; always false.</summary>
    public bool ExpectedExpression() => Expected(Previous switch
    {
        null => "an expression",
        { Kind: TokenKind.Literal, Text: "a text" } => "an expression",
        var previous => $"an expression after '{previous.Text}'",
    });

    public bool Fail(Token at, string problem, ErrorId id = ErrorId.ExpressionSyntax)
    {
        Error ??= CelError.At(id, problem, at.Column);
        return false;
    }

    private string Hint()
    {
        if (Previous is { Kind: TokenKind.Name, Text: "not" })
            return "; write '!' instead of 'not'";
        if (Previous is { } previous && previous.Is("%"))
            return "; a percentage is written as a plain number";
        return Current.Kind == TokenKind.Name ? HintFor(Current.Text) : Current.Is("{") ? "; messages aren't part of this language" : "";
    }

    /// <summary>What to write instead of another language's word.</summary>
    public static string HintFor(string name) => name switch
    {
        "and" or "AND" => "; write '&&' instead of 'and'",
        "or" or "OR" => "; write '||' instead of 'or'",
        "not" or "NOT" => "; write '!' instead of 'not'",
        "is" or "eq" or "equals" => $"; write '==' instead of '{name}'",
        "contains" or "startsWith" or "endsWith" or "matches" => $"; write a.{name}(b)",
        "len" or "length" or "count" => "; write size()",
        "any" => "; write exists()",
        _ => "",
    };
}
