namespace ReleaseOps.Probes;

/// <summary>Asks a PostgreSQL database in a read-only transaction: rows, row_count, value, columns, truncated.</summary>
internal static class SqlProbe
{
    internal static Task<Observation> LookAsync(SqlLook look, LookContext context, CancellationToken cancellation) => throw new NotImplementedException();
}
