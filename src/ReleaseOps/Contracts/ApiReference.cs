using System.Globalization;

namespace ReleaseOps.Contracts;

/// <summary>The text of a reference: <c>common.yaml#/components/schemas/Pet</c>.</summary>
internal static class ApiReference
{
    /// <summary>What it says before <c>#</c>: the other file; empty for the file in which it stands.</summary>
    public static string FileOf(string reference) =>
        reference.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? reference[..hash] : reference;

    /// <summary>What it says after <c>#</c>, with percent escapes undone; empty for the whole file.</summary>
    public static string FragmentOf(string reference) =>
        reference.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? Uri.UnescapeDataString(reference[(hash + 1)..]) : "";

    /// <summary>Follows a JSON pointer (RFC 6901) such as <c>/components/schemas/Pet</c>; null where it leads nowhere.</summary>
    public static ApiNode? Follow(ApiNode root, string pointer)
    {
        var node = root;
        for (var rest = pointer.AsSpan(); rest.Length > 0 && node is not null;)
        {
            if (rest[0] != '/')
                return null;
            var end = rest[1..].IndexOf('/');
            var part = (end < 0 ? rest[1..] : rest[1..(end + 1)]).ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            // In this order: ~01 is the text ~1.
            var key = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node.Kind == ApiNodeKind.List ? Item(node, key) : node[key];
        }
        return node;
    }

    private static ApiNode? Item(ApiNode list, string key) =>
        (key is "0" or not ['0', ..])
        && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Items.Length
            ? list.Items[at]
            : null;
}
