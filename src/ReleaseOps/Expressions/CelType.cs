namespace ReleaseOps.Expressions;

/// <summary>A CEL type as a value: what <c>type(x)</c> gives.</summary>
public sealed class CelType
{
    private static readonly CelType[] ByKind =
    [
        new("error"), new("null_type"), new("bool"), new("int"), new("uint"), new("double"), new("string"), new("bytes"), new("list"),
        new("map"), new("type"), new("google.protobuf.Duration"), new("google.protobuf.Timestamp"),
    ];

    private CelType(string name) => Name = name;

    /// <summary>
    /// The name: null_type, bool, int, uint, double, string, bytes, list, map, type, google.protobuf.Duration or google.protobuf.Timestamp.
    /// </summary>
    public string Name { get; }

    internal static CelType Of(Kind kind) => ByKind[(int)kind];

    /// <summary>The type of that name; null for any other word.</summary>
    internal static CelType? Named(string name) => Array.Find(ByKind, type => type.Name == name && type != ByKind[0]);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
