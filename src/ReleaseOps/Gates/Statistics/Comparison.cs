namespace ReleaseOps.Gates;

/// <summary>What a comparison of samples came to. The zero value is Nodata: what nobody compared is unknown.</summary>
public enum Classification
{
    /// <summary>One side has no points, or both have too few to tell anything at that confidence.</summary>
    Nodata = 0,
    /// <summary>No difference in the bad direction, or none beyond the tolerance.</summary>
    Pass,
    /// <summary>What is judged lies above what it is compared with.</summary>
    High,
    /// <summary>What is judged lies below what it is compared with.</summary>
    Low,
}

/// <summary>A comparison of two sets of samples, with its numbers.</summary>
/// <param name="Classification">What it came to.</param>
/// <param name="Text">A sentence with the arithmetic.</param>
public sealed record Comparison(Classification Classification, string Text)
{
    /// <summary>
    /// By how much what is judged lies above what it is compared with (Hodges-Lehmann), in the values' unit; null for Nodata.
    /// </summary>
    public double? Estimate { get; init; }

    /// <summary>Lower end of the confidence interval of the estimate; null for Nodata.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of the confidence interval of the estimate; null for Nodata.</summary>
    public double? Upper { get; init; }

    /// <summary>A difference up to this is none: the tolerance times the estimate, or the metric's noise where that is more.</summary>
    public double? Band { get; init; }

    /// <summary>The two-sided p-value, 0 to 1; null for Nodata.</summary>
    public double? PValue { get; init; }

    /// <summary>How many points there are of what it is compared with.</summary>
    public int ControlSamples { get; init; }

    /// <summary>How many points there are of what is judged.</summary>
    public int ExperimentSamples { get; init; }

    /// <summary>How many values were left out on both sides because they are no finite numbers.</summary>
    public int LeftOut { get; init; }

    /// <summary>True below 50 points on either side, the least that Kayenta recommends.</summary>
    public bool SmallSample { get; init; }
}
