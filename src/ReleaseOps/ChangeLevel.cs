namespace ReleaseOps;

/// <summary>What a difference between two API descriptions means for a client of the older one; oasdiff's ERR, WARN and INFO.</summary>
public enum ChangeLevel
{
    /// <summary>A client doesn't notice.</summary>
    Info,

    /// <summary>It may break a client, depending on what the client does.</summary>
    Warning,

    /// <summary>It breaks a client that keeps to the older description.</summary>
    Breaking,
}
