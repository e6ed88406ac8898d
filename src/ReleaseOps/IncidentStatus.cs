namespace ReleaseOps;

/// <summary>How far people are with an incident. The order is the way that an incident goes.</summary>
public enum IncidentStatus
{
    /// <summary>Known, and looked into.</summary>
    Investigating,
    /// <summary>The cause is known well enough that something is being done about it.</summary>
    Mitigating,
    /// <summary>Something was done, and it is watched whether it holds.</summary>
    Monitoring,
    /// <summary>Over.</summary>
    Resolved,
}
