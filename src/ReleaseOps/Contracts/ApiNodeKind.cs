namespace ReleaseOps.Contracts;

/// <summary>What a value of an API description is.</summary>
internal enum ApiNodeKind : byte
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
}
