namespace ReleaseOps.Runbooks.Format;

/// <summary>What an expression may speak of.</summary>
/// <param name="Where">Where it stands: <c>the expectation of an http step</c>.</param>
/// <param name="Names">The names that exist there.</param>
internal sealed record ExpressionScope(string Where, IReadOnlyList<string> Names)
{
    /// <summary>True where the runbook's metrics are names too.</summary>
    public bool Metrics { get; init; }

    /// <summary>The names that every criterion of a step has.</summary>
    public static readonly IReadOnlyList<string> Everywhere = ["params", "release", "steps"];

    /// <summary><c>if</c>: judged before the step looks at anything.</summary>
    public static readonly ExpressionScope Condition = new("an 'if'", Everywhere);

    /// <summary>Triggers, severities and the decision tree.</summary>
    public static readonly ExpressionScope OverMetrics = new("a criterion over metrics", ["params", "release"]) { Metrics = true };

    /// <summary>The criteria of a gate: beside the metrics, what they are compared with.</summary>
    public static readonly ExpressionScope OfGate =
        new("a gate's criterion", ["control", "drift", "baseline", "change", "params", "release"]) { Metrics = true };

    /// <summary><c>${{ }}</c>.</summary>
    public static readonly ExpressionScope Template = new("${{ }}", ["params", "release", "secrets"]);

    /// <summary><c>${{ }}</c> in the status of a hotfix.</summary>
    public static readonly ExpressionScope Status = new("the status of a hotfix", ["hotfix", "params", "release"]);

    /// <summary>The criteria of a step that sees something.</summary>
    public static ExpressionScope Step(string where, params IReadOnlyList<string> seen) => new(where, [.. seen, .. Everywhere]);
}
