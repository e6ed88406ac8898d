using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Contracts.Operations;

/// <summary>What the comparisons of one pair of descriptions share.</summary>
internal sealed class ComparisonContext
{
    public ComparisonContext(ApiDocument before, ApiDocument after, DateOnly today)
    {
        Today = today;
        Base = new(before, Untold);
        Revision = new(after, Untold);
        BaseReader = new(Base);
        RevisionReader = new(Revision);
        Report = new(before, after);
        Schemas = new(Base, Revision, Untold, today);
    }

    public ContractUntold Untold { get; } = new();

    public ContractReferences Base { get; }

    public ContractReferences Revision { get; }

    public OperationReader BaseReader { get; }

    public OperationReader RevisionReader { get; }

    public ContractReport Report { get; }

    public SchemaGraph Schemas { get; }

    public DateOnly Today { get; }

    /// <summary>Compares two schemas where they are used.</summary>
    public void Compare(SchemaUse use, ApiNode before, ApiNode after, ContractSubject at)
    {
        if (Schemas.Compare(before, after) is { } pair)
            new SchemaWalk(use, Report, at).Tell(pair);
    }
}
