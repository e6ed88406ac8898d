using ReleaseOps.Expressions;

namespace ReleaseOps.Runbooks;

/// <summary>One thing to look at or do. A step that says what it <see cref="Changes"/> is an action; any other is a check.</summary>
/// <param name="Id">Unique in its runbook.</param>
/// <param name="Work">What it does.</param>
public sealed record Step(string Id, StepWork Work)
{
    /// <summary>Default of <see cref="Timeout"/>: five minutes.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>One line for people; null where the id says it.</summary>
    public string? Title { get; init; }

    /// <summary>What must hold of what was seen, in the order written.</summary>
    public IReadOnlyList<Criterion> Expect { get; init; } = [];

    /// <summary>What this step changes ("production schema"); null for a check.</summary>
    public Template? Changes { get; init; }

    /// <summary>True where it changes something.</summary>
    public bool IsAction => Changes is not null;

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Further tries after one that didn't pass; null for none.</summary>
    public Retry? Retry { get; init; }

    /// <summary>False where its verdict is shown but doesn't decide.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Run only where this is true; null for always.</summary>
    public Criterion? If { get; init; }

    /// <summary>Ids of the steps that must have finished first, and none of them badly.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>The role that it takes to run it or attest it.</summary>
    public string? Role { get; init; }

    /// <summary>The role that must approve it before it is done; null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>True where repeating it does no harm.</summary>
    public bool Idempotent { get; init; }

    /// <summary>How to tell whether it took effect; null where nobody said.</summary>
    public Verification? Verify { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public Position At { get; init; }
}

/// <summary>How to tell whether an action took effect, after a crash between doing it and recording it.</summary>
/// <param name="Work">The look.</param>
/// <param name="Expect">What holds when the action took effect.</param>
public sealed record Verification(StepWork Work, IReadOnlyList<Criterion> Expect);

/// <summary>Further tries after one that didn't pass.</summary>
/// <param name="Times">How many more; 1 to 100.</param>
/// <param name="Delay">The wait before each.</param>
public sealed record Retry(int Times, TimeSpan Delay);

/// <summary>An expression of the runbook with its place.</summary>
/// <param name="Expression">The parsed expression.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record Criterion(CelExpression Expression, Position At)
{
    /// <summary>The expression as written.</summary>
    public override string ToString() => Expression.Source;
}
