namespace ReleaseOps.Contracts.Schemas;

/// <summary>A difference between two schemas, before it is known where they are used.</summary>
internal abstract record SchemaChange
{
    /// <summary>The changed thing, or what lacks it, in the older description.</summary>
    public ApiNode? Base { get; init; }

    /// <summary>Likewise in the newer one.</summary>
    public ApiNode? Revision { get; init; }

    /// <summary>A difference that means the same wherever the schemas are used.</summary>
    public sealed record Plain(SchemaRule Rule, string Text) : SchemaChange;

    /// <summary>Another type or format: what it means depends on the media type.</summary>
    public sealed record OtherType(SchemaTypes Before, SchemaTypes After, string? FormatBefore, string? FormatAfter) : SchemaChange;

    /// <summary>A property is new.</summary>
    public sealed record PropertyAdded(string Name, bool Required, bool WithDefault, bool ReadOnly, bool WriteOnly) : SchemaChange;

    /// <summary>A property is gone.</summary>
    public sealed record PropertyRemoved(string Name, bool Required, bool ReadOnly, bool WriteOnly) : SchemaChange;

    /// <summary>A property became required, or optional.</summary>
    public sealed record PropertyBecame(string Name, bool Required, bool WithDefault, bool ReadOnly, bool WriteOnly) : SchemaChange;

    /// <summary>A property became read-only or write-only, or no longer is; it is told of the property by its parent.</summary>
    public sealed record Mutability(bool IsReadOnly, bool Became) : SchemaChange;
}
