using System.Text.RegularExpressions;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A regular expression that a whole value must match, whose cost no value can blow up.</summary>
internal sealed class WholePattern
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // What backtracking costs is bounded by time; then the engine without it answers. Both engines take the same language.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly string _pattern;
    private readonly Regex _regex;

    private WholePattern(string pattern, Regex regex) => (_pattern, _regex) = (pattern, regex);

    /// <summary>Compiles a pattern; false with the reason where it isn't one, or would need backtracking.</summary>
    public static bool TryCreate(string pattern, out WholePattern whole, out string why)
    {
        (whole, why) = (null!, "");
        try
        {
            // First alone: "a)(b" only becomes a pattern by what is put around it.
            _ = new Regex(pattern, Plain);
            var text = Whole(pattern);
            // The engine without backtracking takes 40 ms to start, more than all the rest of the reading: it is asked where it could say
            // no.
            whole = new WholePattern(pattern, IsSurelyRegular(pattern)
                ? new Regex(text, Plain, Patience)
                : new Regex(text, Plain | RegexOptions.NonBacktracking));
            return true;
        }
        catch (RegexParseException bad)
        {
            why = $"not a regular expression: {bad.Error} at character {bad.Offset}";
        }
        catch (NotSupportedException)
        {
            why = "the regular expression needs backtracking, or is too large without it";
        }
        return false;
    }

    public bool Matches(string value)
    {
        try
        {
            return _regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return new Regex(Whole(_pattern), Plain | RegexOptions.NonBacktracking).IsMatch(value);
        }
    }

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";

    /// <summary>
    /// True for a short pattern with nothing in it that a finite automaton can't do (groups other than (...) and (?:...), back references,
    /// \G), nor counts that would make one large.
    /// </summary>
    private static bool IsSurelyRegular(string pattern)
    {
        const int longest = 500;
        var counts = 0;
        for (var at = 0; at < pattern.Length; at++)
        {
            var next = at + 1 < pattern.Length ? pattern[at + 1] : ' ';
            if (pattern[at] == '\\' && next is (>= '0' and <= '9') or 'k' or 'G')
                return false;
            if (pattern[at] == '(' && next == '?' && !(at + 2 < pattern.Length && pattern[at + 2] == ':'))
                return false;
            // {63} is common in patterns of host names; {1000} isn't, and counts within counts multiply.
            if (pattern[at] == '{' && (++counts > 1 || pattern.AsSpan(at).IndexOf('}') > "{00,00}".Length - 1))
                return false;
            if (pattern[at] == '\\')
                at++;
        }
        return pattern.Length <= longest;
    }
}
