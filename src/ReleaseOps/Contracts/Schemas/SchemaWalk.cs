using System.Globalization;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// Tells what the differences between two schemas mean where they are used. Each is told by its path; a schema that is met again and again
/// in one use is told a few times, and then counted.
/// </summary>
/// <param name="use">Where they are used.</param>
/// <param name="report">Takes what is to be said.</param>
/// <param name="at">The operation.</param>
internal sealed class SchemaWalk(SchemaUse use, ContractReport report, ContractSubject at)
{
    private const int MostTimes = 4;

    // What a path shows of its beginning and of its end.
    private const int ShownSegments = 6;

    private readonly List<string> _path = [];
    private readonly Stack<(SchemaPair Pair, int Next)> _way = new();
    private int _untold;

    /// <summary>Tells everything that is reached from a pair.</summary>
    public void Tell(SchemaPair root)
    {
        Enter(root, null);
        while (_way.TryPop(out var step))
        {
            if (step.Next == step.Pair.Edges.Count)
            {
                Leave(step.Pair);
                continue;
            }
            _way.Push((step.Pair, step.Next + 1));
            Follow(step.Pair.Edges[step.Next]);
        }

        if (_untold > 0)
        {
            var times = _untold.ToString(CultureInfo.InvariantCulture);
            var text = $"{use.Subject}: schemas of which changes are listed here are used at {times} more places in it";
            report.Tell("more-changes", text, root.Base, root.Revision, at);
        }
    }

    private bool IsRequest => use.Site.IsRequest();

    // The words readOnly and writeOnly are about bodies; a parameter is always sent, and a header always got.
    private bool IsBody => use.Site is SchemaSite.RequestBody or SchemaSite.ResponseBody;

    private void Follow(SchemaEdge edge)
    {
        if (edge.Whole is { } whole)
        {
            Say(whole.At(_path.Count == 0 ? use.Site : use.Inside), $"{edge.Segment} is another", edge.Pair.Base, edge.Pair.Revision);
            return;
        }
        _path.Add(edge.Segment);
        if (edge.Pair.IsOnWay || !Enter(edge.Pair, edge))
            _path.RemoveAt(_path.Count - 1);
    }

    private void Leave(SchemaPair pair)
    {
        pair.IsOnWay = false;
        if (_path.Count > 0)
            _path.RemoveAt(_path.Count - 1);
    }

    /// <summary>True where the walk goes on into the pair.</summary>
    private bool Enter(SchemaPair pair, SchemaEdge? edge)
    {
        var times = ReferenceEquals(pair.Met.Use, use) ? pair.Met.Times : 0;
        if (times == MostTimes)
        {
            _untold++;
            return false;
        }

        // Nobody sends what is read-only, and nobody gets what is write-only.
        var isAside = edge is not null && IsBody && (IsRequest ? pair.RevisionAccess.ReadOnly : pair.RevisionAccess.WriteOnly);
        foreach (var change in pair.Changes)
            Tell(change, edge, isAside);

        if (isAside)
            return false;

        pair.Met = (use, times + 1);
        pair.IsOnWay = true;
        _way.Push((pair, 0));
        return true;
    }

    private void Tell(SchemaChange change, SchemaEdge? edge, bool isAside)
    {
        var site = edge is null ? use.Site : use.Inside;
        switch (change)
        {
            case SchemaChange.Mutability mutability:
                TellMutability(mutability, edge);
                break;
            case SchemaChange.Plain plain when isAside:
                if ((IsRequest ? plain.Rule.OfReadOnly : plain.Rule.OfWriteOnly) is { } aside)
                    Say(aside, plain.Text, change.Base, change.Revision);
                break;
            case var _ when isAside:
                break;
            case SchemaChange.Plain plain when use.HasDefault || edge is not null || !IsDefault(plain.Rule):
                Say(plain.Rule.At(site), plain.Text, change.Base, change.Revision);
                break;
            case SchemaChange.OtherType type:
                Say(TypeVerdict.Of(type, site, use.IsTyped), TypeText(type), change.Base, change.Revision);
                break;
            default:
                TellProperty(change);
                break;
        }
    }

    private void TellProperty(SchemaChange change)
    {
        switch (change)
        {
            case SchemaChange.PropertyAdded added when !(IsRequest && IsBody && added.ReadOnly):
                var added1 = PropertyRules.Added(use.Inside, added.Required, added.WithDefault, added.WriteOnly);
                SayOf(added.Name, added1, $"{(added.Required ? "required" : "optional")}, is new", change);
                break;
            case SchemaChange.PropertyRemoved removed when !(IsRequest && IsBody && removed.ReadOnly):
                var removed1 = PropertyRules.Removed(use.Inside, removed.Required, removed.WriteOnly);
                SayOf(removed.Name, removed1, $"{(removed.Required ? "required" : "optional")} before, is gone", change);
                break;
            case SchemaChange.PropertyBecame became when !(IsRequest && IsBody && became.ReadOnly):
                var rule = PropertyRules.Became(use.Inside, became.Required, became.WithDefault, became.WriteOnly);
                SayOf(became.Name, rule, became.Required ? "it was optional, and is required" : "it was required, and is optional", change);
                break;
        }
    }

    // A required property that is no longer read-only has to be sent from now on; one that becomes write-only is no longer got.
    private void TellMutability(SchemaChange.Mutability change, SchemaEdge? edge)
    {
        if (edge is not { IsProperty: true } property || !IsBody)
            return;

        var what = (change.Became ? "" : "not-") + (change.IsReadOnly ? "read-only" : "write-only");
        var text = change.Became ? $"it wasn't {what}, and is" : $"it was {what[4..]}, and isn't any more";
        Say(PropertyRules.Mutability(use.Site, property.BaseRequires, what), text, change.Base, change.Revision);
        if (change.IsReadOnly != IsRequest)
            return;

        if (!change.Became && property.RevisionRequires)
            Say(
                PropertyRules.Became(use.Inside, true, false, false),
                $"it was {what[4..]}, and has to be there now",
                change.Base,
                change.Revision);

        if (change.Became && property.BaseRequires)
            Say(PropertyRules.Became(use.Inside, false, false, false), $"it had to be there, and is {what}", change.Base, change.Revision);
    }

    private void SayOf(string property, ContractRule rule, string text, SchemaChange change)
    {
        _path.Add(property);
        Say(rule, text, change.Base, change.Revision);
        _path.RemoveAt(_path.Count - 1);
    }

    // What is only counted needs no words: where a schema that all refer to has changed, they are most of the work.
    private void Say(ContractRule rule, string text, ApiNode? inBase, ApiNode? inRevision) => report.Tell(
        rule,
        report.IsFull ? "" : _path.Count == 0 ? $"{use.Subject}: {text}" : $"{use.Subject}, property '{Path()}': {text}",
        inBase,
        inRevision,
        at);

    private string Path()
    {
        var shown = _path.Count <= 2 * ShownSegments ? _path : [.. _path[..ShownSegments], "...", .. _path[^ShownSegments..]];
        return string.Join('/', shown.Select(ContractText.Plain));
    }

    private static string TypeText(SchemaChange.OtherType type) =>
        $"type was {type.Before.Words(type.FormatBefore)}, is {type.After.Words(type.FormatAfter)}";

    private static bool IsDefault(SchemaRule rule) =>
        rule == SchemaRules.DefaultAdded || rule == SchemaRules.DefaultChanged || rule == SchemaRules.DefaultRemoved;
}
