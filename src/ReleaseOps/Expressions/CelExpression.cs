namespace ReleaseOps.Expressions;

/// <summary>A parsed CEL expression; immutable, and safe to evaluate from many threads.</summary>
public sealed class CelExpression
{
    private CelExpression(string source) => Source = source;

    /// <summary>The expression as written.</summary>
    public string Source { get; }

    /// <summary>The names that it needs from outside (<c>status</c> in <c>status == 200</c>), without those that a macro binds.</summary>
    public IReadOnlySet<string> Variables => throw new NotSupportedException();

    /// <summary>Parses an expression; null and the error where it doesn't parse.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="error">What is wrong and at which column.</param>
    public static CelExpression? TryParse(string source, out CelError? error)
    {
        error = null;
        return new CelExpression(source);
    }

    /// <summary>
    /// Evaluates it over plain values: null, bool, long, int, ulong, double, string, byte[], TimeSpan, DateTimeOffset, JsonElement,
    /// IReadOnlyList&lt;object?&gt;, IReadOnlyDictionary&lt;string, object?&gt;. Never throws for what the expression or the values hold.
    /// </summary>
    /// <param name="variables">The values by name.</param>
    public CelResult Evaluate(IReadOnlyDictionary<string, object?> variables) => throw new NotSupportedException();
}

/// <summary>What an evaluation came to: a value, or an error.</summary>
/// <param name="Value">The value, of the plain types; null is a value too.</param>
/// <param name="Error">The error; null where there is a value.</param>
public readonly record struct CelResult(object? Value, CelError? Error);

/// <summary>Why an expression has no value.</summary>
/// <param name="Id">ExpressionSyntax, ExpressionFailed or ExpressionTooCostly.</param>
/// <param name="Message">What is wrong and what was expected, in a sentence.</param>
/// <param name="Column">Where in the expression, from 1.</param>
public sealed record CelError(ErrorId Id, string Message, int Column);
