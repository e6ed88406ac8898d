using System.Text;
using ReleaseOps.Expressions;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// A <c>pattern</c> of JSON Schema. It is written in ECMA-262's notation and run in RE2's, without backtracking: what means the same in both
/// is taken, and what doesn't can't be told, for the pattern or for the one text where it matters.
/// </summary>
internal sealed class SchemaPattern
{
    private readonly Pattern _pattern;
    private readonly bool _hasDot;
    private readonly bool _hasSpace;
    private readonly bool _hasBorder;
    private readonly bool _hasOthers;

    private SchemaPattern(Pattern pattern, string source)
    {
        _pattern = pattern;
        _hasDot = source.Contains('.', StringComparison.Ordinal);
        _hasSpace = source.Contains(@"\s", StringComparison.OrdinalIgnoreCase);
        _hasBorder = source.Contains(@"\b", StringComparison.OrdinalIgnoreCase);
        _hasOthers = _hasDot || source.Contains("[^", StringComparison.Ordinal) || source.Contains(@"\S", StringComparison.Ordinal)
            || source.Contains(@"\W", StringComparison.Ordinal) || source.Contains(@"\D", StringComparison.Ordinal)
            || source.Contains(@"\p", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Why the pattern can't be used; null where it can.</summary>
    public string? Problem => _pattern.Problem;

    public static SchemaPattern Of(string source) => Translate(source, out var problem) is { } translated
        ? new SchemaPattern(Pattern.Of(translated), source)
        : new SchemaPattern(Pattern.Refused($"the pattern {ContractText.Quoted(source)}: {problem}"), source);

    /// <summary>Whether it is found in the text; null where that can't be told.</summary>
    public bool? IsMatch(string text) => Differs(text) ? null : _pattern.IsMatch(text);

    // Where ECMA-262 (22.2, with the flag u) and RE2 look at a character in two ways.
    private bool Differs(string text)
    {
        foreach (var character in text)
        {
            if ((_hasDot && character is '\r' or '\u2028' or '\u2029')
                || (_hasSpace && (character == '\v' || (character > '\x7F' && (char.IsWhiteSpace(character) || character == '\uFEFF'))))
                || (_hasBorder && character > '\x7F')
                || (_hasOthers && char.IsSurrogate(character)))
                return true;
        }
        return false;
    }

    private static string? Translate(string source, out string? problem)
    {
        problem = null;
        var text = new StringBuilder(source.Length);
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var rest = source.AsSpan(i);
            if (rest[0] == '\\' && rest.Length > 1)
            {
                if (rest[1] is 'u')
                {
                    var code = CodePoint(rest, out var length);
                    if (code is null)
                        problem = "an escape of half a character, or of none";
                    text.Append(@"\x{").Append(code).Append('}');
                    i += length - 1;
                }
                else
                {
                    // With the flag u these have no meaning in ECMA-262, or another one than in RE2.
                    if (rest is ['\\', 'a' or 'A' or 'z' or 'Z' or 'Q' or 'E' or 'C', ..] or ['\\', 'p' or 'P'] or ['\\', 'p' or 'P', not '{', ..]
                        or ['\\', 'p' or 'P', '{', '^', ..] or ['\\', '0', >= '0' and <= '9', ..] or ['\\', 'x', '{', ..])
                        problem = $"'\\{rest[1]}' isn't understood";
                    text.Append(rest[..2]);
                    i++;
                }
            }
            else
            {
                if (!inClass && rest is ['(', '?', not (':' or '<'), ..])
                    problem = "looking ahead and flags aren't possible";
                else if (!inClass && (rest.StartsWith("[]") || rest.StartsWith("[^]")))
                    problem = "a class of no characters";
                else if (inClass && rest.StartsWith("[:"))
                    problem = "'[:' in a class";
                inClass = inClass ? rest[0] != ']' : rest[0] == '[';
                text.Append(rest[0]);
            }
            if (problem is not null)
                return null;
        }
        return text.ToString();
    }

    // \u00E9 and \u{1F600}; a pair of surrogates as two escapes isn't put together.
    private static string? CodePoint(ReadOnlySpan<char> escape, out int length)
    {
        length = 0;
        var digits = escape.Length > 2 && escape[2] == '{'
            ? escape.IndexOf('}') is > 3 and var end ? escape[3..end] : []
            : escape.Length >= 6 ? escape[2..6] : [];
        length = escape.Length > 2 && escape[2] == '{' ? digits.Length + 4 : 6;
        return digits.Length is > 0 and <= 6 && digits.ToString().All(char.IsAsciiHexDigit)
            && Rune.IsValid(Convert.ToInt32(digits.ToString(), 16))
                ? digits.ToString()
                : null;
    }
}
