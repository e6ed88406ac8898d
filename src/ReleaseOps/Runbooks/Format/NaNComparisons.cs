using ReleaseOps.Expressions;

namespace ReleaseOps.Runbooks.Format;

/// <summary>
/// Finds comparisons of a metric that hold where it is NaN: <c>m != 5</c> and <c>!(m >= 5)</c>. Here they are Inconclusive all the same; who
/// reads the criterion, or takes it to another tool, is misled.
/// </summary>
internal static class NaNComparisons
{
    private static readonly string[] Comparisons = ["<", "<=", ">", ">=", "==", "!="];

    /// <summary>The places of such comparisons in an expression over metrics, from 0, with what to say and to write instead.</summary>
    internal static IEnumerable<(int Offset, string Message, string Hint)> In(string expression)
    {
        var tokens = Lexer.Run(expression);
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Is("!=") && IsOfMetric(tokens, i, expression))
            {
                yield return (tokens[i].Start, "'!=' between a metric and a number reads as passing where nothing was measured",
                    "write which values pass: metric < n, metric > n");
            }
            else if (tokens[i].Is("!") && tokens[i + 1].Is("(") && Inside(tokens, i + 1).Any(c => IsOfMetric(tokens, c, expression)))
            {
                yield return (tokens[i].Start, "a comparison turned round by '!' reads as passing where nothing was measured",
                    "write it the other way round: metric < n for !(metric >= n)");
            }
        }
    }

    /// <summary>The comparisons between a parenthesis and its partner.</summary>
    private static IEnumerable<int> Inside(List<Token> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
                yield break;
            if (tokens[i].Kind == TokenKind.Operator && Comparisons.Contains(tokens[i].Text))
                yield return i;
        }
    }

    private static bool IsOfMetric(List<Token> tokens, int comparison, string expression)
    {
        var right = comparison + 1 + (tokens[comparison + 1].Is("-") ? 1 : 0);
        return comparison > 0 && right < tokens.Count
            && ((IsMetric(tokens, comparison - 1) && IsNumber(tokens[right], expression))
                || (IsNumber(tokens[comparison - 1], expression) && IsMetric(tokens, right)));
    }

    private static bool IsNumber(Token token, string expression) =>
        token.Kind == TokenKind.Literal && (char.IsAsciiDigit(expression[token.Start]) || expression[token.Start] == '.');

    /// <summary>A name that isn't a parameter or the release: what else criteria over metrics know is measured.</summary>
    private static bool IsMetric(List<Token> tokens, int at)
    {
        if (tokens[at].Kind != TokenKind.Name)
            return false;
        while (at >= 2 && tokens[at - 1].Is("."))
            at -= 2;
        return tokens[at].Text is not ("params" or "release");
    }
}
