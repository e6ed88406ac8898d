namespace ReleaseOps.PowerShell;

/// <summary>What a criterion said when it was tried.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Value">Its value; null where it has an error, and where null is its value.</param>
/// <param name="Type">The value's type in the criteria language (bool, int, double, string, list, map ...); null where it has an error.</param>
/// <param name="Error">Why it has no value; null where it has one.</param>
/// <param name="ErrorId">Which error: ExpressionSyntax, ExpressionFailed or ExpressionTooCostly.</param>
/// <param name="Column">Where in the expression the error is, from 1.</param>
public sealed record CriterionTrial(string Expression, object? Value, string? Type, string? Error, ErrorId? ErrorId, int? Column);
