namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// The types of JSON that a schema lets through. An integer is a number: it has a bit of its own, and a number has both, so that being a
/// subset of types is being a subset of values.
/// </summary>
[Flags]
internal enum SchemaTypes : byte
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    Text = 16,
    List = 32,
    Map = 64,
    Number = Integer | Fraction,

    /// <summary>No type was asked for.</summary>
    Any = Null | Boolean | Number | Text | List | Map,
}
