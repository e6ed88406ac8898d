namespace ReleaseOps.Runbooks;

/// <summary>
/// Puts values into templates. Values go in as text after the YAML is read, so they can't add keys or arguments.
/// A plan shows a secret as <see cref="SecretMask.Stars"/>, and what isn't known yet as <c>&lt;name&gt;</c>; a run needs all of them.
/// A run's may be used by many threads; a plan's, which collects what is missing, by one.
/// </summary>
public sealed class BindingScope
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    private readonly BoundParameters _parameters;
    private readonly IReadOnlyDictionary<string, string>? _secrets;
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    private BindingScope(BoundParameters parameters, Release release, IReadOnlyDictionary<string, string>? secrets)
    {
        _parameters = parameters;
        _secrets = secrets;
        Variables = new Dictionary<string, object?>
        {
            ["params"] = parameters.Values.ToDictionary(p => p.Key, p => (object?)p.Value, StringComparer.Ordinal),
            ["release"] = new Dictionary<string, object?> { ["product"] = release.Product, ["version"] = release.Version },
        };
    }

    /// <summary>For a plan: nothing is secret in it, and nothing need be known.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="release">The release.</param>
    public static BindingScope ForPlan(BoundParameters parameters, Release release) => new(parameters, release, null);

    /// <summary>For a run.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="release">The release.</param>
    /// <param name="secrets">The secrets by name, as <see cref="EnvironmentSecrets.Resolve"/> gives them.</param>
    public static BindingScope ForRun(BoundParameters parameters, Release release, IReadOnlyDictionary<string, string> secrets) =>
        new(parameters, release, secrets);

    /// <summary><c>params</c> and <c>release</c>, for criteria: secrets are never among them.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; }

    /// <summary>The parameters.</summary>
    public BoundParameters Parameters => _parameters;

    /// <summary>Names of the parameters that a plan has shown as <c>&lt;name&gt;</c> so far.</summary>
    public IReadOnlyCollection<string> Missing => _missing;

    /// <summary>The template with its values put in.</summary>
    /// <param name="template">The template.</param>
    /// <exception cref="ReleaseOpsException">
    /// MissingParameter, MissingSecret: in a run, a value isn't there. BindingFailed: an expression has no value, or none of one piece.
    /// </exception>
    public string Bind(Template template) => Bind(template, Nothing);

    /// <summary>The template with its values put in, and others beside them.</summary>
    /// <param name="template">The template.</param>
    /// <param name="more">What it may speak of beside <c>params</c> and <c>release</c>, by name: <c>hotfix</c>.</param>
    /// <exception cref="ReleaseOpsException">As the other one.</exception>
    public string Bind(Template template, IReadOnlyDictionary<string, object?> more)
    {
        if (template.IsConstant)
            return template.Text;
        return string.Concat(template.Parts.Select(part => part.Expression is null ? part.Text : Value(template, part, more)));
    }

    /// <summary>The template in its pieces, in order: the author's own words, and what was put in between them.</summary>
    /// <param name="template">The template.</param>
    /// <exception cref="ReleaseOpsException">As <see cref="Bind(Template)"/>.</exception>
    public IReadOnlyList<BoundPiece> Pieces(Template template) => template.IsConstant
        ? [new BoundPiece(template.Text, IsValue: false)]
        : [.. template.Parts.Select(part => part.Expression is null ? new BoundPiece(part.Text, IsValue: false) : new BoundPiece(Value(template, part, Nothing), IsValue: true))];

    private string Value(Template template, TemplatePart part, IReadOnlyDictionary<string, object?> more)
    {
        // Each part is asked alone: what is missing from one is no reason not to show another.
        var alone = Template.OfParts("${{" + part.Text + "}}", template.At, [part]);
        var unknown = alone.ParameterNames.Where(name => !_parameters.Values.ContainsKey(name)).ToArray();
        if (unknown.Any(name => _parameters.Required.Contains(name)))
            return ShowMissing(template, part, unknown);
        var result = part.Expression!.Evaluate(VariablesWith(alone.SecretNames, template, more));
        // An expression may do without an optional parameter: has(params.x) ? params.x : 'none'.
        if (result.Error is not null && unknown.Length > 0)
            return ShowMissing(template, part, unknown);
        if (result.Error is not null)
            throw Failed(template, part, result.Error.Message);
        var text = BindingText.Of(result.Value)
            ?? throw Failed(template, part, "it comes to a list, a map, bytes or null, not to one text");
        return text.Contains('\0', StringComparison.Ordinal) ? throw Failed(template, part, "its value has a NUL character in it") : text;
    }

    // An expression that needs an unknown value is shown whole: whatever it came to with a stand-in could mislead.
    private string ShowMissing(Template template, TemplatePart part, string[] unknown)
    {
        if (_secrets is not null)
            throw new ReleaseOpsException(ErrorId.MissingParameter,
                $"{template.At}: no value for {string.Join(", ", unknown)}, which '{part.Text}' needs",
                "Give the parameter a value.", unknown[0]);
        _missing.UnionWith(unknown);
        return part.Text == "params." + unknown[0] ? $"<{unknown[0]}>" : $"<{part.Text}>";
    }

    private IReadOnlyDictionary<string, object?> VariablesWith(
        IEnumerable<string> secretNames, Template template, IReadOnlyDictionary<string, object?> more)
    {
        var secrets = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in secretNames)
        {
            secrets[name] = _secrets is null ? SecretMask.Stars
                : _secrets.TryGetValue(name, out var value) ? value
                : throw new ReleaseOpsException(ErrorId.MissingSecret, $"{template.At}: no secret '{name}'",
                    $"Set the environment variable {name}.", name);
        }
        if (secrets.Count == 0 && more.Count == 0)
            return Variables;
        var all = new Dictionary<string, object?>(Variables);
        foreach (var (name, value) in more)
            all.Add(name, value);
        if (secrets.Count > 0)
            all.Add("secrets", secrets);
        return all;
    }

    // The expression's own words, never its values: a secret could be one of them.
    private static ReleaseOpsException Failed(Template template, TemplatePart part, string why) =>
        new(ErrorId.BindingFailed, part.Text.Contains("secrets", StringComparison.Ordinal)
            ? $"{template.At}: ${{{{ {part.Text} }}}} has no value"
            : $"{template.At}: ${{{{ {part.Text} }}}} has no value: {why}", "Correct the expression in the runbook.", part.Text);
}

/// <summary>A piece of a template with its values put in.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsValue">True where it was put in; false for what the runbook's author wrote.</param>
public readonly record struct BoundPiece(string Text, bool IsValue);
