namespace ReleaseOps.Contracts.Schemas;

/// <summary>The keywords of a schema that hold schemas by name.</summary>
internal enum SchemaMap : byte
{
    Properties,
    PatternProperties,
    DependentSchemas,
    DependentRequired,
}
