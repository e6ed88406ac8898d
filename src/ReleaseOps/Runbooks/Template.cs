using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>A text of the runbook with <c>${{ expression }}</c> in it, parsed once.</summary>
/// <param name="Text">As written.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record Template(string Text, Position At)
{
    private IReadOnlyList<TemplatePart>? _parts;

    /// <summary>Its pieces, in order.</summary>
    /// <exception cref="ReleaseOpsException">ExpressionSyntax: an expression in it doesn't parse (the reader refuses such a
    /// runbook).</exception>
    public IReadOnlyList<TemplatePart> Parts => _parts ??= Parse();

    /// <summary>True where there is nothing to put in: it is the same in every run.</summary>
    public bool IsConstant => !Text.Contains("${{", StringComparison.Ordinal);

    /// <summary>The secrets that it speaks of: NAME in <c>secrets.NAME</c>.</summary>
    public IEnumerable<string> SecretNames => FieldsOf("secrets");

    /// <summary>The parameters that it speaks of: name in <c>params.name</c>.</summary>
    public IEnumerable<string> ParameterNames => FieldsOf("params");

    /// <summary>A template whose pieces are known.</summary>
    internal static Template OfParts(string text, Position at, IReadOnlyList<TemplatePart> parts) => new(text, at) { _parts = parts };

    /// <summary>Two templates are equal where text and place are.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Template? other) => other is not null && Text == other.Text && At == other.At;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, At);

    /// <summary>As written.</summary>
    public override string ToString() => Text;

    private IEnumerable<string> FieldsOf(string root) => IsConstant ? [] : Parts
        .Where(part => part.Expression?.Variables.Contains(root) == true)
        .SelectMany(part => ExpressionNames.Of(part.Text))
        .Where(name => name.Name == root && name.Field is not null)
        .Select(name => name.Field!)
        .Distinct(StringComparer.Ordinal);

    private IReadOnlyList<TemplatePart> Parse()
    {
        var parsed = TemplateParser.Parse(Text);
        return parsed.Error is null ? parsed.Parts : throw new ReleaseOpsException(ErrorId.ExpressionSyntax, $"{At}: {parsed.Error}");
    }
}
