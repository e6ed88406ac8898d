namespace ReleaseOps.Contracts.Validation;

/// <summary>Which path of a description a URL is.</summary>
internal static class PathMatch
{
    /// <summary>The path's item; null, and why, where there is none, or more than one that is as good.</summary>
    /// <param name="document">The description.</param>
    /// <param name="path">The URL's path, escaped.</param>
    public static (ApiNode? Item, string Why) Find(ApiDocument document, string path)
    {
        var paths = document.Root["paths"];
        var best = new List<(int Parameters, ApiNode Item)>();
        for (var i = 0; paths is not null && i < paths.Keys.Length; i++)
        {
            var template = paths.Keys[i];
            if (template is not ['/', ..])
                continue;
            // Servers may be said for a path alone (OpenAPI 3.1, 4.8.9).
            var bases = Bases(paths.Items[i]["servers"] ?? document.Root["servers"]);
            if (bases.Any(b => path.StartsWith(b, StringComparison.Ordinal) && Matches(template, path[b.Length..])))
                best.Add((template.Count(c => c == '{'), paths.Items[i]));
        }
        if (best.Count == 0)
            return (null, $"has no path that {ContractText.Plain(path)} is");
        var fewest = best.Min(b => b.Parameters);
        best.RemoveAll(b => b.Parameters > fewest);
        return best.Count == 1 ? (best[0].Item, "") : (null, $"has several paths that {ContractText.Plain(path)} may be");
    }

    // The paths of the servers, without a slash at the end: what comes before each path. Host and scheme may differ, as a trial's do.
    private static List<string> Bases(ApiNode? servers)
    {
        if (servers is not { Kind: ApiNodeKind.List, Items.Length: > 0 })
            return [""];
        var bases = new List<string>();
        foreach (var server in servers.Items)
        {
            var url = server["url"]?.Text ?? "";
            if (server["variables"] is { Kind: ApiNodeKind.Map } variables)
            {
                for (var i = 0; i < variables.Keys.Length; i++)
                    url = url.Replace("{" + variables.Keys[i] + "}", variables.Items[i]["default"]?.Text ?? "", StringComparison.Ordinal);
            }
            var host = url.IndexOf("://", StringComparison.Ordinal);
            var start = host < 0 ? url : url.IndexOf('/', host + 3) is >= 0 and var slash ? url[slash..] : "";
            bases.Add((start is "" or ['/', ..] ? start : "/" + start).TrimEnd('/'));
        }
        return bases;
    }

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        if (wanted.Length != given.Length)
            return false;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!MatchesPart(wanted[i], given[i]))
                return false;
        }
        return true;
    }

    // A parameter takes a part, or what lies between texts of it: {id}, {name}.json, {a}:{b}.
    private static bool MatchesPart(string wanted, string given)
    {
        if (!wanted.Contains('{', StringComparison.Ordinal))
            return wanted == given || Uri.UnescapeDataString(given) == Uri.UnescapeDataString(wanted);
        var at = 0;
        var rest = wanted.AsSpan();
        while (rest.Length > 0)
        {
            var open = rest.IndexOf('{');
            var text = open < 0 ? rest : rest[..open];
            if (!given.AsSpan(at).StartsWith(text))
                return false;
            at += text.Length;
            if (open < 0)
                return at == given.Length;
            var close = rest.IndexOf('}');
            if (close < open)
                return false;
            rest = rest[(close + 1)..];
            var next = rest.IndexOf('{');
            var until = next < 0 ? rest : rest[..next];
            var end = until.Length == 0 ? given.Length : next < 0 ? given.LastIndexOf(until.ToString(), StringComparison.Ordinal)
                : at >= given.Length ? -1 : given.IndexOf(until.ToString(), at + 1, StringComparison.Ordinal);
            // A parameter isn't empty.
            if (end <= at)
                return false;
            at = end;
        }
        return at == given.Length;
    }
}
