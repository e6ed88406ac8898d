namespace ReleaseOps.Runbooks;

/// <summary>A piece of a form of names: text as it stands, or a placeholder.</summary>
/// <param name="Text">The text; for a placeholder, its name without <c>&lt;&gt;</c>.</param>
/// <param name="IsPlaceholder">True for a placeholder.</param>
/// <param name="Offset">Where it starts in the form, from 0.</param>
internal readonly record struct NamePiece(string Text, bool IsPlaceholder, int Offset);

/// <summary>How branches, pull requests and tags are named: <c>hotfix/&lt;ticket&gt;-&lt;short-description&gt;</c>.</summary>
internal static class NameForm
{
    /// <summary>The placeholder that the hotfix's own expression says how it reads.</summary>
    public const string Ticket = "ticket";

    private const int Longest = 40;

    /// <summary>Cuts a form into its pieces.</summary>
    /// <param name="form">The form, its values put in.</param>
    /// <param name="problem">What is wrong, and where from 0; null where nothing is.</param>
    public static IReadOnlyList<NamePiece> Read(string form, out (int Offset, string Message)? problem)
    {
        var pieces = new List<NamePiece>();
        for (var at = 0; at < form.Length;)
        {
            var open = form.IndexOfAny(['<', '>'], at);
            if (open < 0)
                open = form.Length;
            if (open > at)
                pieces.Add(new NamePiece(form[at..open], false, at));
            if (open == form.Length)
                break;
            if (ProblemAt(form, open, pieces) is { } message)
            {
                problem = (open, message);
                return [];
            }
            var close = form.IndexOf('>', open);
            pieces.Add(new NamePiece(form[(open + 1)..close], true, open));
            at = close + 1;
        }
        problem = null;
        return pieces;
    }

    private static string? ProblemAt(string form, int open, List<NamePiece> before)
    {
        if (form[open] == '>')
            return "'>' without its '<'";
        var close = form.AsSpan(open + 1).IndexOfAny('<', '>');
        if (close < 0 || form[open + 1 + close] == '<')
            return "'<' without its '>'";
        var name = form.Substring(open + 1, close);
        return !IsName(name) ? "a placeholder has a name of small letters, digits, ' ' and '-': <ticket>, <impact summary>"
            : before.Count > 0 && before[^1].IsPlaceholder ?
                $"something must stand between <{before[^1].Text}> and <{name}>: else nobody can tell them apart"
            : before.Exists(p => p.IsPlaceholder && p.Text == name) ? $"a second <{name}>"
            : null;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= Longest && char.IsAsciiLetterLower(name[0]) && name[^1] != ' '
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is ' ' or '-');
}
