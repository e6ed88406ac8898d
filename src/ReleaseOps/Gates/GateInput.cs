using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>All that a judgement rests on.</summary>
/// <param name="Look">The look at the metrics.</param>
public sealed record GateInput(Snapshot Look)
{
    /// <summary>The metrics as the runbook defines them: units, direction, noise.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Means of an earlier measurement by metric; null where the gate has none, or it can't be read.</summary>
    public IReadOnlyDictionary<string, double>? Baseline { get; init; }

    /// <summary>Why the baseline can't be read; null where it can, or none is asked for.</summary>
    public string? BaselineProblem { get; init; }

    /// <summary>The samples of each metric that is compared, by name.</summary>
    public IReadOnlyDictionary<string, SampleSet> Samples { get; init; } = new Dictionary<string, SampleSet>();

    /// <summary>The waivers of the runbook.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary><c>params</c> and <c>release</c>.</summary>
    public IReadOnlyDictionary<string, object?> Shared { get; init; } = new Dictionary<string, object?>();

    /// <summary>The runbook's file, for the place of each criterion; null to leave it out.</summary>
    public string? RunbookFile { get; init; }
}

/// <summary>What a gate came to.</summary>
/// <param name="Gate">Its name.</param>
/// <param name="Decision">Go, Hold or NoGo.</param>
/// <param name="Findings">One a criterion, in the order of the gate; those that don't decide (shadow, waived) say so and have Required false.</param>
public sealed record GateResult(string Gate, Decision Decision, IReadOnlyList<Finding> Findings)
{
    /// <summary>The score, 0 to 100; null for a gate without one.</summary>
    public double? Score { get; init; }

    /// <summary>
    /// What decided, in words, never empty: the required findings that came to what the gate did; where the score alone did, those that
    /// cost it points.
    /// </summary>
    public string Why()
    {
        var verdict = Decision.ToVerdict();
        var required = Findings.Where(f => f.Required).ToList();
        if (required.Count == 0)
            return "nothing in it decides: every criterion is a shadow, or waived";
        var deciding = required.Where(f => f.Verdict == verdict).ToList();
        if (deciding.Count == 0)
            deciding = [.. required.Where(f => f.Verdict != Verdict.Passed)];
        return deciding.Count > 0 ? string.Join("; ", deciding.Select(f => f.Text)) : "nothing that decides has a weight";
    }
}
