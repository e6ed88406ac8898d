namespace ReleaseOps.Runbooks;

/// <summary>What kind of server a source is.</summary>
public enum SourceKind
{
    /// <summary>The Prometheus HTTP API: Prometheus, Thanos, Mimir, VictoriaMetrics.</summary>
    Prometheus,
    /// <summary>The Alertmanager API, version 2.</summary>
    Alertmanager,
    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}

/// <summary>Where metrics, alerts or rows come from.</summary>
/// <param name="Name">Its name: <c>prometheus</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its URL; for PostgreSQL a connection string without a password.</param>
public sealed record Source(string Name, SourceKind Kind, Template Address)
{
    /// <summary>A bearer token, a secret; null for none.</summary>
    public Template? Token { get; init; }

    /// <summary>The user of basic authentication; null for none.</summary>
    public Template? User { get; init; }

    /// <summary>The password that goes with <see cref="User"/>, or the database's, a secret; null for none.</summary>
    public Template? Password { get; init; }

    /// <summary>How long one query may take; 30 s unless told otherwise.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
