namespace ReleaseOps.Tests.Evidence;

/// <summary>How the runners of CI systems read a job's output, from their public sources: what a line would make them do.</summary>
internal static class Runners
{
    public sealed record Command(string Name, IReadOnlyDictionary<string, string> Properties, string Data);

    /// <summary>Lines as the agents read them.</summary>
    public static string[] Lines(string output) => output.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);

    /// <summary>True where a runner would take a line for a command, known to it or not.</summary>
    public static bool ListenTo(string line) =>
        line.TrimStart().StartsWith("::", StringComparison.Ordinal)
        || line.Contains("##[", StringComparison.Ordinal)
        || line.Contains("##vso", StringComparison.OrdinalIgnoreCase);

    public static Command GitHub(string line)
    {
        Assert.StartsWith("::", line, StringComparison.Ordinal);
        var end = line.IndexOf("::", 2, StringComparison.Ordinal);
        return Parse(line[2..end], ',', line[(end + 2)..],
            text => Unescape(text, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%"),
            text => Unescape(text, "%0D", "\r", "%0A", "\n", "%25", "%"));
    }

    public static Command Azure(string line)
    {
        var start = line.IndexOf("##vso[", StringComparison.Ordinal);
        Assert.Equal(0, start);
        var end = line.IndexOf(']', StringComparison.Ordinal);
        Func<string, string> unescape = text => Unescape(text, "%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%AZP25", "%");
        return Parse(line[6..end], ';', line[(end + 1)..], unescape, unescape);
    }

    private static Command Parse(string head, char between, string data, Func<string, string> property, Func<string, string> message)
    {
        var space = head.IndexOf(' ', StringComparison.Ordinal);
        var pairs = space < 0 ? [] : head[(space + 1)..].Trim().Split(between, StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2, StringSplitOptions.RemoveEmptyEntries)).Where(p => p.Length == 2);
        return new Command(space < 0 ? head : head[..space], pairs.ToDictionary(p => p[0], p => property(p[1])), message(data));
    }

    private static string Unescape(string text, params string[] pairs)
    {
        for (var i = 0; i < pairs.Length; i += 2)
            text = text.Replace(pairs[i], pairs[i + 1], StringComparison.Ordinal);
        return text;
    }
}
