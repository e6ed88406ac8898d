namespace ReleaseOps.Expressions;

/// <summary>What a token is; the operators have their own text.</summary>
internal enum TokenKind
{
    End,
    /// <summary>Text that is no token; the message says why.</summary>
    Bad,
    Name,
    /// <summary>A name in backticks, allowed only as a field.</summary>
    QuotedName,
    Literal,
    Operator,
}

/// <summary>A word of the language. (A class, so that the frames of the recursive parser stay small.)</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name, an operator's symbol, or what is wrong.</param>
/// <param name="Start">Its first character, from 0, in UTF-16 units.</param>
/// <param name="End">The place after its last.</param>
/// <param name="Column">Its column, from 1, in characters.</param>
/// <param name="Value">A literal's value.</param>
internal sealed record Token(TokenKind Kind, string Text, int Start, int End, int Column, Value Value = default)
{
    public bool Is(string symbol) => Kind == TokenKind.Operator && Text == symbol;
}
