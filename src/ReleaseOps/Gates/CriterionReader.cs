using System.Globalization;
using ReleaseOps.Expressions;

namespace ReleaseOps.Gates;

/// <summary>Why a criterion came out as it did: the sentence, and the values that decided.</summary>
/// <param name="Text">"status 503 is not == 200".</param>
/// <param name="Observed">"503".</param>
internal readonly record struct Reading(string Text, string Observed);

/// <summary>Reads a judged criterion back as a sentence with the values in it.</summary>
internal sealed class CriterionReader(CelExpression expression, Frame frame, IReadOnlyDictionary<string, string>? units)
{
    /// <summary>The most characters of an observed value.</summary>
    public const int MaxValue = 200;

    private const int MaxLabel = 80;
    private const int MaxSide = 100;
    private const int MaxDepth = 20;

    /// <summary>Why the criterion has that value; only that it has it, where reading the values once more fails.</summary>
    public Reading TryRead(Node root, bool value)
    {
        try
        {
            return Read(root, value, 0);
        }
#pragma warning disable CA1031 // Values from outside may throw anything, and the verdict stands already.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return Bare(root, value);
        }
    }

    private Reading Read(Node node, bool value, int depth) => node switch
    {
        _ when depth > MaxDepth => Bare(node, value),
        CompareNode compare => Compared(compare, value),
        InNode among => Sides(among.Item, "in", among.Among, value),
        LogicNode logic => Joined(logic, value, depth + 1),
        NotNode not when not.Inverts => Inverted(not, value, depth + 1),
        NotNode not => Read(not.Operand, value, depth + 1),
        ConditionalNode choice => Read(Run(choice.Condition).IsTrue ? choice.Yes : choice.No, value, depth + 1),
        QuantifierNode quantifier => Quantified(quantifier, value, depth + 1),
        CallNode { Receiver: { } receiver } => Bare(node, value) with { Observed = Shown(Run(receiver)) },
        MatchNode match => Bare(node, value) with { Observed = Shown(Run(match.Text)) },
        _ => Bare(node, value),
    };

    /// <summary>A part as it stands in a sentence: on one line, shortened, a macro's inside left out.</summary>
    public string Label(Node node)
    {
        if (node is MacroNode macro)
            return $"{Label(macro.Range)}.{macro.Name}(...)";
        var words = expression.Source[node.Span.Start..node.Span.End].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return CelText.Shorten(CelText.Visible(string.Join(' ', words)), MaxLabel);
    }

    /// <summary>Which side of a comparison is NaN.</summary>
    public string NaNIn(CompareNode compare) =>
        Run(compare.Left).IsNaN ? Label(compare.Left) : Run(compare.Right).IsNaN ? Label(compare.Right) : $"a side of {Label(compare)}";

    private Value Run(Node node) => CelExpression.Run(frame, node);

    private Reading Bare(Node node, bool value)
    {
        var word = value ? "true" : "false";
        return new Reading($"{Label(node)} is {word}", word);
    }

    private Reading Compared(CompareNode compare, bool value)
    {
        var reading = Sides(compare.Left, compare.Symbol, compare.Right, value);
        var (left, right) = (Run(compare.Left), Run(compare.Right));
        // Equality across types is no error in CEL, but seldom what was meant.
        var differ = compare.Relation <= Relation.NotEqual && left.Kind != right.Kind && !(left.IsNumber && right.IsNumber)
            && left.Kind is not (Kind.Null or Kind.Error) && right.Kind is not (Kind.Null or Kind.Error);
        if (!differ)
            return reading;
        var types = $"values of the types {CelType.Of(left.Kind)} and {CelType.Of(right.Kind)} are never equal";
        return reading with { Text = $"{reading.Text} ({types})" };
    }

    private Reading Sides(Node left, string symbol, Node right, bool value)
    {
        var unit = UnitOf(left) ?? UnitOf(right) ?? "";
        var observed = new[] { left, right }.Where(side => side is not LiteralNode).Select(Observed).ToArray();
        var text = $"{Side(left, unit)} is {(value ? "" : "not ")}{symbol} {Side(right, unit)}";
        return new Reading(text, observed.Length == 0 ? (value ? "true" : "false") : string.Join(", ", observed));
    }

    private string Observed(Node side)
    {
        var value = Run(side);
        return Shown(value) + (value.IsNumber && UnitOf(side) is { Length: > 0 } unit ? " " + unit : "");
    }

    private string? UnitOf(Node node) => node switch
    {
        VariableNode variable => units?.GetValueOrDefault(variable.Name),
        SelectNode { Operand: VariableNode map } field => units?.GetValueOrDefault($"{map.Name}.{field.Field}"),
        _ => null,
    };

    /// <summary>A side with its value, and its unit where it has one, or stands against a side that has.</summary>
    private string Side(Node node, string unit)
    {
        var value = Run(node);
        var own = UnitOf(node) ?? (node is LiteralNode or VariableNode ? unit : "");
        var mark = own.Length > 0 && value.IsNumber ? " " + own : "";
        if (node is LiteralNode)
            return Label(node) + mark;
        var shown = CelText.Shorten(Readable(value), MaxSide) + mark;
        return node is ArithmeticNode or ConditionalNode or LogicNode or CompareNode ? $"{Label(node)} ({shown})"
            : node is ListNode or MapNode ? shown
            : $"{Label(node)} {shown}";
    }

    /// <summary>
    /// A measured number to six digits, for a sentence; the finding's observed value has all of them. One that would round to a number of few
    /// digits gets ten: 0.49999999 must not read as the 0.5 that it is compared with, and 4.749999999999999 is 4.75 to anybody but a computer.
    /// </summary>
    private static string Readable(in Value value)
    {
        if (value.Kind != Kind.Double || !double.IsFinite(value.AsDouble))
            return Shown(value);
        var rounded = value.AsDouble.ToString("G6", CultureInfo.InvariantCulture);
        if (rounded.Count(char.IsAsciiDigit) < 6)
            rounded = value.AsDouble.ToString("G10", CultureInfo.InvariantCulture);
        return rounded.Contains('E', StringComparison.Ordinal) || double.IsInteger(value.AsDouble) ? Shown(value) : rounded;
    }

    private static string Shown(in Value value) =>
        value.Kind == Kind.String ? CelText.Write(value, MaxValue) : CelText.Shorten(CelText.Plain(value, MaxValue), MaxValue);

    private Reading Joined(LogicNode logic, bool value, int depth)
    {
        // All of them had a part in it where && is true or || is false; else those that decided.
        var all = logic.IsAnd == value;
        var deciding = logic.Operands.Where(operand => all || Decides(operand, value)).Take(10);
        var readings = deciding.Select(operand => Read(operand, value, depth)).ToArray();
        return readings.Length == 0
            ? Bare(logic, value)
            : new Reading(string.Join("; ", readings.Select(r => r.Text)), string.Join(", ", readings.Select(r => r.Observed)));
    }

    private bool Decides(Node operand, bool value)
    {
        var own = Run(operand);
        return value ? own.IsTrue : own.IsFalse;
    }

    private Reading Inverted(NotNode not, bool value, int depth)
    {
        var inner = Read(not.Operand, !value, depth);
        return not.Operand is CompareNode or LogicNode or InNode
            ? inner with { Text = $"{Label(not)} is {(value ? "true" : "false")}: {inner.Text}" }
            : inner;
    }

    private Reading Quantified(QuantifierNode quantifier, bool value, int depth)
    {
        var range = Run(quantifier.Range);
        var items = range.Kind switch { Kind.List => range.AsList.Items, Kind.Map => range.AsMap.KeyValues, _ => [] };
        var bare = Bare(quantifier, value);
        var count = items.Length.ToString(CultureInfo.InvariantCulture) + (items.Length == 1 ? " item" : " items");
        var at = quantifier.IsAll == value ? -1 : quantifier.Decisive(frame, items);
        if (at < 0)
            return new Reading($"{bare.Text} ({count})", count);
        var place = range.Kind == Kind.Map ? CelText.Write(items[at], 40) : at.ToString(CultureInfo.InvariantCulture);
        var inner = Read(quantifier.Predicate, value, depth);
        return inner with { Text = $"{bare.Text}: at [{place}], {inner.Text}" };
    }
}
