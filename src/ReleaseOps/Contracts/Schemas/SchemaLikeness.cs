namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// A number that two schemas share when they are written alike, whatever the order of what has none, and that others hardly share. It says
/// which alternatives belong together; what belongs together is compared all the same.
/// </summary>
internal static class SchemaLikeness
{
    private const int MostNodes = 20_000;
    private const int Deepest = 200;
    private const int MostInStep = 32;

    public static long Of(ApiNode schema, SchemaReader reader)
    {
        var budget = MostNodes;
        return Of(reader.Settle(schema), "", 0, ref budget);
    }

    /// <summary>Two lists with what is most alike in the same places, and what is left behind it.</summary>
    /// <param name="before">One list.</param>
    /// <param name="after">The other.</param>
    /// <param name="ofBase">The likenesses of what something of the first is made of.</param>
    /// <param name="ofRevision">Likewise of the second.</param>
    public static (List<T> Before, List<T> After) InStep<T>(
        List<T> before, List<T> after, Func<T, HashSet<long>> ofBase, Func<T, HashSet<long>> ofRevision)
    {
        if (before.Count < 2 && after.Count < 2 || Math.Max(before.Count, after.Count) > MostInStep)
            return (before, after);

        var (these, those) = (before.ConvertAll(o => ofBase(o)), after.ConvertAll(o => ofRevision(o)));
        var scores =
            from one in Enumerable.Range(0, before.Count)
            from other in Enumerable.Range(0, after.Count)
            orderby these[one].Intersect(those[other]).Count() descending
            select (One: one, Other: other);

        var (left, others) = (Enumerable.Range(0, before.Count).ToList(), Enumerable.Range(0, after.Count).ToList());
        var pairs = new List<(int One, int Other)>();
        foreach (var (one, other) in scores)
        {
            if (left.Contains(one) && others.Contains(other))
            {
                pairs.Add((one, other));
                left.Remove(one);
                others.Remove(other);
            }
        }
        return (
            [.. pairs.Select(p => before[p.One]), .. left.Select(i => before[i])],
            [.. pairs.Select(p => after[p.Other]), .. others.Select(i => after[i])]);
    }

    private static long Of(ApiNode node, string key, int depth, ref int budget)
    {
        if (depth > Deepest || --budget < 0)
            return 1;

        var sum = (long)node.Kind;
        switch (node.Kind)
        {
            case ApiNodeKind.Map:
                for (var i = 0; i < node.Items.Length; i++)
                {
                    var name = node.Keys[i];
                    var isProse = name is "description" or "title" or "summary" or "example" or "examples" && node.Items[i].Kind != ApiNodeKind.Map;
                    if (!isProse)
                        sum += HashCode.Combine(name, Of(node.Items[i], name, depth + 1, ref budget)) * 0x9E3779B1L;
                }
                return sum;
            case ApiNodeKind.List:
                var unordered = key is "required" or "enum" or "type" or "oneOf" or "anyOf" or "allOf";
                foreach (var item in node.Items)
                {
                    var of = Of(item, "", depth + 1, ref budget);
                    sum = unordered ? sum + (of * 0x85EBCA77L) : HashCode.Combine(sum, of);
                }
                return sum;
            case ApiNodeKind.Text:
                // A reference is told by the name of its target, wherever the descriptions keep it.
                return node.Text.GetHashCode(StringComparison.Ordinal);
            case ApiNodeKind.Number:
                return SchemaNumber.Canonical(node.Text).GetHashCode(StringComparison.Ordinal);
            default:
                return HashCode.Combine(node.Kind, node.Text);
        }
    }
}
