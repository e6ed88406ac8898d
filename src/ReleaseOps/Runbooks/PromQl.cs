namespace ReleaseOps.Runbooks;

/// <summary>A vector selector of a query: a name, matchers, or both.</summary>
/// <param name="Text">As written, without range and offset.</param>
internal sealed record PromQlSelector(string Text)
{
    /// <summary>How far back it is read: its range and those of the subqueries around it; zero for an instant selector.</summary>
    public TimeSpan Range { get; init; }

    /// <summary>True where it is read at another time, by <c>offset</c> or <c>@</c>, its own or that of a subquery around it.</summary>
    public bool IsMoved { get; init; }
}

/// <summary>Something in a query that is allowed, and probably not meant.</summary>
/// <param name="Message">What it is.</param>
/// <param name="Hint">What to write instead.</param>
internal sealed record PromQlWarning(string Message, string Hint);

/// <summary>
/// Sees as much of a PromQL query as it takes to ask how old its samples are, and to warn of the usual mistakes. It doesn't tell whether
/// a query is valid; the server does. (A dialect's own words may be taken for names; asking about such a name finds nothing.)
/// </summary>
internal sealed class PromQl
{
    // Nested deeper than this it is read flat: every selector is still found.
    private const int Deepest = 50;

    private const int MostChanges = 2000;

    /// <summary>Taken where a range can't be read (an expression, a dialect's own unit).</summary>
    private static readonly TimeSpan UnreadRange = TimeSpan.FromHours(1);

    private static readonly HashSet<string> Aggregations = new(StringComparer.OrdinalIgnoreCase)
    {
        "sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "count_values", "quantile", "any", "distinct", "median", "mode", "sum2", "geomean",
    };

    // They choose among series and keep their labels.
    private static readonly HashSet<string> Choices = new(StringComparer.OrdinalIgnoreCase) { "topk", "bottomk", "limitk", "limit_ratio" };

    private static readonly HashSet<string> Rates = new(StringComparer.Ordinal) { "rate", "irate", "increase", "delta", "idelta", "deriv" };

    private static readonly HashSet<string> Bare = new(StringComparer.Ordinal) { "time", "scalar", "pi" };

    private static readonly HashSet<string> SetOperators = new(StringComparer.OrdinalIgnoreCase) { "and", "or", "unless", "default", "if", "ifnot" };

    private static readonly HashSet<string> Symbols = new(StringComparer.Ordinal) { "+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=" };

    private readonly List<PromQlToken> _tokens;
    private readonly List<PromQlSelector> _selectors = [];
    private readonly List<PromQlWarning> _warnings = [];
    private readonly string _text;
    private readonly bool _isReduced;
    private int _at;
    private int _depth;
    private int _changes;

    private PromQl(string text, bool isReduced)
    {
        _text = text;
        _isReduced = isReduced;
        _tokens = PromQlLexer.Run(text);
        while (Now.Kind != PromQlTokenKind.End)
        {
            var before = _at;
            Expression();
            if (_at == before)
                _at++;
        }
    }

    /// <summary>What an operand is made of.</summary>
    private enum Shape
    {
        /// <summary>A number, or something that can't be told.</summary>
        Number,
        /// <summary>Aggregated: it has the labels that the query chose, or none.</summary>
        Aggregated,
        /// <summary>A vector with all the labels of its series.</summary>
        Plain,
    }

    private PromQlToken Now => _tokens[_at];

    private PromQlToken Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>The vector selectors of a query, in order, each as often as it stands there.</summary>
    internal static IReadOnlyList<PromQlSelector> Selectors(string text) => new PromQl(text, isReduced: true)._selectors;

    /// <summary>What is probably not meant. <c>${{ }}</c> may stand in the text.</summary>
    /// <param name="text">The query.</param>
    /// <param name="isReduced">True where several series are expected.</param>
    internal static IReadOnlyList<PromQlWarning> Warnings(string text, bool isReduced) =>
        [.. new PromQl(text, isReduced)._warnings.DistinctBy(w => w.Message)];

