namespace ReleaseOps.Probes.Metrics;

/// <summary>A row of times: <c>Count</c> of them, from the first on, a step apart.</summary>
/// <param name="From">The first.</param>
/// <param name="Step">From one to the next.</param>
/// <param name="Count">How many.</param>
internal readonly record struct TimeRow(DateTimeOffset From, TimeSpan Step, int Count)
{
    /// <summary>The n-th time, from 0.</summary>
    internal DateTimeOffset At(int n) => From + n * Step;
}
