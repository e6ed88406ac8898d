namespace ReleaseOps.Contracts.Operations;

/// <summary>Paths and webhooks, and the operations of each.</summary>
internal sealed class PathComparison(ComparisonContext context)
{
    private const string Extension = "x-";

    // A callback may have callbacks.
    private const int DeepestCallback = 4;

    private readonly OperationComparison _operations = new(context);
    private readonly List<Action> _onlyInRevision = [];

    public void Compare()
    {
        ComparePaths(context.Base.Document.Root["paths"], context.Revision.Document.Root["paths"], "", isInverted: false, depth: 0);
        foreach (var tell in _onlyInRevision)
            tell();

        CompareWebhooks(context.Base.Document.Root["webhooks"], context.Revision.Document.Root["webhooks"]);
    }

    private void ComparePaths(ApiNode? before, ApiNode? after, string prefix, bool isInverted, int depth)
    {
        var pairs = Match(before, after, out var fresh);
        foreach (var (path, item, other, otherPath) in pairs)
        {
            if (context.BaseReader.Item(item) is not { } baseItem)
                continue;

            var subject = prefix + path;
            if (other is null)
                RemovePath(path, subject, baseItem);
            else if (context.RevisionReader.Item(other) is { } revisionItem)
                CompareItems(path, baseItem, otherPath, revisionItem, subject, isInverted, depth);
        }
        foreach (var (path, item) in fresh)
        {
            if (context.RevisionReader.Item(item) is { } revisionItem)
                _onlyInRevision.Add(() => AddPath(prefix + path, revisionItem));
        }
    }

    private void RemovePath(string path, string subject, ApiNode item)
    {
        foreach (var (method, node) in context.BaseReader.Operations(item))
            OperationRemoval.Tell(context, context.BaseReader.Read(path, item, node), new(method, subject, ApiOperation.IdOf(node)), isPath: true, null);
    }

    private void AddPath(string subject, ApiNode item)
    {
        foreach (var (method, node) in context.RevisionReader.Operations(item))
            context.Report.Tell("endpoint-added", "The operation is new", null, node, new(method, subject, ApiOperation.IdOf(node)));
    }

    private void CompareItems(string path, ApiNode before, string otherPath, ApiNode after, string subject, bool isInverted, int depth)
    {
        var (operations, others) = (context.BaseReader.Operations(before).ToList(), context.RevisionReader.Operations(after).ToList());
        foreach (var (method, node) in operations)
        {
            var operation = context.BaseReader.Read(path, before, node);
            var at = new ContractSubject(method, subject, operation.Id);
            var other = others.Find(o => o.Method == method).Node;
            if (other is null)
            {
                OperationRemoval.Tell(context, operation, at, isPath: false, after);
                continue;
            }
            var pair = new OperationPair(operation, context.RevisionReader.Read(otherPath, after, other), at, isInverted);
            if (_operations.Compare(pair))
            {
                ServerComparison.Compare(context, node["servers"] ?? before["servers"], other["servers"] ?? after["servers"], at);
                CompareCallbacks(pair, depth);
            }
        }
        foreach (var (method, node) in others.Where(o => !operations.Exists(b => b.Method == o.Method)))
            context.Report.Tell("endpoint-added", "The operation is new", before, node, new(method, subject, ApiOperation.IdOf(node)));
    }

    private void CompareCallbacks(OperationPair pair, int depth)
    {
        var (before, after) = (context.Base.Target(pair.Base.Node["callbacks"]), context.Revision.Target(pair.Revision.Node["callbacks"]));
        if (before is null && after is null)
            return;

        if (depth == DeepestCallback)
        {
            context.Untold.Add(context.Base.Document, before ?? pair.Base.Node, "callbacks of callbacks of callbacks aren't compared");
            return;
        }
        foreach (var (name, node) in OperationReader.Entries(before))
        {
            if (context.Base.Target(node) is not { } callback)
                continue;

            if (after?[name] is not { } other)
                context.Report.Tell(
                    "callback-removed",
                    $"The callback {ContractText.Quoted(name)} is gone",
                    callback,
                    after ?? pair.Revision.Node,
                    pair.Subject);
            else if (context.Revision.Target(other) is { } otherCallback)
                ComparePaths(callback, otherCallback, $"{pair.Subject.Path} callback {name} ", !pair.IsInverted, depth + 1);
        }
        foreach (var (name, node) in OperationReader.Entries(after).Where(e => before?[e.Name] is null))
            context.Report.Tell(
                "callback-added", $"The callback {ContractText.Quoted(name)} is new", before ?? pair.Base.Node, node, pair.Subject);
    }

    private void CompareWebhooks(ApiNode? before, ApiNode? after)
    {
        foreach (var (name, node) in OperationReader.Entries(before))
        {
            if (context.BaseReader.Item(node) is not { } webhook)
                continue;

            var subject = "webhook:" + name;
            if (after?[name] is not { } other)
                context.Report.Tell(
                    "webhook-removed", $"The webhook {ContractText.Quoted(name)} is gone", webhook, after, new(null, subject, null));
            else if (context.RevisionReader.Item(other) is { } otherWebhook)
                CompareItems(name, webhook, name, otherWebhook, subject, isInverted: true, depth: 0);
        }
        foreach (var (name, node) in OperationReader.Entries(after).Where(e => before?[e.Name] is null))
            context.Report.Tell(
                "webhook-added", $"The webhook {ContractText.Quoted(name)} is new", before, node, new(null, "webhook:" + name, null));
    }

    // First those that are written alike, then those that differ in the names of their parameters only: they take the same requests.
    private static List<(string Path, ApiNode Item, ApiNode? Other, string OtherPath)> Match(
        ApiNode? before, ApiNode? after, out List<(string Path, ApiNode Item)> fresh)
    {
        var left = OperationReader.Entries(after).Where(e => !e.Name.StartsWith(Extension, StringComparison.Ordinal)).ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
        var written = OperationReader.Entries(before).Where(e => !e.Name.StartsWith(Extension, StringComparison.Ordinal)).ToList();
        var pairs = new (string Path, ApiNode Item, ApiNode? Other, string OtherPath)[written.Count];
        for (var i = 0; i < written.Count; i++)
            pairs[i] = (written[i].Name, written[i].Value, left.Remove(written[i].Name, out var other) ? other : null, written[i].Name);

        var shapes = left.Keys.GroupBy(PathTemplate.Shape, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => new Queue<string>(g), StringComparer.Ordinal);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].Other is null && shapes.TryGetValue(PathTemplate.Shape(pairs[i].Path), out var queue) && queue.TryDequeue(out var path))
            {
                left.Remove(path, out var other);
                pairs[i] = pairs[i] with { Other = other, OtherPath = path };
            }
        }
        fresh = [.. OperationReader.Entries(after).Where(e => left.ContainsKey(e.Name))];
        return [.. pairs];
    }
}
