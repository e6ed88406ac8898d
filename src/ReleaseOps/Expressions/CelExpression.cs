using System.Globalization;

namespace ReleaseOps.Expressions;

/// <summary>
/// A parsed CEL expression; immutable, and safe to evaluate from many threads. The language is the Common Expression Language without
/// what needs protobuf: no messages, enums, extensions.
/// </summary>
public sealed class CelExpression
{
    private readonly int _names;
    private readonly int _locals;

    private CelExpression(string source, Node root, NameScope scope, IReadOnlyList<CelError> hopeless)
    {
        Source = source;
        Root = root;
        Variables = scope.Variables;
        Hopeless = hopeless;
        _names = scope.Names;
        _locals = scope.Locals;
    }

    /// <summary>The expression as written.</summary>
    public string Source { get; }

    /// <summary>
    /// The names that it needs from outside (<c>status</c> in <c>status == 200</c>, <c>body</c> in <c>body.rows</c>), without those that
    /// a macro binds and without the names of types (<c>int</c>, <c>string</c>, <c>google.protobuf.Duration</c> ...), which always mean
    /// the types.
    /// </summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>
    /// Calls in it that can't succeed: functions that don't exist, or not with that many arguments. CEL makes them errors of the evaluation
    /// (<c>nothing() || true</c> is true); who checks a runbook can report them before it runs.
    /// </summary>
    public IReadOnlyList<CelError> Hopeless { get; }

    internal Node Root { get; }

    /// <summary>The numbers written out that a name is compared with: 0.5 in <c>error_rate &gt; 0.5 || error_rate == 0.5</c>, each once.</summary>
    /// <param name="name">The name.</param>
    public IReadOnlyList<double> LimitsOf(string name)
    {
        var limits = new List<double>();
        var left = new Stack<Node>([Root]);
        while (left.TryPop(out var node))
        {
            if (node is CompareNode compare)
                limits.AddRange(new[] { (compare.Left, compare.Right), (compare.Right, compare.Left) }
                    .Where(side => side.Item1 is VariableNode variable && variable.Name == name)
                    .Select(side => (side.Item2 as LiteralNode)?.Value).OfType<Value>().Where(v => v.Kind is Kind.Double or Kind.Int)
                    .Select(v => v.Kind == Kind.Double ? v.AsDouble : v.AsInt));
            foreach (var child in node.Children)
                left.Push(child);
        }
        return [.. limits.Distinct()];
    }

    /// <summary>Parses an expression; null and the error where it doesn't parse.</summary>
    /// <param name="source">The expression: at most 32 Ki characters, nested at most 64 deep.</param>
    /// <param name="error">
    /// What is wrong and at which column: ExpressionSyntax, or BadPattern for a regular expression written out in it.
    /// </param>
    public static CelExpression? TryParse(string source, out CelError? error) => TryParse(source, "", out error);

    internal static CelExpression? TryParse(string source, string container, out CelError? error)
    {
        ArgumentNullException.ThrowIfNull(source);
        var scope = new NameScope(container);
        var root = Parser.Parse(source, scope, out var hopeless, out error);
        return root is null ? null : new CelExpression(source, root, scope, hopeless);
    }

    /// <summary>
    /// Evaluates it over plain values: null, bool, the integer types, float, double, decimal, string, byte[], ReadOnlyMemory&lt;byte&gt;,
    /// TimeSpan,
    /// DateTimeOffset, JsonElement (its numbers are doubles; of a name that stands twice in an object, the last one counts), lists, and
    /// dictionaries with keys that are strings, integers or bools. Never throws for what the expression or the values hold. It costs a
    /// bounded number of steps; more is ExpressionTooCostly.
    /// </summary>
    /// <param name="variables">The values by name. A name may have points in it (<c>x.y</c>); the longest one that fits counts.</param>
    public CelResult Evaluate(IReadOnlyDictionary<string, object?> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var frame = NewFrame(variables);
        var value = Run(frame, Root);
        return value.IsError ? new CelResult(null, value.AsError) : new CelResult(Border.ToPlain(value), null);
    }

    internal Frame NewFrame(IReadOnlyDictionary<string, object?> variables) => new(variables, _names, _locals);

    /// <summary>
    /// Evaluates a part of it. The values come from outside, so whatever reading them throws is an error of this evaluation.
    /// </summary>
    internal static Value Run(Frame frame, Node node)
    {
        Value value;
        try
        {
            value = node.Evaluate(frame);
        }
#pragma warning disable CA1031 // A list or dictionary from outside may throw anything; a criterion on it is Inconclusive, never a crash.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return node.Fail($"a value can't be read: {CelText.Shorten(e.Message, 200)}");
        }
        if (!frame.Exhausted)
            return value;
        var problem = $"this costs more than {Frame.Steps / 1_000_000} million steps";
        return Value.Of(CelError.At(ErrorId.ExpressionTooCostly, problem, node.Span.Column));
    }
}

/// <summary>What an evaluation came to: a value, or an error. A list or map in it isn't for several threads at once.</summary>
/// <param name="Value">
/// The value; null is a value too. It is one of: bool, long, ulong, double, string, byte[], <see cref="CelDuration"/>, <see
/// cref="CelTimestamp"/>,
/// <see cref="CelType"/>, IReadOnlyList&lt;object?&gt;, IReadOnlyDictionary&lt;object, object?&gt; (keys long, ulong, bool or string).
/// </param>
/// <param name="Error">The error; null where there is a value.</param>
public readonly record struct CelResult(object? Value, CelError? Error);

/// <summary>Why an expression has no value.</summary>
/// <param name="Id">ExpressionSyntax, BadPattern, ExpressionFailed or ExpressionTooCostly.</param>
/// <param name="Message">What is wrong and what was expected, in a sentence that begins with the column.</param>
/// <param name="Column">Where in the expression, from 1, in characters.</param>
public sealed record CelError(ErrorId Id, string Message, int Column)
{
    internal static readonly CelError Unset = new(ErrorId.Internal, "a value that nobody set", 1);

    internal static CelError At(ErrorId id, string problem, int column) =>
        new(id, CelText.Visible(string.Create(CultureInfo.InvariantCulture, $"column {column}: {problem}")), column);
}
