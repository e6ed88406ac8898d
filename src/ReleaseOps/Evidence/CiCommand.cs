namespace ReleaseOps.Evidence;

/// <summary>
/// Commands to a CI system, one line each. Every value is made one harmless line first, and then escaped by the system's own rules
/// (actions/toolkit: command.ts; microsoft/azure-pipelines-task-lib: taskcommand.ts), so that it can't end its place or begin another
/// command.
/// </summary>
internal static class CiCommand
{
    /// <summary>The longest value, in UTF-16 units: an annotation is a headline.</summary>
    private const int Longest = 1_000;

    /// <summary><c>::error file=a.yaml,line=3::message</c>; a property without a value is left out.</summary>
    public static string GitHub(string name, string message, params ReadOnlySpan<(string Name, string? Value)> properties)
    {
        var list = "";
        foreach (var property in properties)
        {
            if (!string.IsNullOrEmpty(property.Value))
                list += $"{(list.Length == 0 ? ' ' : ',')}{property.Name}={GitHubProperty(property.Value)}";
        }
        return $"::{name}{list}::{GitHubData(OneLine.Of(message, Longest))}";
    }

    /// <summary><c>##vso[task.logissue type=error;linenumber=3]message</c>; a property without a value is left out.</summary>
    public static string Azure(string name, string message, params ReadOnlySpan<(string Name, string? Value)> properties)
    {
        var list = "";
        foreach (var property in properties)
        {
            if (!string.IsNullOrEmpty(property.Value))
                list += $"{(list.Length == 0 ? " " : "")}{property.Name}={AzureProperty(property.Value)};";
        }
        return $"##vso[{name}{list}]{AzureData(OneLine.Of(message, Longest))}";
    }

    /// <summary>An Azure command whose message is a path, which must arrive as it is.</summary>
    public static string AzurePath(string name, string path) => $"##vso[{name}]{AzureData(path)}";

    private static string GitHubData(string text) => Replace(text, ("%", "%25"), ("\r", "%0D"), ("\n", "%0A"));

    private static string GitHubProperty(string text) => Replace(GitHubData(OneLine.Of(text, Longest)), (":", "%3A"), (",", "%2C"));

    private static string AzureData(string text) => Replace(text, ("%", "%AZP25"), ("\r", "%0D"), ("\n", "%0A"));

    private static string AzureProperty(string text) => Replace(AzureData(OneLine.Of(text, Longest)), ("]", "%5D"), (";", "%3B"));

    private static string Replace(string text, params ReadOnlySpan<(string From, string To)> pairs)
    {
        foreach (var (from, to) in pairs)
            text = text.Replace(from, to, StringComparison.Ordinal);
        return text;
    }
}
