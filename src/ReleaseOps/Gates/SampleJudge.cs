using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges a gate's comparison of samples.</summary>
internal static class SampleJudge
{
    public static Finding Judge(GateCriterion criterion, GateInput input) => throw new NotImplementedException($"{criterion}{input}");
}
