namespace ReleaseOps.Runbooks;

/// <summary>What is wrong with a Handlebars template.</summary>
/// <param name="Offset">Where, in characters.</param>
/// <param name="What">What.</param>
/// <param name="Remedy">What to do; null for nothing special.</param>
internal sealed record HandlebarsProblem(int Offset, string What, string? Remedy);

/// <summary>Handlebars templates (https://handlebarsjs.com), kept behind one file.</summary>
internal static class HandlebarsText
{
    /// <summary>What is wrong with a template; null for nothing.</summary>
    public static HandlebarsProblem? Problem(string template)
    {
        foreach (var raw in (string[])["{{{", "{{&", "{{>", "{{#>"])
        {
            if (template.IndexOf(raw, StringComparison.Ordinal) is >= 0 and var offset)
                return new HandlebarsProblem(offset, $"'{raw}' can't stand in a message", "values are always escaped, and there are no partials: write {{name}}");
        }
        return null;
    }
}
