namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// A number that two schemas share when they are written alike, whatever the order of what has none, and that others hardly share. It says
/// which alternatives belong together; what belongs together is compared all the same.
/// </summary>
internal static class SchemaLikeness
{
    private const int MostNodes = 20_000;
    private const int Deepest = 200;

    public static long Of(ApiNode schema, SchemaReader reader)
    {
        var budget = MostNodes;
        return Of(reader.Settle(schema), schema.Kind == ApiNodeKind.List ? "oneOf" : "", 0, ref budget);
    }

    /// <summary>Two lists with what is alike in the same places, and what is left behind it.</summary>
    public static (List<T> Before, List<T> After) InStep<T>(List<T> before, List<T> after, Func<T, long> ofBase, Func<T, long> ofRevision)
    {
        if (before.Count < 2 && after.Count < 2)
            return (before, after);

        var (ordered, others) = (new List<T>(), after.ToList());
        var (alike, left) = (new List<T>(), new List<T>());
        foreach (var one in before)
        {
            var likeness = ofBase(one);
            var at = others.FindIndex(o => ofRevision(o) == likeness);
            if (at < 0)
            {
                left.Add(one);
                continue;
            }
            ordered.Add(one);
            alike.Add(others[at]);
            others.RemoveAt(at);
        }
        return ([.. ordered, .. left], [.. alike, .. others]);
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