    private (Shape Shape, bool HasRange) Expression()
    {
        var left = Operand();
        while (Operator() is { } symbol)
        {
            var matched = Matching();
            var right = Operand();
            if (!matched && left.Shape == Shape.Plain && right.Shape == Shape.Plain && !SetOperators.Contains(symbol))
                WarnOfLabels(symbol);
            left = (left.Shape > right.Shape ? left.Shape : right.Shape, false);
        }
        return left;
    }

    private string? Operator()
    {
        var isOperator = (Now.Kind == PromQlTokenKind.Symbol && Symbols.Contains(Now.Text))
            || (Now.Kind == PromQlTokenKind.Word && (SetOperators.Contains(Now.Text) || Now.IsWord("atan2")));
        return isOperator ? _tokens[_at++].Text : null;
    }

    /// <summary>Reads past <c>bool on (...) group_left (...)</c>; true where the labels that match are said.</summary>
    private bool Matching()
    {
        var said = false;
        while (Now.IsWord("bool") || Now.IsWord("on") || Now.IsWord("ignoring") || Now.IsWord("group_left") || Now.IsWord("group_right"))
        {
            var names = !Now.IsWord("bool");
            said |= names;
            _at++;
            if (names)
                SkipList();
        }
        return said;
    }

    private (Shape Shape, bool HasRange) Operand()
    {
        while (Now.Is("-") || Now.Is("+"))
            _at++;
        var first = _selectors.Count;
        var shape = Primary();
        var hasRange = false;
        while (true)
        {
            if (Now.Kind == PromQlTokenKind.Range)
            {
                hasRange = true;
                var range = RangeOf(Now.Text);
                Change(first, s => s with { Range = s.Range + range });
                _at++;
            }
            else if (Now.IsWord("offset") || Now.Is("@"))
            {
                Change(first, s => s with { IsMoved = true });
                _at++;
                while (Now.Is("-") || Now.Is("+"))
                    _at++;
                // A duration, a time, or start() and end().
                if (Now.Kind is PromQlTokenKind.Number or PromQlTokenKind.Hole or PromQlTokenKind.Word)
                    _at++;
                if (Now.Is("("))
                    SkipList();
            }
            else if (Now.IsWord("keep_metric_names"))
                _at++;
            else
                return (shape, hasRange);
        }
    }

    private Shape Primary()
    {
        var token = Now;
        switch (token.Kind)
        {
            case PromQlTokenKind.Number or PromQlTokenKind.Text:
                _at++;
                return Shape.Number;
            case PromQlTokenKind.Symbol when token.Is("("):
                return _depth < Deepest ? Group() : Skip();
            case PromQlTokenKind.Matchers:
                return Selector();
            // A parameter alone may be anything.
            case PromQlTokenKind.Hole:
                return Following.Kind is PromQlTokenKind.Matchers or PromQlTokenKind.Range ? Selector() : Skip();
            case PromQlTokenKind.Word when Following.Is("(") || ((Aggregations.Contains(token.Text) || Choices.Contains(token.Text)) && IsGrouping(Following)):
                return Call(token);
            case PromQlTokenKind.Word when token.IsWord("inf") || token.IsWord("nan"):
                return Skip();
            case PromQlTokenKind.Word:
                return Selector();
            default:
                return Shape.Number;
        }
    }

    private Shape Skip()
    {
        _at++;
        return Shape.Number;
    }

    private Shape Selector()
    {
        var start = Now.Start;
        if (Now.Kind != PromQlTokenKind.Matchers && Following.Kind == PromQlTokenKind.Matchers)
            _at++;
        _selectors.Add(new PromQlSelector(_text[start..Now.End]));
        _at++;
        return Shape.Plain;
    }

    /// <summary>What stands between parentheses: the widest of its arguments.</summary>
    private Shape Group() => Arguments().Select(a => a.Shape).DefaultIfEmpty().Max();

