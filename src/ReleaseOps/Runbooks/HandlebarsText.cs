namespace ReleaseOps.Runbooks;

/// <summary>What is wrong with a Handlebars template.</summary>
/// <param name="Offset">Where, in characters.</param>
/// <param name="What">What.</param>
/// <param name="Remedy">What to do; null for nothing special.</param>
internal sealed record HandlebarsProblem(int Offset, string What, string? Remedy);

/// <summary>Whether a Handlebars template can be filled in, told without filling it in.</summary>
internal static class HandlebarsText
{
    /// <summary>The longest template, in characters.</summary>
    public const int Longest = 32 * 1024;

    private const int MostDeep = 8;
    private const int MostLoops = 2;

    /// <summary>What is wrong with how a template is written; null for nothing.</summary>
    public static HandlebarsProblem? Problem(string template)
    {
        if (template.Length > Longest)
            return new HandlebarsProblem(0, $"the template is longer than {Longest} characters", null);
        var tags = HandlebarsTags.Read(template, out var problem);
        return problem ?? Blocks(tags);
    }

    /// <summary>The names in a template that nobody could ever fill in, or not so; the template is written well.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fields">What it may speak of.</param>
    public static IEnumerable<HandlebarsProblem> Unknown(string template, TemplateFields fields)
    {
        var scopes = new Stack<TemplateFields>([fields]);
        var blocks = new Stack<bool>();
        foreach (var tag in HandlebarsTags.Read(template, out _))
        {
            if (tag.Kind == HandlebarsTagKind.Close)
            {
                if (blocks.Pop())
                    scopes.Pop();
                continue;
            }
            if (tag.Path.Length == 0)
                continue;
            var problem = Find(tag, scopes, out var found);
            if (problem is not null)
                yield return problem;
            if (tag.Kind != HandlebarsTagKind.Open)
                continue;
            blocks.Push(tag.Block is "each" or "with");
            if (blocks.Peek())
                scopes.Push(found is { Names: { } names } ? TemplateFields.Map(names) : TemplateFields.Text);
        }
    }

    private static HandlebarsProblem? Blocks(IReadOnlyList<HandlebarsTag> tags)
    {
        var open = new Stack<(HandlebarsTag Tag, bool HasElse)>();
        foreach (var tag in tags)
        {
            switch (tag.Kind)
            {
                case HandlebarsTagKind.Open:
                    open.Push((tag, false));
                    if (open.Count > MostDeep || open.Count(o => o.Tag.Block == "each") > MostLoops)
                        return new HandlebarsProblem(
                            tag.Offset, $"blocks are nested more than {MostDeep} deep, or {{{{#each}}}} more than {MostLoops}", null);
                    break;
                case HandlebarsTagKind.Else when open.Count == 0 || open.Peek().HasElse:
                    return new HandlebarsProblem(tag.Offset, "an {{else}} that belongs to no block", null);
                case HandlebarsTagKind.Else when tag.Block == "if" && open.Peek().Tag.Block is "each" or "with":
                    return new HandlebarsProblem(tag.Offset, "{{else if}} belongs to an {{#if}}", null);
                case HandlebarsTagKind.Else when tag.Block.Length == 0:
                    open.Push((open.Pop().Tag, true));
                    break;
                case HandlebarsTagKind.Close when open.Count == 0 || open.Peek().Tag.Block != tag.Block:
                    return new HandlebarsProblem(tag.Offset, $"{{{{/{tag.Block}}}}} closes nothing",
                        open.Count == 0 ? null : $"{{{{/{open.Peek().Tag.Block}}}}} is to come first");
                case HandlebarsTagKind.Close:
                    open.Pop();
                    break;
            }
            var loops = open.Count(o => o.Tag.Block == "each");
            if (tag.Path.StartsWith('@') && loops - (tag.Kind == HandlebarsTagKind.Open && tag.Block == "each" ? 1 : 0) == 0)
                return new HandlebarsProblem(tag.Offset, $"{tag.Path} stands in {{{{#each}}}} only", null);
            var depth = open.Count(o => o.Tag.Block is "each" or "with") - (tag is { Kind: HandlebarsTagKind.Open, Block: "each" or "with" } ? 1 : 0);
            if (Ups(tag.Path) > depth)
                return new HandlebarsProblem(tag.Offset, "'../' leads out of the message", null);
        }
        return open.Count == 0 ? null
            : new HandlebarsProblem(open.Peek().Tag.Offset, $"{{{{#{open.Peek().Tag.Block}}}}} without its {{{{/{open.Peek().Tag.Block}}}}}", null);
    }

    private static HandlebarsProblem? Find(HandlebarsTag tag, Stack<TemplateFields> scopes, out TemplateFields? found)
    {
        found = TemplateFields.Text;
        if (tag.Path.StartsWith('@'))
            return null;
        found = scopes.ElementAt(Ups(tag.Path));
        foreach (var name in tag.Path[(3 * Ups(tag.Path))..].Split('.'))
        {
            if (name == "this" && found is not null)
                continue;
            if (found?.Names is not { } names || found.IsList || !names.TryGetValue(name, out var inner))
            {
                var known = found is { Names: { } there, IsList: false } ? there.Keys : [];
                found = null;
                return new HandlebarsProblem(
                    tag.Offset, $"no '{Format.Reading.Show(tag.Path)}' is known to a message", Format.Nearest.Hint(name, known));
            }
            found = inner;
        }
        var fits = (tag.Kind, tag.Block) switch
        {
            (HandlebarsTagKind.Value, _) => found.Names is null,
            (HandlebarsTagKind.Open, "each") => found.IsList,
            (HandlebarsTagKind.Open, "with") => found is { Names: not null, IsList: false },
            _ => true,
        };
        return fits ? null : new HandlebarsProblem(
            tag.Offset, $"'{tag.Path}' is {Kind(found)}", found.IsList ? "go through it: {{#each " + tag.Path + "}}" : null);
    }

    private static int Ups(string path)
    {
        var count = 0;
        while (path.AsSpan(3 * count).StartsWith("../"))
            count++;
        return count;
    }

    private static string Kind(TemplateFields fields) => fields.IsList ? "a list" : fields.Names is null ? "a text" : "a group of names";
}
