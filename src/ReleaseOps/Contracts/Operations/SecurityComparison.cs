namespace ReleaseOps.Contracts.Operations;

/// <summary>Which ways to authenticate an operation, or the whole API, takes.</summary>
internal static class SecurityComparison
{
    private const string OfOperation = "api-security";
    private const string OfApi = "api-global-security";

    /// <summary>What an operation asks for itself; what it takes over from the root is told once, of the root.</summary>
    public static void Compare(ComparisonContext context, OperationPair pair)
    {
        var (own, other) = (pair.Base.Node["security"], pair.Revision.Node["security"]);
        if (own is null && other is null)
            return;

        // OpenAPI 3.1, 4.8.10.1: an operation's list replaces that of the root, an empty one too.
        var before = own ?? context.Base.Document.Root["security"];
        var after = other ?? context.Revision.Document.Root["security"];
        Compare(context, OfOperation, before, after, own ?? pair.Base.Node, other ?? pair.Revision.Node, pair.Subject);
    }

    /// <summary>What the root asks for.</summary>
    public static void CompareRoots(ComparisonContext context)
    {
        var (before, after) = (context.Base.Document.Root["security"], context.Revision.Document.Root["security"]);
        Compare(context, OfApi, before, after, before ?? context.Base.Document.Root, after ?? context.Revision.Document.Root, null);
    }

    private static void Compare(
        ComparisonContext context, string id, ApiNode? before, ApiNode? after, ApiNode inBase, ApiNode inRevision, ContractSubject? at)
    {
        var (had, has) = (Ways(before), Ways(after));
        if (IsAsked(had) != IsAsked(has))
        {
            context.Report.Tell(
                IsAsked(has) ? "api-security-became-required" : "api-security-became-optional",
                IsAsked(has) ? "No authentication was needed, and one is" : "Authentication was needed, and isn't any more",
                inBase,
                inRevision,
                at);
        }

        foreach (var (way, scopes) in had.Where(w => w.Key.Length > 0))
        {
            if (!has.TryGetValue(way, out var others))
            {
                context.Report.Tell(
                    id + "-removed", $"Authentication by {ContractText.Quoted(way)} is no longer taken", inBase, inRevision, at);
                continue;
            }
            foreach (var scope in scopes.Except(others))
                context.Report.Tell(
                    id + "-scope-removed",
                    $"Authentication by {ContractText.Quoted(scope.Scheme)} no longer asks for {ContractText.Quoted(scope.Scope)}",
                    inBase,
                    inRevision,
                    at);

            foreach (var scope in others.Except(scopes))
                context.Report.Tell(
                    id + "-scope-added",
                    $"Authentication by {ContractText.Quoted(scope.Scheme)} asks for {ContractText.Quoted(scope.Scope)} now",
                    inBase,
                    inRevision,
                    at);
        }
        foreach (var way in has.Keys.Where(w => w.Length > 0 && !had.ContainsKey(w)))
            context.Report.Tell(id + "-added", $"Authentication by {ContractText.Quoted(way)} is taken now", inBase, inRevision, at);
    }

    // A way is one scheme or several together; no scheme at all is a way without authentication.
    private static Dictionary<string, HashSet<(string Scheme, string Scope)>> Ways(ApiNode? security)
    {
        var ways = new Dictionary<string, HashSet<(string Scheme, string Scope)>>(StringComparer.Ordinal);
        foreach (var way in security?.Items ?? [])
        {
            var name = string.Join(" and ", way.Keys.Order(StringComparer.Ordinal));
            var scopes = OperationReader.Entries(way).SelectMany(e => e.Value.Items.Select(s => (e.Name, s.Text)));
            if (ways.TryGetValue(name, out var known))
                known.UnionWith(scopes);
            else
                ways[name] = [.. scopes];
        }
        return ways;
    }

    private static bool IsAsked(Dictionary<string, HashSet<(string Scheme, string Scope)>> ways) => ways.Count > 0 && !ways.ContainsKey("");
}
