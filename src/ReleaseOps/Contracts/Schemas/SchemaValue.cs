using System.Globalization;
using System.Text;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>A value that a schema lists.</summary>
/// <param name="Key">The same text for values that are the same in JSON: 1 and 1.0, objects whatever the order of their keys.</param>
/// <param name="Node">Where it stands.</param>
internal readonly record struct SchemaValue(string Key, ApiNode Node)
{
    // A default or a listed value that is larger tells its beginning.
    private const int LongestKey = 10_000;
    private const int Deepest = 32;

    public static SchemaValue Of(ApiNode node) => new(KeyOf(node), node);

    private static string KeyOf(ApiNode node)
    {
        if (node.Kind is ApiNodeKind.Text)
            return "\"" + node.Text;

        var key = new StringBuilder();
        Write(key, node, 0);
        return key.ToString();
    }

    private static void Write(StringBuilder key, ApiNode node, int depth)
    {
        if (key.Length > LongestKey || depth > Deepest)
            return;

        switch (node.Kind)
        {
            case ApiNodeKind.Text:
                key.Append('"').Append(node.Text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(node.Text);
                break;
            case ApiNodeKind.List:
                key.Append('[');
                foreach (var item in node.Items)
                {
                    Write(key, item, depth + 1);
                    key.Append(',');
                }
                key.Append(']');
                break;
            case ApiNodeKind.Map:
                key.Append('{');
                foreach (var (name, value) in node.Keys.Zip(node.Items).OrderBy(p => p.First, StringComparer.Ordinal))
                {
                    key.Append(name).Append(':');
                    Write(key, value, depth + 1);
                    key.Append(',');
                }
                key.Append('}');
                break;
            case ApiNodeKind.Number:
                key.Append(SchemaNumber.Canonical(node.Text));
                break;
            default:
                key.Append(node.Kind).Append(node.Text);
                break;
        }
    }
}
