using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Contracts.Operations;

/// <summary>The bodies of two requests.</summary>
internal sealed class BodyComparison(ComparisonContext context)
{
    private static readonly string[] Writing = ["contentType", "style", "explode", "allowReserved"];

    public void Compare(OperationPair pair)
    {
        var at = pair.Subject;
        switch (pair.Base.Body, pair.Revision.Body)
        {
            case ({ IsUntold: true }, _) or (_, { IsUntold: true }):
                break;
            case (null, { } added):
                // Who gets a body needn't send it.
                var word = added.IsRequired && !pair.IsInverted ? "required" : "optional";
                context.Report.Tell("request-body-added-" + word, $"A body is new, and {word}", pair.Base.Node, added.Node, at);
                break;
            case ({ } removed, null):
                context.Report.Tell("request-body-removed", "The body is gone", removed.Node, pair.Revision.Node, at);
                break;
            case ({ } before, { } after):
                Compare(pair, before, after);
                break;
        }
    }

    private void Compare(OperationPair pair, ApiBody before, ApiBody after)
    {
        var at = pair.Subject;
        if (before.IsRequired != after.IsRequired)
        {
            context.Report.Tell(
                $"{(pair.IsInverted ? "webhook" : "request")}-body-became-{(after.IsRequired ? "required" : "optional")}",
                after.IsRequired ? "The body was optional, is required" : "The body was required, is optional",
                before.Node,
                after.Node,
                at);
        }

        foreach (var media in before.Media)
        {
            if (after.Media.FirstOrDefault(m => m.Key == media.Key) is { } other)
                Compare(pair, media, other);
            else
                context.Report.Tell(
                    "request-body-media-type-removed",
                    $"The body is no longer taken as {ContractText.Quoted(media.Name)}",
                    media.Node,
                    after.Node,
                    at);
        }
        foreach (var media in after.Media.Where(m => !before.Media.Any(b => b.Key == m.Key)))
            context.Report.Tell(
                "request-body-media-type-added",
                $"The body is taken as {ContractText.Quoted(media.Name)} as well",
                before.Node,
                media.Node,
                at);
    }

    private void Compare(OperationPair pair, ApiMedia before, ApiMedia after)
    {
        var (at, name) = (pair.Subject, ContractText.Plain(before.Name));
        switch (before.Schema, after.Schema)
        {
            case (null, { } schema):
                context.Report.Tell(
                    "request-body-media-type-schema-added",
                    $"Request body ({name}): it had no schema, and has one",
                    before.Node,
                    schema,
                    at);
                break;
            case ({ } schema, null):
                context.Report.Tell(
                    "request-body-media-type-schema-removed",
                    $"Request body ({name}): it had a schema, and has none",
                    schema,
                    after.Node,
                    at);
                break;
            case ({ } schema, { } other):
                var site = pair.IsInverted ? SchemaSite.ResponseBody : SchemaSite.RequestBody;
                context.Compare(new(site, $"Request body ({name})", before.IsTyped), schema, other, at);
                break;
        }
        CompareEncodings(before, after, at);
    }

    private void CompareEncodings(ApiMedia before, ApiMedia after, ContractSubject at)
    {
        var names = OperationReader.Entries(before.Node["encoding"]).Concat(OperationReader.Entries(after.Node["encoding"])).Select(e => e.Name);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var (one, other) = (before.Node["encoding"]?[name], after.Node["encoding"]?[name]);
            foreach (var key in Writing.Where(k => one?[k]?.Text != other?[k]?.Text))
            {
                var text = $"Request body ({ContractText.Plain(before.Name)}), part {ContractText.Quoted(name)}: {key} was {Show(one?[key])}, is {Show(other?[key])}";
                context.Report.Tell("request-body-encoding-changed", text, one ?? before.Node, other ?? after.Node, at);
            }
        }
    }

    private static string Show(ApiNode? node) => node is null ? "not said" : ContractText.Value(node);
}
