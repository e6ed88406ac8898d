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
        Compare(context, before is null ? Of(root) : List(before), after is null ? Of(otherRoot) : List(after), before ?? root, after ?? otherRoot, at);
    }

    public static void CompareRoots(ComparisonContext context)
    {
        var (root, other) = (context.Base.Document.Root, context.Revision.Document.Root);
        Compare(context, Of(root), Of(other), root["servers"] ?? root, other["servers"] ?? other, null);
    }

    private static void Compare(
        ComparisonContext context, List<(string Url, ApiNode Node)> before, List<(string Url, ApiNode Node)> after, ApiNode inBase, ApiNode inRevision, ContractSubject? at)
    {
        foreach (var (url, node) in before.Where(b => !after.Exists(a => a.Url == b.Url)))
            context.Report.Tell("api-server-removed", $"The server {ContractText.Quoted(url)} is gone", node, inRevision, at);

        foreach (var (url, node) in after.Where(a => !before.Exists(b => b.Url == a.Url)))
            context.Report.Tell("api-server-added", $"The server {ContractText.Quoted(url)} is new", inBase, node, at);
    }

    private static List<(string Url, ApiNode Node)> Of(ApiNode root) =>
        root["servers"] is { } servers ? List(servers) : root["host"] is not null || root["basePath"] is not null ? OfHost(root) : [];

    private static List<(string Url, ApiNode Node)> List(ApiNode servers) =>
        [.. servers.Items.Where(s => s["url"] is not null).Select(s => (Trim(s["url"]!.Text), s)).DistinctBy(s => s.Item1)];

    // 2.0 says it in three parts.
    private static List<(string Url, ApiNode Node)> OfHost(ApiNode root)
    {
        var at = root["host"] ?? root["basePath"]!;
        var place = Trim(root["basePath"]?.Text ?? "");
        if (root["host"]?.Text is not { } host)
            return [(place, at)];

        return root["schemes"] is { Items.Length: > 0 } schemes
            ? [.. schemes.Items.Select(s => ($"{s.Text}://{host}{place}", s))]
            : [($"https://{host}{place}", at)];
    }

    private static string Trim(string url) => url.Length > 1 ? url.TrimEnd('/') : url;
}
