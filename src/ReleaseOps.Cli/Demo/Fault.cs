namespace ReleaseOps.Cli.Demo;

/// <summary>What can be wrong with the sample service.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>/ready answers 503.</summary>
    Ready,
    /// <summary>A row of /aris3/stock whose total isn't rfid + pending.</summary>
    Stock,
    /// <summary>/aris3/reports/overview takes three seconds.</summary>
    Slow,
    /// <summary>/aris3/exports answers JSON that is cut off.</summary>
    Exports,
    /// <summary>A deployment is accepted, and the old version goes on running.</summary>
    Deploy,
    /// <summary>In a rollout: from a quarter of the traffic on, eight of a hundred answers of the new version are 500; in a watch after a few seconds.</summary>
    Errors,
    /// <summary>In a rollout: from a quarter of the traffic on, a tenth of the new version's answers takes 150 ms; in a watch after a few seconds.</summary>
    Latency,
}
