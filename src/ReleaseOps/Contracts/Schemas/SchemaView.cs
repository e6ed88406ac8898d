namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// A schema as it works: its references followed, its <c>allOf</c> merged, and what 2.0, 3.0 and 3.1 write in different ways written in one.
/// It is filled again for each schema: a large description has a hundred thousand of them.
/// </summary>
internal sealed class SchemaView
{
    private static readonly int Keywords = Enum.GetValues<SchemaKeyword>().Length;

    /// <summary>The keywords that let less through.</summary>
    public static readonly SchemaKeyword[] Constraints =
    [
        .. Enum.GetValues<SchemaKeyword>().Where(k => k is not (SchemaKeyword.Default or SchemaKeyword.Discriminator) && k < SchemaKeyword.ExtensibleEnum),
    ];

    private readonly ApiNode?[] _keywords = new ApiNode?[Keywords];
    private readonly List<KeyValuePair<string, ApiNode>>[] _maps = [[], [], [], []];

    /// <summary>The schema itself, and what it is made of: each asks for something, and all of it holds.</summary>
    public List<ApiNode> Parts { get; } = [];

    /// <summary>What types it lets through, null among them.</summary>
    public SchemaTypes Types { get; set; }

    /// <summary>Whether it says anything about types; one that doesn't lets null through without being called nullable.</summary>
    public bool HasType { get; set; }

    /// <summary>Whether the types come of a choice of schemas that are nothing but a type.</summary>
    public bool HasListOfTypes { get; set; }

    /// <summary>Whether null is let through whatever the types of the parts say: <c>nullable</c> on the outside, or a choice with null.</summary>
    public bool LetsNull { get; set; }

    /// <summary>Where the types are written.</summary>
    public ApiNode? TypeNode { get; set; }

    public List<ApiNode> Patterns { get; } = [];

    /// <summary>The values that are allowed; null where they aren't listed.</summary>
    public List<SchemaValue>? Values { get; set; }

    /// <summary>Where they are listed.</summary>
    public ApiNode? ValuesNode { get; set; }

    public Dictionary<string, ApiNode> Required { get; } = new(StringComparer.Ordinal);

    public List<SchemaAlternatives> Alternatives { get; } = [];

    public List<ApiNode> Nots { get; } = [];

    public List<ApiNode> PrefixItems { get; } = [];

    public bool IsReadOnly => IsTrue(SchemaKeyword.ReadOnly);

    public bool IsWriteOnly => IsTrue(SchemaKeyword.WriteOnly);

    /// <summary>True for nullable, false for not, null where nothing is said about types.</summary>
    public bool? IsNullable => LetsNull ? true : HasType ? Types.HasFlag(SchemaTypes.Null) : Alternatives.Count > 0 ? false : null;

    /// <summary>The types without null, which is told apart.</summary>
    public SchemaTypes TypesButNull => Types & ~SchemaTypes.Null;

    public ApiNode? this[SchemaKeyword keyword]
    {
        get => _keywords[(int)keyword];
        set => _keywords[(int)keyword] = value;
    }

    public List<KeyValuePair<string, ApiNode>> this[SchemaMap map] => _maps[(int)map];

    public bool IsTrue(SchemaKeyword keyword) => this[keyword] is { IsTrue: true };

    public string? TextOf(SchemaKeyword keyword) => this[keyword] is { Kind: ApiNodeKind.Text, Text.Length: > 0 } node ? node.Text : null;

    public bool Requires(string property) => Required.ContainsKey(property);

    public void Clear()
    {
        Array.Clear(_keywords);
        foreach (var map in _maps)
            map.Clear();
        Parts.Clear();
        Patterns.Clear();
        Required.Clear();
        Alternatives.Clear();
        Nots.Clear();
        PrefixItems.Clear();
        (Types, HasType, HasListOfTypes, LetsNull, TypeNode) = (SchemaTypes.Any, false, false, false, null);
        (Values, ValuesNode) = (null, null);
    }
}
