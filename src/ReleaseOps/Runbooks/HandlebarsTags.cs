using System.Text.RegularExpressions;

namespace ReleaseOps.Runbooks;

/// <summary>
/// The tags of a Handlebars template (https://handlebarsjs.com/guide/). Of the language only this is taken: values, the four built-in blocks,
/// and comments. What else it has would put in something unescaped, run something, or say something that nobody can check.
/// </summary>
internal static partial class HandlebarsTags
{
    private const int MostTags = 1000;

    private static readonly string[] Blocks = ["if", "unless", "each", "with"];

    /// <summary>Cuts a template into its tags.</summary>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong with a tag; null for nothing.</param>
    public static IReadOnlyList<HandlebarsTag> Read(string template, out HandlebarsProblem? problem)
    {
        var tags = new List<HandlebarsTag>();
        problem = null;
        for (int at = 0, open; (open = template.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            var isLong = template.AsSpan(open).StartsWith("{{!--") || template.AsSpan(open).StartsWith("{{~!--");
            var close = template.IndexOf(isLong ? "--}}" : "}}", open + 2, StringComparison.Ordinal);
            if (close < 0 && isLong)
                close = template.IndexOf("--~}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                problem = new HandlebarsProblem(open, isLong ? "{{!-- without its --}}" : "{{ without its }}", null);
                return tags;
            }
            var end = template.IndexOf("}}", close, StringComparison.Ordinal) + 2;
            problem = Around(template, open, end) ?? Of(template[(open + 2)..(end - 2)], open, tags);
            if (problem is not null)
                return tags;
            if (tags.Count > MostTags)
            {
                problem = new HandlebarsProblem(open, $"more than {MostTags} tags in one template", null);
                return tags;
            }
            at = end;
        }
        return tags;
    }

    private static HandlebarsProblem? Around(string template, int open, int end)
    {
        if (open > 0 && template[open - 1] == '\\')
            return new HandlebarsProblem(open - 1, "a backslash can't stand before '{{'", "it would take the tag for text; leave it out");
        if (template.AsSpan(open).StartsWith("{{{"))
            return new HandlebarsProblem(open, "'{{{' can't stand in a message", "values are always escaped: write {{name}}");
        if (end < template.Length && template[end] == '}')
            return new HandlebarsProblem(end, "'}}}' isn't the end of a tag", "put a space behind the tag: {{name}} }");
        return null;
    }

    private static HandlebarsProblem? Of(string inside, int open, List<HandlebarsTag> tags)
    {
        var text = inside.StartsWith('~') ? inside[1..] : inside;
        text = (text.EndsWith('~') ? text[..^1] : text).Trim();
        if (text.StartsWith('!'))
        {
            tags.Add(new HandlebarsTag(HandlebarsTagKind.Comment, open, "", ""));
            return null;
        }
        var words = Word().Matches(text).Select(m => m.Value).ToArray();
        HandlebarsTag? tag = words switch
        {
            [] => null,
            ["else"] => new HandlebarsTag(HandlebarsTagKind.Else, open, "", ""),
            ["else", "if", var path] => new HandlebarsTag(HandlebarsTagKind.Else, open, "if", path),
            [['#', .. var block], var path] => new HandlebarsTag(HandlebarsTagKind.Open, open, block, path),
            [['/', .. var block]] => new HandlebarsTag(HandlebarsTagKind.Close, open, block, ""),
            [var path] => new HandlebarsTag(HandlebarsTagKind.Value, open, "", path),
            _ => null,
        };
        if (text is ['&' or '>' or '*' or '^', ..] or ['#', '>' or '*', ..])
            return new HandlebarsProblem(
                open, $"'{{{{{text[0]}' can't stand in a message", "values are always escaped, and there are no partials: write {{name}}");
        if (tag is null)
            return new HandlebarsProblem(open, "this tag says nothing that is understood",
                "there are {{name}}, and {{#if}}, {{#unless}}, {{#each}}, {{#with}} with one name each");
        if (tag.Kind is HandlebarsTagKind.Open or HandlebarsTagKind.Close && !Blocks.Contains(tag.Block))
            return new HandlebarsProblem(open, $"there is no block '{Format.Reading.Show(tag.Block)}'", Format.Nearest.Hint(tag.Block, Blocks));
        if (tag.Path.Length > 0 && !PathForm().IsMatch(tag.Path))
            return new HandlebarsProblem(open, $"'{Format.Reading.Show(tag.Path)}' is no name",
                "names are letters, digits and '_', with '.' between: params.host");
        tags.Add(tag);
        return null;
    }

    // Between brackets anything may be a name: {{facts.[Next update]}}.
    [GeneratedRegex(@"(\[[^\]]*\]|[^\s\[])+|\[", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"^(@(index|first|last|key)|(\.\./)*[A-Za-z_][A-Za-z0-9_]*(\.([A-Za-z_][A-Za-z0-9_]*|\[[^\]{}]+\]))*)$", RegexOptions.NonBacktracking)]
    private static partial Regex PathForm();
}