    private List<(Shape Shape, bool HasRange)> Arguments()
    {
        var arguments = new List<(Shape, bool)>();
        _at++;
        _depth++;
        while (Now.Kind != PromQlTokenKind.End && !Now.Is(")"))
        {
            var before = _at;
            arguments.Add(Expression());
            if (Now.Is(",") || _at == before)
                _at++;
        }
        _depth--;
        if (Now.Is(")"))
            _at++;
        return arguments;
    }

    private Shape Call(PromQlToken function)
    {
        var isAggregation = Aggregations.Contains(function.Text);
        _at++;
        SkipGrouping();
        if (!Now.Is("(") || _depth >= Deepest)
            return Skip();
        var arguments = Arguments();
        if (isAggregation || Choices.Contains(function.Text))
            SkipGrouping();
        var widest = arguments.Select(a => a.Shape).DefaultIfEmpty().Max();
        // A parameter may bring the range with it.
        if (Rates.Contains(function.Text) && arguments is [(Shape.Plain, false)]
            && !_text.AsSpan(function.Start, Now.Start - function.Start).Contains("${{", StringComparison.Ordinal))
        {
            _warnings.Add(new PromQlWarning($"{function.Text}() of something without a range",
                $"write {function.Text}(name[5m])"));
        }
        if (function.Text == "histogram_quantile" && !_isReduced && arguments is [_, (Shape.Plain, _)])
        {
            _warnings.Add(new PromQlWarning("histogram_quantile() of buckets that aren't aggregated: one quantile for each label set",
                "write histogram_quantile(0.95, sum by (le) (rate(name_bucket[5m])))"));
        }
        return isAggregation || function.Text is "vector" or "absent" or "absent_over_time" ? Shape.Aggregated
            : Bare.Contains(function.Text) ? Shape.Number
            : widest;
    }

    private static bool IsGrouping(PromQlToken token) => token.IsWord("by") || token.IsWord("without");

    private void SkipGrouping()
    {
        if (!IsGrouping(Now))
            return;
        _at++;
        SkipList();
    }

    /// <summary>Skips names of labels in parentheses.</summary>
    private void SkipList()
    {
        if (!Now.Is("("))
            return;
        while (Now.Kind != PromQlTokenKind.End && !Now.Is(")"))
            _at++;
        if (Now.Is(")"))
            _at++;
    }

    private void Change(int first, Func<PromQlSelector, PromQlSelector> change)
    {
        // No query has more of them, and each costs a look at all that it applies to.
        if (_changes++ > MostChanges)
            return;
        for (var i = first; i < _selectors.Count; i++)
            _selectors[i] = change(_selectors[i]);
    }

    private void WarnOfLabels(string symbol) => _warnings.Add(symbol == "/"
        ? new PromQlWarning("this divides label set by label set: with different labels on both sides it is never the ratio of the two",
            "write sum(...) / sum(...), or say on (...) or ignoring (...) where the labels are meant to match")
        : new PromQlWarning($"'{symbol}' between two vectors goes label set by label set",
            $"write sum(...) {symbol} sum(...), or say on (...) or ignoring (...) where the labels are meant to match"));

    /// <summary>The length of <c>[5m]</c> or of the subquery <c>[1h:1m]</c>.</summary>
    private static TimeSpan RangeOf(string brackets)
    {
        var text = brackets.Trim('[', ']').Split(':')[0].Trim();
        var total = TimeSpan.Zero;
        for (var at = 0; at < text.Length;)
        {
            var digits = at;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                digits++;
            var letters = digits;
            while (letters < text.Length && char.IsAsciiLetter(text[letters]))
                letters++;
            double? unit = text[digits..letters] switch
            {
                "ms" => 0.001,
                "s" or "" => 1,
                "m" => 60,
                "h" => 3600,
                "d" => 86400,
                "w" => 7 * 86400,
                "y" => 365 * 86400,
                _ => null,
            };
            if (digits == at || digits - at > 9 || unit is null)
                return UnreadRange;
            total += TimeSpan.FromSeconds(Math.Min(int.Parse(text.AsSpan(at, digits - at), System.Globalization.CultureInfo.InvariantCulture) * unit.Value, 1e10));
            at = letters;
        }
        return total;
    }
}
