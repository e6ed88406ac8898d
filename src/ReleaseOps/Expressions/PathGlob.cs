using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseOps.Expressions;

/// <summary>
/// A glob over the paths of a repository, read once and run without backtracking, so in time linear in the path. It is git's way:
/// <list type="bullet">
/// <item><c>*</c> is any text and <c>?</c> any character of one name, <c>**</c> between slashes any number of folders (at the end: all that
/// is beneath), <c>{a,b}</c> one of several; a backslash takes the character after it as it is.</item>
/// <item>With a slash before its end it starts at the top of the repository; without one it fits in any folder, as in .gitignore
/// (<c>*.md</c>; <c>/*.md</c> is only at the top).</item>
/// <item>Where its last name has no wildcard it means a folder with all in it too, as a pathspec does (<c>docs/frozen</c>).</item>
/// </list>
/// Capitals matter, as they do to git.
/// </summary>
internal sealed class PathGlob
{
    /// <summary>Longer globs are refused.</summary>
    public const int MaxLength = 500;

    // One character, not one half of one beyond U+FFFF.
    private const string AnyCharacter = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^/\uD800-\uDFFF])";
    private const string AnyFolders = "(?:.*/)?";
    private const string AllBeneath = ".+";

    private const RegexOptions WithoutBacktracking =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private readonly string _glob;
    private readonly string _pattern;
    private Regex? _regex;

    private PathGlob(string glob, string pattern) => (_glob, _pattern) = (glob, pattern);

    /// <summary>Reads a glob; null where it isn't one.</summary>
    /// <param name="glob">The glob.</param>
    /// <param name="problem">What is wrong, and where from 0; null where nothing is.</param>
    public static PathGlob? TryParse(string glob, out (int Offset, string Message)? problem)
    {
        problem = glob.Length == 0 ? (0, "a glob with nothing in it")
            : glob.Length > MaxLength ? (MaxLength, FormattableString.Invariant($"a glob has at most {MaxLength} characters, this one {glob.Length}"))
            : glob[0] is '!' or ':' ? (0, $"a glob doesn't start with '{glob[0]}': what is left out is named under 'except'")
            : BadName(glob);
        var pattern = problem is null ? Translate(glob, out problem) : null;
        return pattern is null ? null : new PathGlob(glob, pattern);
    }

    /// <summary>Reads a glob.</summary>
    /// <param name="glob">The glob.</param>
    /// <exception cref="ReleaseOpsException">BadPattern: it isn't one.</exception>
    public static PathGlob Parse(string glob) => TryParse(glob, out var problem)
        ?? throw new ReleaseOpsException(
            ErrorId.BadPattern, $"the glob {CelText.Quote(glob, 60)}: {problem!.Value.Message}", "Correct it.", glob);

    /// <summary>Whether it means this path.</summary>
    /// <param name="path">A file's path in the repository, with <c>/</c>, without one at its start.</param>
    public bool Fits(string path) =>
        // The engine takes its time to start: it is asked for when the first path comes, not when the runbook is read.
        (_regex ??= new Regex(_pattern, WithoutBacktracking)).IsMatch(path);

    /// <summary>As written.</summary>
    public override string ToString() => _glob;

    /// <summary>A name that no path of a repository has.</summary>
    private static (int Offset, string Message)? BadName(string glob)
    {
        var start = glob[0] == '/' ? 1 : 0;
        while (start < glob.Length || glob == "/")
        {
            var slash = glob.IndexOf('/', start);
            var name = glob[start..(slash < 0 ? glob.Length : slash)];
            if (name is "" or "." or "..")
                return (start, name.Length == 0 ? "a glob has a name between slashes" : $"no path in a repository has '{name}' in it");
            if (name != "**" && name.IndexOf("**", StringComparison.Ordinal) is >= 0 and var stars)
                return (start + stars, "'**' stands alone between slashes: app/**/*.py");
            start = slash < 0 ? glob.Length : slash + 1;
        }
        return null;
    }

    private static string? Translate(string glob, out (int Offset, string Message)? problem)
    {
        problem = null;
        var pattern = new StringBuilder(@"\A");
        if (!glob.AsSpan(0, glob.Length - 1).Contains('/'))
            pattern.Append(AnyFolders);
        var braces = new Stack<int>();
        var wild = false;
        for (var at = glob[0] == '/' ? 1 : 0; at < glob.Length; at++)
        {
            var next = at + 1 < glob.Length ? glob[at + 1] : '\0';
            switch (glob[at])
            {
                case '*' when next == '*' && at + "**/".Length >= glob.Length:
                    (wild, at) = (true, glob.Length);
                    pattern.Append(AllBeneath);
                    break;
                case '*' when next == '*':
                    at += "*/".Length;
                    pattern.Append(AnyFolders);
                    break;
                case '*' or '?':
                    wild = true;
                    pattern.Append(glob[at] == '*' ? "[^/]*" : AnyCharacter);
                    break;
                case '{' when next == '}':
                    problem = (at, "'{}' has nothing in it");
                    return null;
                case '{':
                    braces.Push(at);
                    pattern.Append("(?:");
                    break;
                case ',' when braces.Count > 0:
                    pattern.Append('|');
                    break;
                case '}' when braces.Count > 0:
                    braces.Pop();
                    pattern.Append(')');
                    break;
                case '}' or '[':
                    problem = (at, glob[at] == '}' ? "'}' without its '{'"
                        : @"'[' has no meaning in a glob: write {a,b}, or \[ for the character");
                    return null;
                case '\\' when next is '*' or '?' or '[' or ']' or '{' or '}' or ',' or '\\' or '!' or ':':
                    pattern.Append(Regex.Escape(glob[++at].ToString()));
                    break;
                case '\\':
                    problem = (at, @"'\' stands before a character that means something; folders are parted by '/'");
                    return null;
                case '/' when braces.Count > 0 && next is ',' or '}':
                    problem = (at, "a folder's '/' stands before or after the braces");
                    return null;
                case '/' when at + 1 == glob.Length:
                    wild = true;
                    pattern.Append('/').Append(AllBeneath);
                    break;
                default:
                    wild &= glob[at] != '/' || braces.Count > 0;
                    pattern.Append(Regex.Escape(glob[at].ToString()));
                    break;
            }
        }
        if (braces.TryPop(out var open))
        {
            problem = (open, "'{' without its '}'");
            return null;
        }
        return pattern.Append(wild ? "" : "(?:/.+)?").Append(@"\z").ToString();
    }
}
