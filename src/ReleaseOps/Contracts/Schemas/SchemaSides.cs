namespace ReleaseOps.Contracts.Schemas;

/// <summary>Two schemas that are being compared, and what has been found so far.</summary>
internal sealed class SchemaSides(
    SchemaPair pair, SchemaView before, SchemaView after, SchemaReader baseReader, SchemaReader revisionReader, DateOnly today)
{
    /// <summary>Two schemas inside of these that are to be compared.</summary>
    public readonly record struct InnerPair(
        string Segment, ApiNode Base, ApiNode Revision, bool IsProperty, bool BaseRequires, bool RevisionRequires, SchemaRule? Whole);

    public SchemaView Base => before;

    public SchemaView Revision => after;

    public SchemaReader BaseReader => baseReader;

    public SchemaReader RevisionReader => revisionReader;

    /// <summary>The schemas themselves, for a difference that stands nowhere in particular.</summary>
    public SchemaPair Pair => pair;

    public DateOnly Today => today;

    /// <summary>What is inside of both.</summary>
    public List<InnerPair> Inner { get; } = [];

    public void Add(SchemaChange change) => pair.Changes.Add(change with { Base = change.Base ?? pair.Base, Revision = change.Revision ?? pair.Revision });

    public void Add(SchemaRule rule, string text, ApiNode? inBase, ApiNode? inRevision) =>
        Add(new SchemaChange.Plain(rule, text) { Base = inBase, Revision = inRevision });

    /// <summary>Inside of both stands a schema.</summary>
    /// <param name="segment">What a path calls it.</param>
    /// <param name="inBase">In the base.</param>
    /// <param name="inRevision">In the revision.</param>
    /// <param name="whole">What any difference inside comes to; null where each is told.</param>
    public void Enter(string segment, ApiNode inBase, ApiNode inRevision, SchemaRule? whole = null) =>
        Inner.Add(new(segment, inBase, inRevision, false, false, false, whole));

    public void EnterProperty(string name, ApiNode inBase, ApiNode inRevision) =>
        Inner.Add(new(name, inBase, inRevision, true, before.Requires(name), after.Requires(name), null));
}
