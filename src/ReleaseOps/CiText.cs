using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseOps;

/// <summary>
/// Text from outside on its way to the output of a CI job, where the runner reads every line for commands: GitHub's at the start of a line
/// after white space (<c>::error::</c>) and, in the older form, anywhere (<c>##[add-mask]</c>); Azure's anywhere (<c>##vso[...]</c>).
/// </summary>
public static partial class CiText
{
    /// <summary>The text with a space inside each mark that could begin a command; any other text comes back as it is.</summary>
    /// <param name="text">One line, or several.</param>
    public static string Defang(string text)
    {
        // Rules as in actions/runner (ActionCommand) and microsoft/azure-pipelines-agent (Command): lines end at \r too.
        if (text.Contains("##", StringComparison.Ordinal))
            text = Mark().Replace(text, "# #");
        return text.Contains("::", StringComparison.Ordinal) ? BreakLeadingColons(text) : text;
    }

    [GeneratedRegex(@"##(?=\[|vso)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    private static string BreakLeadingColons(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        var atStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            safe.Append(c);
            if (c is '\r' or '\n')
                atStart = true;
            else if (atStart && !IsNothing(c))
            {
                atStart = false;
                if (c == ':' && i + 1 < text.Length && text[i + 1] == ':')
                    safe.Append(' ');
            }
        }
        return safe.ToString();
    }

    // What the runner trims, and what a comparison by culture overlooks.
    private static bool IsNothing(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
