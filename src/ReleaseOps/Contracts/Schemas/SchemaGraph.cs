namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// The pairs of schemas of two descriptions, each compared once however often it is used, and worked off a list instead of by recursion: a
/// schema that contains itself, one that is a thousand deep, and one in which each level refers twice to the next cost what is written down.
/// </summary>
internal sealed class SchemaGraph(ContractReferences before, ContractReferences after, ContractUntold untold, DateOnly today)
{
    // How many nodes are looked at to see that two schemas are the same to the letter, before they are compared as schemas.
    private const int SmallSchema = 48;

    private readonly Dictionary<(ApiNode, ApiNode), SchemaPair> _pairs = [];
    private readonly SchemaReader _base = new(before, untold);
    private readonly SchemaReader _revision = new(after, untold);
    private readonly SchemaView _baseView = new();
    private readonly SchemaView _revisionView = new();
    private readonly Stack<SchemaPair> _work = new();
    private readonly List<SchemaPair> _fresh = [];

    /// <summary>How many pairs were compared.</summary>
    public int Count => _pairs.Count;

    /// <summary>The pair of two schemas, with all that is reached from it; null where nothing of it differs.</summary>
    public SchemaPair? Compare(ApiNode schema, ApiNode revision)
    {
        var pair = PairOf(schema, revision);
        while (_work.TryPop(out var next))
            Fill(next);

        Prune();
        return pair is { IsChanged: true } ? pair : null;
    }

    /// <summary>The pair of two schemas, which may not be compared yet; null where they are the same.</summary>
    private SchemaPair? PairOf(ApiNode schema, ApiNode revision)
    {
        var budget = SmallSchema;
        if (IsWrittenAlike(schema, revision, ref budget))
            return null;

        var key = (_base.Settle(schema), _revision.Settle(revision));
        if (before.IsUntold(key.Item1) || after.IsUntold(key.Item2))
            return null;

        if (_pairs.TryGetValue(key, out var pair))
            return pair == SchemaPair.Same ? null : pair;

        budget = SmallSchema;
        if (IsWrittenAlike(key.Item1, key.Item2, ref budget))
        {
            _pairs.Add(key, SchemaPair.Same);
            return null;
        }
        pair = new(key.Item1, key.Item2);
        _pairs.Add(key, pair);
        _fresh.Add(pair);
        _work.Push(pair);
        return pair;
    }

    private void Fill(SchemaPair pair)
    {
        _base.Read(pair.Base, _baseView);
        _revision.Read(pair.Revision, _revisionView);
        pair.BaseAccess = (_baseView.IsReadOnly, _baseView.IsWriteOnly);
        pair.RevisionAccess = (_revisionView.IsReadOnly, _revisionView.IsWriteOnly);

        var sides = new SchemaSides(pair, _baseView, _revisionView, _base, _revision, today);
        TypeComparison.CompareNull(sides);
        PropertyComparison.CompareMutability(sides);
        LifecycleComparison.Compare(sides);
        if (AlternativeComparison.Compare(sides) is AlternativeComparison.Outcome.Part)
        {
            TypeComparison.Compare(sides);
            BoundComparison.Compare(sides);
            ValueComparison.Compare(sides);
            StructureComparison.Compare(sides);
            PropertyComparison.Compare(sides);
        }
        Connect(pair, sides);
    }

    private void Connect(SchemaPair pair, SchemaSides sides)
    {
        foreach (var inner in sides.Inner)
        {
            if (PairOf(inner.Base, inner.Revision) is not { } to)
                continue;

            pair.Edges.Add(new(inner.Segment, to, inner.IsProperty, inner.BaseRequires, inner.RevisionRequires, inner.Whole));
            to.Parents?.Add(pair);
        }
    }

    // All that is fresh is compared by now, and what is older was pruned before: whether a difference is reached is known of each.
    private void Prune()
    {
        var reached = new Stack<SchemaPair>(_fresh.Where(p => p.Changes.Count > 0 || p.Edges.Exists(e => e.Pair.IsChanged)));
        while (reached.TryPop(out var pair))
        {
            if (pair.IsChanged)
                continue;

            pair.IsChanged = true;
            foreach (var parent in pair.Parents ?? [])
                reached.Push(parent);
        }

        foreach (var pair in _fresh)
        {
            pair.Parents = null;
            pair.Edges.RemoveAll(e => !e.Pair.IsChanged);
            if (!pair.IsChanged)
                _pairs[(pair.Base, pair.Revision)] = SchemaPair.Same;
        }
        _fresh.Clear();
    }

    // The same to the letter, with nothing inside that stands for something else.
    private static bool IsWrittenAlike(ApiNode one, ApiNode other, ref int budget)
    {
        if (--budget < 0 || one.Kind != other.Kind || one.Items.Length != other.Items.Length)
            return false;

        if (one.Kind is not (ApiNodeKind.Map or ApiNodeKind.List))
            return one.Text == other.Text;

        if (one.Kind == ApiNodeKind.Map)
        {
            var (keys, others) = (one.Keys, other.Keys);
            for (var i = 0; i < keys.Length; i++)
            {
                if (keys[i] != others[i] || keys[i] is "$ref" or "$dynamicRef" or "discriminator")
                    return false;
            }
        }
        for (var i = 0; i < one.Items.Length; i++)
        {
            if (!IsWrittenAlike(one.Items[i], other.Items[i], ref budget))
                return false;
        }
        return true;
    }
}
