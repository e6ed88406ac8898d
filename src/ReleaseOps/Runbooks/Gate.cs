namespace ReleaseOps.Runbooks;

/// <summary>A named list of criteria that comes to a decision.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Criteria">Its criteria, in order.</param>
public sealed record Gate(string Name, IReadOnlyList<GateCriterion> Criteria)
{
    /// <summary>
    /// The score, 0 to 100, from which it passes; null where every criterion must pass. Kayenta's default is 95.
    /// </summary>
    public double? Pass { get; init; }

    /// <summary>The score below <see cref="Pass"/> from which it holds instead of failing; <see cref="Pass"/> itself unless told otherwise.</summary>
    public double? Marginal { get; init; }

    /// <summary>The file of an earlier measurement that <c>baseline</c> and <c>change</c> speak of; null for none.</summary>
    public Template? Baseline { get; init; }
}

/// <summary>One criterion of a gate: an expression, or a comparison of samples.</summary>
/// <param name="Name">What it is called, unique in its gate; the expression itself where it has no name.</param>
public sealed record GateCriterion(string Name)
{
    /// <summary>What must hold; null for a comparison.</summary>
    public Criterion? Expect { get; init; }

    /// <summary>The comparison of a metric with its control; null for an expression.</summary>
    public SampleComparison? Compare { get; init; }

    /// <summary>How much it counts in the score; 1 unless told otherwise.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The group that it counts in; groups weigh what their criteria weigh together.</summary>
    public string? Group { get; init; }

    /// <summary>True where its failure fails the gate whatever the score.</summary>
    public bool Key { get; init; }

    /// <summary>True where it is measured and shown, and doesn't decide.</summary>
    public bool Shadow { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public Position At { get; init; }

    /// <summary>The expression, or the comparison in words.</summary>
    public override string ToString() => Expect?.ToString() ?? $"{Compare!.Metric} is no worse than its control";
}

/// <summary>
/// A comparison of two sets of samples by the Mann-Whitney U test, as Kayenta defines it (netflix-kayenta, MannWhitneyClassifier).
/// </summary>
/// <param name="Metric">The metric; it must have a control.</param>
public sealed record SampleComparison(string Metric)
{
    /// <summary>Share of the Hodges-Lehmann estimate that is no difference; Kayenta's 0.25 unless told otherwise.</summary>
    public double Tolerance { get; init; } = 0.25;

    /// <summary>The confidence level in percent; Kayenta's 98 unless told otherwise.</summary>
    public double Confidence { get; init; } = 98;
}

/// <summary>A person's leave to go on although a criterion didn't pass.</summary>
/// <param name="Gate">Name of the gate.</param>
/// <param name="Criterion">Name of the criterion.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Until">When it ends, UTC; from then on it is void.</param>
public sealed record Waiver(string Gate, string Criterion, string Reason, string By, DateTimeOffset Until);
