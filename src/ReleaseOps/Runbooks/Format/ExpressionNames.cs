namespace ReleaseOps.Runbooks.Format;

/// <summary>A name in an expression, with the field that is asked of it, if one is: <c>params.host</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Field">The field after the dot; null where none follows.</param>
/// <param name="Offset">Where the name stands, from 0.</param>
internal sealed record ExpressionName(string Name, string? Field, int Offset);

/// <summary>
/// Finds the names in a CEL expression with their places, which the parsed expression doesn't keep. It leaves out strings, comments and
/// fields; whether a name is free or bound by a macro is for the parsed expression to say.
/// </summary>
internal static class ExpressionNames
{
    public static IEnumerable<ExpressionName> Of(string expression)
    {
        var at = 0;
        while (at < expression.Length)
        {
            var c = expression[at];
            if (c is '"' or '\'')
                at = EndOfString(expression, at);
            else if (c == '/' && At(expression, at + 1) == '/')
                at = EndOfLine(expression, at);
            else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(expression, at + 1))))
                at = EndOfWord(expression, at + 1);
            else if (!IsWord(c))
                at++;
            else
            {
                var end = EndOfWord(expression, at);
                // r'...' and b"..." are strings too.
                if (At(expression, end) is '"' or '\'' && end - at <= 2)
                {
                    at = EndOfString(expression, end, raw: expression[at..end].Contains('r', StringComparison.OrdinalIgnoreCase));
                    continue;
                }
                if (!FollowsDot(expression, at))
                    yield return new ExpressionName(expression[at..end], FieldAfter(expression, end), at);
                at = end;
            }
        }
    }

    /// <summary>The index after the string that starts at the quote; the expression's length where it has no end.</summary>
    public static int EndOfString(string expression, int quoteAt, bool raw = false)
    {
        var quote = expression[quoteAt];
        var length = At(expression, quoteAt + 1) == quote && At(expression, quoteAt + 2) == quote ? 3 : 1;
        for (var at = quoteAt + length; at < expression.Length; at++)
        {
            if (expression[at] == '\\' && !raw)
                at++;
            else if (expression[at] == quote && (length == 1 || (At(expression, at + 1) == quote && At(expression, at + 2) == quote)))
                return at + length;
        }
        return expression.Length;
    }

    private static string? FieldAfter(string expression, int end)
    {
        var dot = SkipSpace(expression, end);
        if (At(expression, dot) != '.')
            return null;
        var start = SkipSpace(expression, dot + 1);
        var stop = EndOfWord(expression, start);
        return stop > start ? expression[start..stop] : null;
    }

    private static bool FollowsDot(string expression, int at)
    {
        do
            at--;
        while (at >= 0 && char.IsWhiteSpace(expression[at]));
        return at >= 0 && expression[at] == '.';
    }

    private static int SkipSpace(string expression, int at)
    {
        while (at < expression.Length && char.IsWhiteSpace(expression[at]))
            at++;
        return at;
    }

    private static int EndOfWord(string expression, int at)
    {
        while (at < expression.Length && IsWord(expression[at]))
            at++;
        return at;
    }

    private static int EndOfLine(string expression, int at)
    {
        var end = expression.IndexOf('\n', at);
        return end < 0 ? expression.Length : end;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static char At(string text, int index) => index < text.Length ? text[index] : '\0';
}
