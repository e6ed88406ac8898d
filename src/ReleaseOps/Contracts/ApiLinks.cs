using System.Collections.Concurrent;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>
/// Follows the references of a description. What can't be followed comes back as an Inconclusive finding, never as nothing.
/// </summary>
/// <param name="document">The description.</param>
/// <param name="files">Its files.</param>
/// <param name="links">What their references to other files came to, by the file's number and the reference as it is written.</param>
internal sealed class ApiLinks(
    ApiDocument document, IReadOnlyList<ApiFile> files, IReadOnlyDictionary<(int File, string Elsewhere), ApiLink> links)
{
    // Each is written in many places and followed from all of them.
    private readonly ConcurrentDictionary<(int File, string Text), Target> _targets = new();

    private readonly record struct Target(ApiNode? Node, ErrorId Reason, string Why);

    /// <summary>Follows a reference, once.</summary>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    /// <param name="untold">Why it can't be followed.</param>
    public ApiNode? Follow(ApiNode reference, out Finding? untold)
    {
        untold = null;
        if (reference.Kind != ApiNodeKind.Text)
            return Untold(reference, ErrorId.BadDocument, "a $ref must be a text", out untold);
        // OpenAPI 3.0 has no $id.
        if (!document.IsVersion30 && files[reference.File].Rebased.Contains(reference))
            return Untold(reference, ErrorId.UnknownReference,
                $"the reference {Show(reference)} isn't followed: it stands inside of an $id, which changes what it is relative to",
                out untold);
        if (files[reference.File].Unread.Contains(reference))
            return Untold(reference, ErrorId.UnknownReference,
                $"the reference {Show(reference)} doesn't lead to something in this file; "
                + "parameters, responses and paths of OpenAPI 2.0 aren't read from others",
                out untold);
        var target = _targets.GetOrAdd((reference.File, reference.Text), Find);
        return target.Node ?? Untold(reference, target.Reason, $"the reference {Show(reference)} {target.Why}", out untold);
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

    private ApiNode? Untold(ApiNode at, ErrorId reason, string text, out Finding? untold)
    {
        var place = document.PlaceOf(at).ToString();
        untold = new Finding(document.Name, Verdict.Inconclusive, Invariant($"{place}: {text}")) { Reason = reason, Source = place };
        return null;
    }

    private static string Show(ApiNode reference) => ApiTree.Show(reference.Text);
}
