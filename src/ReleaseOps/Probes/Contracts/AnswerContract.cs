using ReleaseOps.Contracts;
using ReleaseOps.Contracts.Validation;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Probes.Contracts;

/// <summary>
/// The schema that the answers of a look are held against. It is read once, before the first URL is asked; where it can't be, each answer is
/// Inconclusive, and judged for the rest all the same.
/// </summary>
internal sealed class AnswerContract
{
    private readonly SchemaLook _look;
    private readonly SecretMask _mask;
    private readonly ApiDocument? _document;
    private readonly ReleaseOpsException? _unread;

    private AnswerContract(SchemaLook look, SecretMask mask, ApiDocument? document, ReleaseOpsException? unread) =>
        (_look, _mask, _document, _unread) = (look, mask, document, unread);

    public static async Task<AnswerContract> LoadAsync(
        SchemaLook look, LookContext context, HttpConnections connections, CancellationToken cancellation)
    {
        try
        {
            Func<ReadOnlyMemory<byte>, string, ApiDocument> read = look.Pointer is null ? ApiDocumentReader.Read : ApiDocumentReader.ReadAsWritten;
            var document = await ApiDocumentLoader.LoadAsync(look.Description, look.Folder, context, connections, read, cancellation).ConfigureAwait(false);
            return new AnswerContract(look, context.Mask, document, null);
        }
        catch (ReleaseOpsException e)
        {
            return new AnswerContract(look, context.Mask, null, e);
        }
    }

    /// <summary>Judges an answer: at least one finding; one that is Passed where the body is as the schema says.</summary>
    /// <param name="method">The method that it answers.</param>
    /// <param name="url">The URL that it came from.</param>
    /// <param name="response">Its status and headers.</param>
    /// <param name="bytes">Its body, as it came and not masked; null where it is packed in a way that isn't known.</param>
    /// <param name="cancellation">Ends the judging.</param>
    public IReadOnlyList<Finding> Judge(
        string method, Uri url, HttpResponseMessage response, ReadOnlyMemory<byte>? bytes, CancellationToken cancellation)
    {
        if (_document is null)
            return [CantTell(_unread!.Id, "the schema can't be read: " + _unread.Message)];
        if (bytes is not { } body)
            return [CantTell(ErrorId.BadDocument, "the body can't be held against the schema: it is packed in a way that isn't known")];
        var type = response.Content.Headers.ContentType?.MediaType;
        var found = _look.Pointer is { } pointer
            ? ResponseSchema.At(_document, pointer)
            : ResponseSchema.Find(_document, method, url.AbsolutePath, (int)response.StatusCode, type, body.Length > 0);
        if (found.Finding is { } finding)
            return [finding with { Text = _mask.Apply(finding.Text) }];
        if (response.Content.Headers.ContentType?.CharSet?.Trim('"') is { } charset
            && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            return [CantTell(ErrorId.BadDocument, "the body can't be held against the schema: JSON is UTF-8, and the charset says something else")];
        if (AnswerBody.Read(body.Span, out var why) is not { } json)
            return [CantTell(ErrorId.BadDocument, "the body can't be held against the schema: it " + why)];
        var broken = BodyValidation.Validate(_document, found.Schema!, json, _mask, cancellation);
        return broken.Count > 0
            ? broken
            : [new Finding("", Verdict.Passed, $"the body is as {found.Name} says") { Source = _document.PlaceOf(found.Schema!).ToString() }];
    }

    public static Finding CantTell(ErrorId reason, string why) => new("", Verdict.Inconclusive, why) { Reason = reason };
}
