namespace ReleaseOps.Contracts.Operations;

/// <summary>The addresses at which an API is to be found.</summary>
internal static class ServerComparison
{
    /// <summary>Those of an operation or a path, where one of the descriptions has some of their own; else they are told once, of the root.</summary>
    public static void Compare(ComparisonContext context, ApiNode? before, ApiNode? after, ContractSubject at)
    {
        if (before is null && after is null)
            return;

        var (root, otherRoot) = (context.Base.Document.Root, context.Revision.Document.Root);
        Compare(context, List(before ?? root["servers"]), List(after ?? otherRoot["servers"]), before ?? root, after ?? otherRoot, at);
    }

    public static void CompareRoots(ComparisonContext context)
    {
        var (root, other) = (context.Base.Document.Root, context.Revision.Document.Root);
        Compare(context, List(root["servers"]), List(other["servers"]), root["servers"] ?? root, other["servers"] ?? other, null);
    }

    private static void Compare(
        ComparisonContext context, List<(string Url, ApiNode Node)> before, List<(string Url, ApiNode Node)> after, ApiNode inBase, ApiNode inRevision, ContractSubject? at)
    {
        foreach (var (url, node) in before.Where(b => !after.Exists(a => a.Url == b.Url)))
            context.Report.Tell("api-server-removed", $"The server {ContractText.Quoted(url)} is gone", node, inRevision, at);

        foreach (var (url, node) in after.Where(a => !before.Exists(b => b.Url == a.Url)))
            context.Report.Tell("api-server-added", $"The server {ContractText.Quoted(url)} is new", inBase, node, at);
    }

    private static List<(string Url, ApiNode Node)> List(ApiNode? servers) =>
        [.. (servers?.Items ?? []).Where(s => s["url"] is not null).Select(s => (Trim(s["url"]!.Text), s)).DistinctBy(s => s.Item1)];

    private static string Trim(string url) => url.Length > 1 ? url.TrimEnd('/') : url;
}
