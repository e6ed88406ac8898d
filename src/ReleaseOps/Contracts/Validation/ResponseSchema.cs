using System.Globalization;
using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>The schema of an answer, or why there is none.</summary>
/// <param name="Schema">The schema; null where <paramref name="Finding"/> says something instead.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Finding">What is to be said where there is no schema: Inconclusive as a rule.</param>
internal sealed record ResponseSchema(ApiNode? Schema, string Name, Finding? Finding)
{
    private const int MostSteps = 100;

    /// <summary>The schema at a JSON pointer of the first file.</summary>
    public static ResponseSchema At(ApiDocument document, string pointer)
    {
        var name = $"{document.Name}#{ContractText.Plain(pointer)}";
        return ApiReference.Follow(document.Root, Uri.UnescapeDataString(pointer)) is { } schema
            ? new ResponseSchema(schema, name, null)
            : Untold(ErrorId.UnknownReference, $"nothing stands at {name}");
    }

    /// <summary>
    /// The schema of an answer: the operation by its method and path (4.8.8.2 of OpenAPI 3.1: a path without parameters wins), the response by
    /// the status, its range, <c>default</c> (4.8.16), the content by the most specific media type (4.8.14).
    /// </summary>
    /// <param name="document">The description.</param>
    /// <param name="method">The method that was asked with.</param>
    /// <param name="path">The path that was asked for, escaped as in the URL.</param>
    /// <param name="status">The status that came.</param>
    /// <param name="type">The content type that came, without its parameters; null for none.</param>
    /// <param name="hasBody">Whether a body came.</param>
    public static ResponseSchema Find(ApiDocument document, string method, string path, int status, string? type, bool hasBody)
    {
        var asked = $"{method} {ContractText.Plain(path)}";
        var (item, why) = PathMatch.Find(document, path);
        if (item is null)
            return Untold(ErrorId.UnknownReference, $"{document.Name} {why}");
        if (Settled(document, item, out var untold) is not { } pathItem)
            return new ResponseSchema(null, "", untold);
        if (pathItem[method.ToLowerInvariant()] is not { } operation)
            return Untold(ErrorId.UnknownReference, $"{document.Name} has no {method} of {ContractText.Plain(path)}");
        var code = status.ToString(CultureInfo.InvariantCulture);
        if ((operation["responses"]?[code] ?? operation["responses"]?[code[0] + "XX"] ?? operation["responses"]?["default"]) is not { } written)
            return Untold(ErrorId.UnknownReference, $"{document.Name} doesn't say what an answer with status {code} to {asked} is");
        if (Settled(document, written, out untold) is not { } response)
            return new ResponseSchema(null, "", untold);
        var name = Invariant($"{document.Name} for {asked}, status {code}");
        if (response["content"] is not { Kind: ApiNodeKind.Map, Items.Length: > 0 } content)
        {
            return hasBody
                ? Untold(ErrorId.BadDocument, $"{name}, has no body, and one came")
                : new ResponseSchema(null, name, new Finding("", Verdict.Passed, $"there is no body, as {name} says"));
        }
        return OfContent(document, content, type, name);
    }

    private static ResponseSchema OfContent(ApiDocument document, ApiNode content, string? type, string name)
    {
        if (type is null)
            return Untold(ErrorId.BadDocument, $"the answer has no content type, so its schema in {name} can't be told");
        var range = type.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? type[..slash] + "/*" : "*/*";
        if ((Of(content, type) ?? Of(content, range) ?? Of(content, "*/*")) is not { } written)
        {
            var known = string.Join(" or ", content.Keys.Take(6).Select(ContractText.Quoted));
            return new ResponseSchema(null, name, new Finding("", Verdict.Failed, $"the content type is {ContractText.Quoted(type)}, not {known}, as {name} says")
            {
                Source = document.PlaceOf(content).ToString(),
            });
        }
        if (Settled(document, written, out var untold) is not { } media)
            return new ResponseSchema(null, "", untold);
        return media["schema"] is { } schema
            ? new ResponseSchema(schema, name, null)
            : Untold(ErrorId.BadDocument, $"{name}, has no schema of the body");
    }

    private static ApiNode? Of(ApiNode content, string type)
    {
        var at = Array.FindIndex(content.Keys, k => k.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : content.Items[at];
    }

    private static ApiNode? Settled(ApiDocument document, ApiNode node, out Finding? untold)
    {
        untold = null;
        var settled = node;
        for (var steps = 0; settled["$ref"] is { } reference; steps++)
        {
            if (steps == MostSteps)
            {
                untold = Untold(ErrorId.UnknownReference, $"{document.PlaceOf(node)}: references go on without end").Finding;
                return null;
            }
            if (document.Resolve(reference, out untold) is not { } target)
                return null;
            settled = target;
        }
        return settled;
    }

    private static ResponseSchema Untold(ErrorId reason, string why) =>
        new(null, "", new Finding("", Verdict.Inconclusive, why) { Reason = reason });
}
