using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes;

internal static class LookContexts
{
    /// <summary>A context whose time-out no test reaches unless it moves the clock, or asks for less.</summary>
    internal static LookContext Plain(TimeProvider? clock = null, TimeSpan? timeout = null, string? logs = null,
        IAttendant? attendant = null) =>
        new("run-1", "step:1", timeout ?? TimeSpan.FromSeconds(60), SecretMask.None, clock ?? TimeProvider.System)
        {
            LogFolder = logs,
            Attendant = attendant,
        };
}
