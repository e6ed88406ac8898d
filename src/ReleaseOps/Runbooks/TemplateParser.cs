using ReleaseOps.Expressions;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>A piece of a template: text as it stands, or an expression.</summary>
/// <param name="Text">The text; for an expression, its source.</param>
/// <param name="Expression">The expression; null for text.</param>
/// <param name="Offset">Where the piece (the expression's source) starts in the template, from 0.</param>
public sealed record TemplatePart(string Text, CelExpression? Expression, int Offset);

/// <summary>Cuts a template into text and expressions.</summary>
internal static class TemplateParser
{
    private const string Open = "${{";

    internal readonly record struct Result(IReadOnlyList<TemplatePart> Parts, string? Error, int ErrorOffset);

    public static Result Parse(string text)
    {
        var open = text.IndexOf(Open, StringComparison.Ordinal);
        if (open < 0)
            return new Result(text.Length == 0 ? [] : [new TemplatePart(text, null, 0)], null, 0);
        var parts = new List<TemplatePart>();
        var at = 0;
        for (; open >= 0; open = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            if (open > at)
                parts.Add(new TemplatePart(text[at..open], null, at));
            var close = FindClose(text, open + Open.Length);
            if (close < 0)
                return new Result([], "${{ without its }}", open);
            var start = open + Open.Length;
            while (start < close && char.IsWhiteSpace(text[start]))
                start++;
            var source = text[start..close].TrimEnd();
            if (source.Length == 0)
                return new Result([], "${{ }} with nothing in it", open);
            if (CelExpression.TryParse(source, out var error) is not { } expression)
                return new Result([], WithoutColumn(error!), start + error!.Column - 1);
            if (expression.Hopeless is [var call, ..])
                return new Result([], WithoutColumn(call), start + call.Column - 1);
            parts.Add(new TemplatePart(source, expression, start));
            at = close + 2;
        }
        if (at < text.Length)
            parts.Add(new TemplatePart(text[at..], null, at));
        return new Result(parts, null, 0);
    }

    /// <summary>An expression's error for where its place in the file is told: its own column would only confuse.</summary>
    internal static string WithoutColumn(CelError error)
    {
        var own = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"column {error.Column}: ");
        return error.Message.StartsWith(own, StringComparison.Ordinal) ? error.Message[own.Length..] : error.Message;
    }

    /// <summary>The }} that closes: not one in a string, nor one that ends maps within the expression.</summary>
    private static int FindClose(string text, int from)
    {
        var maps = 0;
        for (var at = from; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' or '\'':
                    at = ExpressionNames.EndOfString(text, at, raw: at > from && text[at - 1] is 'r' or 'R') - 1;
                    break;
                case '{':
                    maps++;
                    break;
                case '}' when maps > 0:
                    maps--;
                    break;
                case '}' when at + 1 < text.Length && text[at + 1] == '}':
                    return at;
                default:
                    break;
            }
        }
        return -1;
    }
}
