namespace ReleaseOps;

/// <summary>What a gate or a run says about going on. The zero value is <see cref="Hold"/>: nothing known, nothing allowed.</summary>
public enum Decision
{
    /// <summary>Something required is Inconclusive, or was left out: a person has to look.</summary>
    Hold = 0,

    /// <summary>Everything required passed.</summary>
    Go = 1,

    /// <summary>Something required Failed.</summary>
    NoGo = 2,
}
