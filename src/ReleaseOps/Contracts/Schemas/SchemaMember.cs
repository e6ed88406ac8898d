namespace ReleaseOps.Contracts.Schemas;

/// <summary>An alternative of <c>oneOf</c> or <c>anyOf</c>.</summary>
/// <param name="Schema">What it stands for.</param>
/// <param name="Written">As it is written: perhaps a reference.</param>
internal readonly record struct SchemaMember(ApiNode Schema, ApiNode Written)
{
    /// <summary>The name of the schema that it refers to; null where it is written out.</summary>
    public string? Reference =>
        Written["$ref"] is { Kind: ApiNodeKind.Text } reference ? reference.Text[(reference.Text.LastIndexOf('/') + 1)..] : null;

    public string? Title => Schema["title"] is { Kind: ApiNodeKind.Text } title ? title.Text : null;

    /// <summary>What a person would call it, as far as it has a name.</summary>
    public string Name => Reference ?? Title ?? (Schema["type"] is { Kind: ApiNodeKind.Text } type ? type.Text : "unnamed");
}
