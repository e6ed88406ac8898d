using System.Text.RegularExpressions;

namespace ReleaseOps.Expressions;

/// <summary>A regular expression in RE2's notation, run without backtracking, so in time linear in the text.</summary>
internal sealed class Pattern
{
    /// <summary>Longer patterns are refused.</summary>
    public const int MaxLength = 2000;

    /// <summary>A second line of defence: no match takes longer than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private readonly Regex? _regex;

    private Pattern(Regex? regex, string? problem)
    {
        _regex = regex;
        Problem = problem;
    }

    /// <summary>Why the pattern can't be used; null where it can.</summary>
    public string? Problem { get; }

    public static Pattern Refused(string problem) => new(null, problem);

    public static Pattern Of(string pattern)
    {
        if (pattern.Length > MaxLength)
            return Refused($"a regular expression is at most {MaxLength} characters long, this one is {pattern.Length}");
        if (PatternTranslator.Translate(pattern, out var problem) is not { } translated)
            return Refused($"the regular expression {CelText.Quote(pattern, 60)}: {problem}");
        try
        {
            return new Pattern(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Longest), null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Refused($"the regular expression {CelText.Quote(pattern, 60)} doesn't parse, is too large, or needs backtracking");
        }
    }

    /// <summary>Whether the pattern is found anywhere in the text; null where that takes too long, or the pattern can't be used.</summary>
    public bool? IsMatch(string text)
    {
        try
        {
            return _regex?.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
