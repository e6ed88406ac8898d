using System.Globalization;
using System.Text;

namespace ReleaseOps.Runbooks;

/// <summary>
/// The text of a query: one statement with <c>@name</c> where a parameter goes in. It is taken apart as PostgreSQL does it (its manual, 4.1;
/// <c>standard_conforming_strings</c> on), so that what stands in strings, quoted names and comments stays what it is.
/// </summary>
internal sealed class QueryText
{
    private const string Operators = "+-*/<>=~!@#%^&|`?";

    // '<@', '@@' and their like are operators of PostgreSQL; after these an '@' begins a name.
    private static readonly string[] BeforeName = ["", "=", "<>", "!=", ">", "<=", ">=", "+", "-", "*", "/", "%", "||", "~", "!~"];

    private readonly List<QueryName> _names = [];

    private QueryText(string written) => Written = written;

    /// <summary>The query as written.</summary>
    public string Written { get; }

    /// <summary>Where it speaks of parameters, in order.</summary>
    public IReadOnlyList<QueryName> Names => _names;

    /// <summary>Why it can't be asked; null where nothing is against it.</summary>
    public QueryProblem? Problem { get; private set; }

    /// <summary>Takes a query apart.</summary>
    /// <param name="written">The query as written.</param>
    public static QueryText Read(string written)
    {
        var query = new QueryText(written);
        query.Scan();
        return query;
    }

    /// <summary>The names of its parameters, each once; the first is <c>$1</c> for the server.</summary>
    public IReadOnlyList<string> Parameters => [.. _names.Select(n => n.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The query as the server takes it, with <c>$1</c> for the first parameter.</summary>
    public string Numbered()
    {
        var parameters = Parameters.ToList();
        var sent = new StringBuilder();
        var from = 0;
        foreach (var name in _names)
        {
            sent.Append(Written, from, name.Offset - from).Append('$').Append(CultureInfo.InvariantCulture, $"{parameters.IndexOf(name.Name) + 1}");
            from = name.Offset + name.Name.Length + 1;
        }
        return sent.Append(Written, from, Written.Length - from).ToString();
    }

    /// <summary>The place in the query as written, <c>line:column</c>, of a character of the numbered one.</summary>
    /// <param name="sent">Index of the character, from 0.</param>
    public string PlaceOf(int sent)
    {
        var parameters = Parameters.ToList();
        var shift = 0;
        foreach (var name in _names.TakeWhile(n => n.Offset + shift < sent))
            shift += 1 + (parameters.IndexOf(name.Name) + 1).ToString(CultureInfo.InvariantCulture).Length - (name.Name.Length + 1);
        return Place(Math.Clamp(sent - shift, 0, Written.Length));
    }

    /// <summary>The place of a character, <c>line:column</c>.</summary>
    /// <param name="offset">Its index in the query as written, from 0.</param>
    public string Place(int offset)
    {
        var before = Written.AsSpan(0, offset);
        return string.Create(CultureInfo.InvariantCulture, $"{before.Count('\n') + 1}:{offset - before.LastIndexOf('\n')}");
    }

    private void Scan()
    {
        var ended = false;
        for (var at = 0; at < Written.Length && Problem is null;)
        {
            var next = Blank(at);
            if (next > at)
            {
                at = next;
                continue;
            }
            if (ended && Written[at] != ';')
                Problem = new QueryProblem(at, "a second statement", "one step asks one query");
            ended |= Written[at] == ';';
            at = Token(at);
        }
    }

    /// <summary>The end of the white space or comment that starts here; the same place where none does.</summary>
    private int Blank(int at)
    {
        if (char.IsWhiteSpace(Written[at]))
            return at + 1;
        if (Starts(at, "--"))
            return Written.IndexOf('\n', at) is >= 0 and var end ? end : Written.Length;
        if (!Starts(at, "/*"))
            return at;
        var depth = 0;
        while (at < Written.Length)
        {
            depth += Starts(at, "/*") ? 1 : Starts(at, "*/") ? -1 : 0;
            at += Starts(at, "/*") || Starts(at, "*/") ? 2 : 1;
            if (depth == 0)
                break;
        }
        return at;
    }

    private int Token(int at)
    {
        var c = Written[at];
        if (c is '\'' or '"')
            return Quoted(at, escapes: false);
        if (c is 'e' or 'E' && Starts(at + 1, "'"))
            return Quoted(at + 1, escapes: true);
        if (IsNameStart(c))
            return Past(at, IsNamePart);
        if (char.IsAsciiDigit(c))
            return Past(at, char.IsAsciiDigit);
        if (c == '$')
            return Dollar(at);
        return Operators.Contains(c, StringComparison.Ordinal) ? Operator(at) : at + 1;
    }

    private int Quoted(int at, bool escapes)
    {
        var quote = Written[at++];
        while (at < Written.Length)
        {
            if (escapes && Written[at] == '\\')
                at += 2;
            else if (Written[at] != quote)
                at++;
            else if (Starts(at + 1, quote.ToString()))
                at += 2;
            else
                return at + 1;
        }
        return Written.Length;
    }

    private int Dollar(int at)
    {
        if (at + 1 < Written.Length && char.IsAsciiDigit(Written[at + 1]))
            Problem = new QueryProblem(at, "'$' and a number", "write @name for the parameter 'name'");
        var tag = Past(at + 1, c => IsNamePart(c) && c != '$');
        if (!Starts(tag, "$"))
            return at + 1;
        var delimiter = Written[at..(tag + 1)];
        var end = Written.IndexOf(delimiter, tag + 1, StringComparison.Ordinal);
        return end < 0 ? Written.Length : end + delimiter.Length;
    }

    private int Operator(int at)
    {
        var end = at;
        while (end < Written.Length && Operators.Contains(Written[end], StringComparison.Ordinal) && !Starts(end, "--") && !Starts(end, "/*"))
            end++;
        if (Written[end - 1] != '@' || end == Written.Length || !IsNameStart(Written[end]) || !BeforeName.Contains(Written[at..(end - 1)]))
            return end;
        var nameEnd = Past(end, c => char.IsAsciiLetterOrDigit(c) || c == '_');
        _names.Add(new QueryName(Written[end..nameEnd], end - 1));
        return Math.Max(nameEnd, end);
    }

    private int Past(int at, Func<char, bool> belongs)
    {
        while (at < Written.Length && belongs(Written[at]))
            at++;
        return at;
    }

    private bool Starts(int at, string with) => at <= Written.Length && Written.AsSpan(at).StartsWith(with, StringComparison.Ordinal);

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c > '\x7f';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c == '$';
}

/// <summary>Where a query speaks of a parameter.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Offset">Index of the <c>@</c>, from 0.</param>
internal sealed record QueryName(string Name, int Offset);

/// <summary>What is against a query.</summary>
/// <param name="Offset">Index of the character where it stands, from 0.</param>
/// <param name="What">What stands there.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record QueryProblem(int Offset, string What, string Remedy);
