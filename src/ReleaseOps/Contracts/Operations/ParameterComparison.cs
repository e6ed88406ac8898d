using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Contracts.Operations;

/// <summary>The parameters of two operations.</summary>
internal sealed class ParameterComparison(ComparisonContext context)
{
    public void Compare(OperationPair pair)
    {
        var after = pair.Revision.Parameters.DistinctBy(p => p.Key).ToDictionary(p => p.Key, StringComparer.Ordinal);
        foreach (var parameter in pair.Base.Parameters.DistinctBy(p => p.Key))
        {
            if (after.Remove(parameter.Key, out var other))
                Compare(pair, parameter, other);
            // One of those that lead nowhere may be it.
            else if (!pair.Revision.HasUntoldParameters)
                Remove(pair, parameter);
        }
        var added = pair.Base.HasUntoldParameters ? [] : pair.Revision.Parameters.Where(p => after.ContainsKey(p.Key)).DistinctBy(p => p.Key);
        foreach (var parameter in added)
            Add(pair, parameter);
    }

    // What the API sends itself, in a webhook or a callback, is to a client what a header of an answer is.
    private void Remove(OperationPair pair, ApiParameter parameter)
    {
        var inRevision = pair.Revision.Node["parameters"] ?? pair.Revision.Node;
        if (!pair.IsInverted)
            OperationRemoval.Tell(context, parameter, pair.Subject, inRevision);
        else
            context.Report.Tell(
                parameter.IsRequired ? "required-response-header-removed" : "optional-response-header-removed",
                $"The {parameter.Words} isn't sent any more", parameter.Node, inRevision, pair.Subject);
    }

    private void Add(OperationPair pair, ApiParameter parameter)
    {
        var id = pair.IsInverted ? "response-header-added" : parameter.In == "path" ? "new-request-path-parameter"
            : parameter.IsRequired ? "new-required-request-parameter" : "new-optional-request-parameter";
        var text = $"The {(parameter.IsRequired ? "required" : "optional")} {parameter.Words} is new";
        context.Report.Tell(id, text, pair.Base.Node["parameters"] ?? pair.Base.Node, parameter.Node, pair.Subject);
    }

    private void Compare(OperationPair pair, ApiParameter before, ApiParameter after)
    {
        var at = pair.Subject;
        if (before.IsRequired != after.IsRequired)
        {
            context.Report.Tell(
                $"{(pair.IsInverted ? "response-header" : "request-parameter")}-became-{Word(after.IsRequired)}",
                $"The {before.Words} was {Word(before.IsRequired)}, is {Word(after.IsRequired)}",
                before.Node,
                after.Node,
                at);
        }
        DeprecationComparison.Compare(context, before, after, at);
        CompareWriting(before, after, at);
        switch (before.Schema, after.Schema)
        {
            case (null, not null) or (not null, null) when pair.IsInverted:
                var sent = new SchemaUse(SchemaSite.ResponseHeader, Capital(before.Words), before.IsTyped && after.IsTyped);
                context.Compare(sent, before.Schema ?? new(ApiNodeKind.Map, before.Node), after.Schema ?? new(ApiNodeKind.Map, after.Node), at);
                break;
            case (null, { } schema):
                context.Report.Tell(
                    "request-parameter-schema-added", $"The {before.Words} had no schema, and has one", before.Node, schema, at);
                break;
            case ({ } schema, null):
                context.Report.Tell(
                    "request-parameter-schema-removed", $"The {before.Words} had a schema, and has none", schema, after.Node, at);
                break;
            case ({ } schema, { } other):
                var use = new SchemaUse(pair.IsInverted ? SchemaSite.ResponseHeader : SchemaSite.RequestParameter, Capital(before.Words), before.IsTyped && after.IsTyped)
                {
                    IsHeader = before.In == "header",
                    HasDefault = !before.IsRequired && !after.IsRequired,
                };
                context.Compare(use, schema, other, at);
                break;
        }
    }

    private void CompareWriting(ApiParameter before, ApiParameter after, ContractSubject at)
    {
        if (before.MediaType != after.MediaType)
        {
            context.Report.Tell(
                "request-parameter-content-changed",
                $"The {before.Words} was written as {Writing(before)}, and is as {Writing(after)}",
                before.Node,
                after.Node,
                at);
        }
        else if (before.Style != after.Style && (Spreads(before, context.Base) || Spreads(after, context.Revision)))
        {
            context.Report.Tell(
                "request-parameter-style-changed", $"The {before.Words} was written in the style {before.Style}, and is in {after.Style}", before.Node, after.Node, at);
        }
    }

    // A single value is written alike in most styles; 2.0 says how lists are written only where there is one.
    private static bool Spreads(ApiParameter parameter, ContractReferences references) =>
        parameter.Schema is not { } schema || references.Settle(schema).MayHaveParts() || parameter.Style.Contains("label", StringComparison.Ordinal)
        || parameter.Style.Contains("matrix", StringComparison.Ordinal) || parameter.Style.Contains("reserved", StringComparison.Ordinal);

    private static string Writing(ApiParameter parameter) =>
        parameter.MediaType is { } type ? ContractText.Quoted(type) : $"plain text in the style {parameter.Style}";

    private static string Word(bool required) => required ? "required" : "optional";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
