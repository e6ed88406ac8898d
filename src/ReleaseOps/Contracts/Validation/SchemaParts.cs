namespace ReleaseOps.Contracts.Validation;

/// <summary>What kinds of rules a schema has: the others needn't be looked for at each value.</summary>
[Flags]
internal enum SchemaParts
{
    None = 0,
    Reference = 1,
    Value = 2,
    Object = 4,
    Array = 8,
    Text = 16,
    Number = 32,
    Logic = 64,
    Nullable = 128,
    WriteOnly = 256,

    /// <summary>Something that isn't looked at, and may ask for something.</summary>
    Unknown = 512,
}
