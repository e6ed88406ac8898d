namespace ReleaseOps.Contracts.Schemas;

/// <summary>A schema of the base and the one of the revision that stands in its place.</summary>
internal sealed class SchemaPair(ApiNode before, ApiNode after)
{
    /// <summary>Stands for every pair from which no difference can be reached.</summary>
    public static readonly SchemaPair Same = new(new(ApiNodeKind.Null, 1, 1), new(ApiNodeKind.Null, 1, 1));

    public ApiNode Base { get; } = before;

    public ApiNode Revision { get; } = after;

    public List<SchemaChange> Changes { get; } = [];

    public List<SchemaEdge> Edges { get; } = [];

    /// <summary>Who leads here; only while the graph grows.</summary>
    public List<SchemaPair>? Parents { get; set; } = [];

    /// <summary>Whether a difference can be reached from here.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether the base's schema is read-only, write-only, and the revision's.</summary>
    public (bool ReadOnly, bool WriteOnly) BaseAccess { get; set; }

    /// <inheritdoc cref="BaseAccess"/>
    public (bool ReadOnly, bool WriteOnly) RevisionAccess { get; set; }

    /// <summary>In which use it was last met, and how often there.</summary>
    public (SchemaUse? Use, int Times) Met { get; set; }

    /// <summary>Whether the way of the current walk goes through it.</summary>
    public bool IsOnWay { get; set; }
}
