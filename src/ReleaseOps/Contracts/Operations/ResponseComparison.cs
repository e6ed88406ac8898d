using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Contracts.Operations;

/// <summary>The answers of two operations.</summary>
internal sealed class ResponseComparison(ComparisonContext context)
{
    public void Compare(OperationPair pair)
    {
        var (before, after) = (pair.Base.Responses, pair.Revision.Responses);
        foreach (var response in before)
        {
            if (response.Status == "default" && !before.Any(r => r.IsSuccess) && !after.Any(r => r.IsSuccess || r.Status == "default"))
            {
                const string Gone = "The response 'default', which stood for success too, is gone";
                context.Report.Tell("response-success-status-removed", Gone, response.Node, pair.Revision.Node["responses"] ?? pair.Revision.Node, pair.Subject);
            }
            else if (after.FirstOrDefault(r => r.Status == response.Status) is { } other)
            {
                if (response.IsUntold || other.IsUntold)
                    continue;

                CompareHeaders(pair, response, other);
                CompareMedia(pair, response, other);
            }
            else
            {
                Tell(pair, response, "removed", "is gone", response.Node, pair.Revision.Node["responses"] ?? pair.Revision.Node);
            }
        }
        foreach (var response in after.Where(r => !before.Any(b => b.Status == r.Status)))
        {
            Tell(pair, response, "added", "is new", pair.Base.Node["responses"] ?? pair.Base.Node, response.Node);
            if (response.IsSuccess && CoverOf(before) is { } cover)
            {
                CompareHeaders(pair, cover, response);
                CompareMedia(pair, cover, response);
            }
        }
    }

    // What a status that isn't listed meant until now (OpenAPI 3.1, 4.8.16): the range's answer, or the default where that stood for success.
    private static ApiResponse? CoverOf(IReadOnlyList<ApiResponse> responses) =>
        responses.FirstOrDefault(r => r.Status == "2XX") ?? (responses.Any(r => r.IsSuccess) ? null : responses.FirstOrDefault(r => r.Status == "default"));

    private void Tell(OperationPair pair, ApiResponse response, string what, string text, ApiNode inBase, ApiNode inRevision) => context.Report.Tell(
        $"response-{(response.IsSuccess ? "success" : "non-success")}-status-{what}", $"The response {ContractText.Quoted(response.Status)} {text}", inBase, inRevision, pair.Subject);

    private void CompareMedia(OperationPair pair, ApiResponse before, ApiResponse after)
    {
        var (at, status) = (pair.Subject, ContractText.Plain(before.Status));
        var (gone, fresh) = (before.Media.ToList(), after.Media.ToList());
        Take((one, other) => one.Key == other.Key, null);
        Take((one, other) => one.Type == other.Type, "response-media-type-name-changed");
        Take((one, other) => one.IsKindOf(other), "response-media-type-name-generalized");
        Take((one, other) => other.IsKindOf(one), "response-media-type-name-specialized");

        foreach (var media in gone)
            context.Report.Tell(
                "response-media-type-removed",
                $"Response {status}: it no longer comes as {ContractText.Quoted(media.Name)}",
                media.Node,
                after.Node,
                at);

        foreach (var media in fresh)
            context.Report.Tell(
                "response-media-type-added",
                $"Response {status}: it comes as {ContractText.Quoted(media.Name)} as well",
                before.Node,
                media.Node,
                at);

        void Take(Func<ApiMedia, ApiMedia, bool> match, string? id)
        {
            foreach (var media in gone.ToList())
            {
                if (fresh.Find(m => match(media, m)) is not { } other)
                    continue;

                gone.Remove(media);
                fresh.Remove(other);
                if (id is not null)
                    context.Report.Tell(
                        id, $"Response {status}: its media type was {ContractText.Quoted(media.Name)}, is {ContractText.Quoted(other.Name)}", media.Node, other.Node, at);

                CompareBodies(pair, status, media, other);
            }
        }
    }

    private void CompareBodies(OperationPair pair, string status, ApiMedia before, ApiMedia after)
    {
        var subject = $"Response {status} ({ContractText.Plain(before.Name)})";
        switch (before.Schema, after.Schema)
        {
            case (null, { } schema):
                context.Report.Tell(
                    "response-body-media-type-schema-added",
                    $"{subject}: it had no schema, and has one",
                    before.Node,
                    schema,
                    pair.Subject);
                break;
            case ({ } schema, null):
                context.Report.Tell(
                    "response-body-media-type-schema-removed",
                    $"{subject}: it had a schema, and has none",
                    schema,
                    after.Node,
                    pair.Subject);
                break;
            case ({ } schema, { } other):
                var site = pair.IsInverted ? SchemaSite.RequestBody : SchemaSite.ResponseBody;
                context.Compare(new(site, subject, before.IsTyped && after.IsTyped), schema, other, pair.Subject);
                break;
        }
    }

    private void CompareHeaders(OperationPair pair, ApiResponse before, ApiResponse after)
    {
        var (at, status) = (pair.Subject, ContractText.Plain(before.Status));
        foreach (var header in before.Headers)
        {
            var subject = $"Response {status}, header {ContractText.Quoted(header.Name)}";
            if (after.Headers.FirstOrDefault(h => IsSame(h, header)) is not { } other)
            {
                var id = header.IsRequired ? "required-response-header-removed" : "optional-response-header-removed";
                context.Report.Tell(
                    id,
                    $"{subject}: it was {(header.IsRequired ? "always" : "sometimes")} there, and is gone",
                    header.Node,
                    after.Node,
                    at);
                continue;
            }

            if (header.IsRequired != other.IsRequired)
            {
                context.Report.Tell(
                    other.IsRequired ? "response-header-became-required" : "response-header-became-optional",
                    other.IsRequired ? $"{subject}: it was optional, and is always there" : $"{subject}: it was always there, and may be missing",
                    header.Node,
                    other.Node,
                    at);
            }

            CompareWriting(header, other, subject, at);
            if (header.Schema is not null || other.Schema is not null)
                context.Compare(new(SchemaSite.ResponseHeader, subject, header.IsTyped && other.IsTyped), header.Schema ?? new(ApiNodeKind.Map, header.Node), other.Schema ?? new(ApiNodeKind.Map, other.Node), at);
        }
        foreach (var header in after.Headers.Where(h => !before.Headers.Any(b => IsSame(b, h))))
            context.Report.Tell(
                "response-header-added",
                $"Response {status}, header {ContractText.Quoted(header.Name)}: it is new",
                before.Node,
                header.Node,
                at);
    }

    // A single value is written alike in every style that a header may have.
    private void CompareWriting(ApiHeader before, ApiHeader after, string subject, ContractSubject at)
    {
        var changed = before.MediaType != after.MediaType
            ? before.Schema is not null && after.Schema is not null
            : before.Style != after.Style && (Spreads(before.Schema, context.Base) || Spreads(after.Schema, context.Revision));
        if (changed)
        {
            var text = $"{subject}: it was written as {before.MediaType ?? before.Style}, and is as {after.MediaType ?? after.Style}";
            context.Report.Tell(SchemaRules.TypeChanged.At(SchemaSite.ResponseHeader), text, before.Node, after.Node, at);
        }
    }

    private static bool Spreads(ApiNode? schema, ContractReferences references) =>
        schema is not null && references.Settle(schema).MayHaveParts();

    private static bool IsSame(ApiHeader one, ApiHeader other) => one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);
}
