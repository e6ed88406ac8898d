using System.Collections.Concurrent;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>Follows the references of a description. What can't be followed comes back as an Inconclusive finding, never as nothing.</summary>
/// <param name="document">The description.</param>
/// <param name="files">Its files.</param>
/// <param name="links">What their references to other files came to, by the file's number and the reference as it is written.</param>
internal sealed class ApiLinks(ApiDocument document, IReadOnlyList<ApiFile> files, IReadOnlyDictionary<(int File, string Elsewhere), ApiLink> links)
{
    // Each is written in many places and followed from all of them.
    private readonly ConcurrentDictionary<(int File, string Text), Target> _targets = new();
    private readonly ConcurrentDictionary<ApiNode, ApiNode> _whole = new();

    private readonly record struct Target(ApiNode? Node, ErrorId Reason, string Why);

    /// <summary>Follows <c>$ref</c>, and what it leads to, until something else stands there.</summary>
    /// <param name="node">What may be a reference; anything else comes back as it is.</param>
    /// <param name="siblings">True where keys beside <c>$ref</c> count.</param>
    /// <param name="untold">Why it can't be followed.</param>
    public ApiNode? Resolve(ApiNode node, bool siblings, out Finding? untold)
    {
        untold = null;
        HashSet<ApiNode>? passed = null;
        for (var at = node; ;)
        {
            if (siblings && at["$dynamicRef"] is { } dynamic)
                return Untold(dynamic, ErrorId.UnknownReference, "a $dynamicRef isn't followed: where it leads depends on who asks", out untold);
            if (at["$ref"] is not { } reference)
                return at;
            if (siblings && HasSiblings(at))
                return _whole.GetOrAdd(at, Whole);
            passed ??= [];
            if (!passed.Add(at))
                return Untold(reference, ErrorId.UnknownReference, $"the reference {Show(reference)} leads back to itself", out untold);
            if (Follow(reference, out untold) is not { } target)
                return null;
            at = target;
        }
    }

    /// <summary>Follows the text of one reference, once.</summary>
    public ApiNode? Follow(ApiNode reference, out Finding? untold)
    {
        untold = null;
        if (reference.Kind != ApiNodeKind.Text)
            return Untold(reference, ErrorId.BadDocument, "a $ref must be a text", out untold);
        // OpenAPI 3.0 has no $id.
        if (!document.IsVersion30 && files[reference.File].Rebased.Contains(reference))
            return Untold(reference, ErrorId.UnknownReference,
                $"the reference {Show(reference)} isn't followed: it stands inside of an $id, which changes what it is relative to", out untold);
        var target = _targets.GetOrAdd((reference.File, reference.Text), Find);
        return target.Node ?? Untold(reference, target.Reason, $"the reference {Show(reference)} {target.Why}", out untold);
    }

    /// <summary>The schema that a value names.</summary>
    public ApiNode? Named(ApiNode? schemas, ApiNode name, out Finding? untold)
    {
        untold = null;
        return schemas?[name.Text] ?? Untold(name, ErrorId.UnknownReference, $"there is no schema {Show(name)}", out untold);
    }

    private Target Find((int File, string Text) reference)
    {
        var elsewhere = ApiReference.FileOf(reference.Text);
        var file = files[reference.File];
        if (elsewhere.Length > 0)
        {
            if (!links.TryGetValue((reference.File, elsewhere), out var link))
                return new Target(null, ErrorId.UnknownReference, "leads to another file, which wasn't read");
            if (link.File is not { } number)
                return new Target(null, link.Reason, "can't be followed: " + link.Why);
            file = files[number];
        }
        var fragment = ApiReference.FragmentOf(reference.Text);
        if (fragment is [not '/', ..])
            return file.Anchors.TryGetValue(fragment, out var anchored) && anchored is not null && !document.IsVersion30
                ? new Target(anchored, default, "")
                : new Target(null, ErrorId.UnknownReference, "names an anchor that isn't there once");
        return ApiReference.Follow(file.Root, fragment) is { } node
            ? new Target(node, default, "")
            : new Target(null, ErrorId.UnknownReference, "leads nowhere: nothing stands at that place");
    }

    // JSON Schema 2020-12, 8.2.3.1: $ref is one constraint among the others, as if it stood in an allOf.
    private static ApiNode Whole(ApiNode node)
    {
        var at = Array.IndexOf(node.Keys, "$ref");
        var reference = new ApiNode(ApiNodeKind.Map, node.Line, node.Column, node.File) { Keys = ["$ref"], Items = [node.Items[at]] };
        var others = node["allOf"] is { Kind: ApiNodeKind.List } allOf ? allOf.Items : [];
        var place = node["allOf"] ?? node;
        var all = new ApiNode(ApiNodeKind.List, place.Line, place.Column, place.File) { Items = [.. others, reference] };
        var rest = node.Keys.Zip(node.Items).Where(p => p.First is not ("$ref" or "allOf")).ToList();
        return new ApiNode(ApiNodeKind.Map, node.Line, node.Column, node.File)
        {
            Keys = [.. rest.Select(p => p.First), "allOf"],
            Items = [.. rest.Select(p => p.Second), all],
        };
    }

    // These say nothing about values.
    private static bool HasSiblings(ApiNode node) => node.Keys.Length > 1 && node.Keys.Any(k => k is not ("$ref" or "summary" or "description" or "$comment")
        && !k.StartsWith("x-", StringComparison.Ordinal));

    private ApiNode? Untold(ApiNode at, ErrorId reason, string text, out Finding? untold)
    {
        var place = document.PlaceOf(at).ToString();
        untold = new Finding(document.Name, Verdict.Inconclusive, Invariant($"{place}: {text}")) { Reason = reason, Source = place };
        return null;
    }

    private static string Show(ApiNode reference) => ApiTree.Show(reference.Text);
}
