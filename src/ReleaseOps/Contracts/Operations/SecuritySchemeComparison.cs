namespace ReleaseOps.Contracts.Operations;

/// <summary>The ways to authenticate that a description names.</summary>
internal static class SecuritySchemeComparison
{
    private const string Id = "api-security-component";

    public static void Compare(ComparisonContext context)
    {
        var (before, after) = (Schemes(context.Base.Document.Root), Schemes(context.Revision.Document.Root));
        foreach (var (name, node) in OperationReader.Entries(before))
        {
            if (context.Base.Target(node) is not { } scheme)
                continue;

            if (after?[name] is not { } other)
                context.Report.Tell(Id + "-removed", $"The security scheme {ContractText.Quoted(name)} is gone", scheme, after);
            else if (context.Revision.Target(other) is { } otherScheme)
                Compare(context, name, scheme, otherScheme);
        }
        foreach (var (name, node) in OperationReader.Entries(after).Where(e => before?[e.Name] is null))
            context.Report.Tell(Id + "-added", $"The security scheme {ContractText.Quoted(name)} is new", before, node);
    }

    private static void Compare(ComparisonContext context, string name, ApiNode before, ApiNode after)
    {
        var what = $"Security scheme {ContractText.Quoted(name)}";
        if (Word(before, "type") != Word(after, "type"))
        {
            context.Report.Tell(
                Id + "-type-changed",
                $"{what}: its type was {ContractText.Quoted(Word(before, "type"))}, is {ContractText.Quoted(Word(after, "type"))}",
                before,
                after);
            return;
        }

        foreach (var key in new[] { "name", "in", "scheme", "openIdConnectUrl" })
        {
            var (was, now) = (Word(before, key), Word(after, key));
            if (!was.Equals(now, key is "scheme" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
                context.Report.Tell(
                    Id + "-moved",
                    $"{what}: its {key} was {ContractText.Quoted(was)}, is {ContractText.Quoted(now)}",
                    before[key] ?? before,
                    after[key] ?? after);
        }

        foreach (var (flow, node) in OperationReader.Entries(before["flows"]))
        {
            if (after["flows"]?[flow] is { } other)
                CompareFlows(context, $"{what}, flow {ContractText.Quoted(flow)}", node, other);
        }
    }

    private static void CompareFlows(ComparisonContext context, string what, ApiNode before, ApiNode after)
    {
        foreach (var (key, id) in new[] { ("authorizationUrl", "-oauth-url-changed"), ("tokenUrl", "-oauth-token-url-changed") })
        {
            var (was, now) = (before[key]?.Text ?? "", after[key]?.Text ?? "");
            if (was != now)
                context.Report.Tell(
                    Id + id,
                    $"{what}: its {key} was {ContractText.Quoted(was)}, is {ContractText.Quoted(now)}",
                    before[key] ?? before,
                    after[key] ?? after);
        }

        foreach (var (scope, text) in OperationReader.Entries(before["scopes"]))
        {
            if (after["scopes"]?[scope] is not { } other)
                context.Report.Tell(
                    Id + "-oauth-scope-removed", $"{what}: the scope {ContractText.Quoted(scope)} is gone", text, after["scopes"] ?? after);
            else if (other.Text != text.Text)
                context.Report.Tell(
                    Id + "-oauth-scope-changed",
                    $"{what}: the scope {ContractText.Quoted(scope)} is described in another way",
                    text,
                    other);
        }
        foreach (var (scope, text) in OperationReader.Entries(after["scopes"]).Where(e => before["scopes"]?[e.Name] is null))
            context.Report.Tell(
                Id + "-oauth-scope-added", $"{what}: the scope {ContractText.Quoted(scope)} is new", before["scopes"] ?? before, text);
    }

    private static ApiNode? Schemes(ApiNode root) => root["components"]?["securitySchemes"];

    private static string Word(ApiNode scheme, string key) => scheme[key]?.Text ?? "";
}
