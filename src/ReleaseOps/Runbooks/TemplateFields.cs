namespace ReleaseOps.Runbooks;

/// <summary>What a Handlebars template may speak of: a text, a map of names, or a list of such maps.</summary>
internal sealed record TemplateFields
{
    /// <summary>A text.</summary>
    public static readonly TemplateFields Text = new();

    private TemplateFields()
    {
    }

    /// <summary>The names in it; null for a text.</summary>
    public IReadOnlyDictionary<string, TemplateFields>? Names { get; private init; }

    /// <summary>True for a list of maps.</summary>
    public bool IsList { get; private init; }

    /// <summary>A map.</summary>
    public static TemplateFields Map(IEnumerable<KeyValuePair<string, TemplateFields>> names) =>
        new() { Names = names.ToDictionary(StringComparer.Ordinal) };

    /// <summary>A map of texts.</summary>
    public static TemplateFields Map(IEnumerable<string> texts) => Map(texts.Select(t => KeyValuePair.Create(t, Text)));

    /// <summary>A list of maps of texts.</summary>
    public static TemplateFields List(params IEnumerable<string> texts) => Map(texts) with { IsList = true };
}
