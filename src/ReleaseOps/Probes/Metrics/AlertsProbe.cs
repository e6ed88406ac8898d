namespace ReleaseOps.Probes;

/// <summary>Looks at alerts: alerts, firing, pending, silenced.</summary>
internal static class AlertsProbe
{
    internal static Task<Observation> LookAsync(AlertsLook look, LookContext context, CancellationToken cancellation) => throw new NotImplementedException();
}
