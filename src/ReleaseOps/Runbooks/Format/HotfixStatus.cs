using ReleaseOps.Expressions;

namespace ReleaseOps.Runbooks.Format;

/// <summary>
/// What the status of a hotfix speaks of, each by its name: what can't be filled in shows when the runbook is read, not at the end of a run.
/// </summary>
internal static class HotfixStatus
{
    /// <summary>Reports each field of <c>hotfix</c> that there isn't, and each check that isn't a step.</summary>
    /// <param name="expression">An expression of the status.</param>
    /// <param name="locate">The place of one of its characters.</param>
    /// <param name="reading">The reading.</param>
    public static void Check(string expression, Func<int, Position> locate, Reading reading)
    {
        var tokens = Lexer.Run(expression);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at] is not { Kind: TokenKind.Name, Text: "hotfix" } || (at > 0 && tokens[at - 1].Is(".")))
                continue;
            if (NameAfter(tokens, at, expression) is not { } field)
                reading.Error(locate(tokens[at].Start), ErrorId.BadValue, "'hotfix' has fields, and is no text itself",
                    "write hotfix.ticket, hotfix.decision ...");
            else if (!Hotfix.StatusFields.Contains(field))
                reading.Error(locate(tokens[at].Start), ErrorId.UnknownReference, $"a hotfix has no '{Reading.Show(field)}'",
                    reading.HintFor(field, Hotfix.StatusFields));
            else if (field == "checks" && NameAfter(tokens, at + LengthOf(tokens, at), expression) is { } step
                && !reading.Names.Of(NameKind.Step).Contains(step))
                reading.Error(locate(tokens[at].Start), ErrorId.UnknownReference, $"no step '{Reading.Show(step)}' in this runbook",
                    reading.HintFor(step, reading.Names.Of(NameKind.Step)));
        }
    }

    /// <summary>The name in <c>.name</c> or <c>["name"]</c> after a token; null for anything else.</summary>
    private static string? NameAfter(List<Token> tokens, int at, string expression) =>
        at + 2 >= tokens.Count ? null
        : tokens[at + 1].Is(".") && tokens[at + 2].Kind is TokenKind.Name or TokenKind.QuotedName && !tokens[at + 3].Is("(") ? tokens[at + 2].Text
        : tokens[at + 1].Is("[") && tokens[at + 2].Kind == TokenKind.Literal
            ? expression[tokens[at + 2].Start..tokens[at + 2].End].Trim('"', '\'')
        : null;

    /// <summary>How many tokens a name takes: a dot and itself, or itself in brackets.</summary>
    private static int LengthOf(List<Token> tokens, int at) => tokens[at + 1].Is("[") ? 3 : 2;
}
