using System.Globalization;

namespace ReleaseOps.Probes;

/// <summary>
/// Asks a PostgreSQL database one query in a read-only transaction that is always rolled back: rows, row_count, value, columns, truncated.
/// Nothing of Npgsql stands here, so that it is loaded only where a database is really asked.
/// </summary>
internal static class SqlProbe
{
    // A look that is given up must not leave its query running: the server is told, and gets this long to hear it.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    /// <summary>Asks the query.</summary>
    /// <param name="look">The database, the query and the parameters.</param>
    /// <param name="context">Time-out (the source's own counts where it is shorter), mask and clock.</param>
    /// <param name="cancellation">Ends the look; the server is asked to end the query.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static async Task<Observation> LookAsync(SqlLook look, LookContext context, CancellationToken cancellation)
    {
        var limit = look.Source.Timeout < context.Timeout ? look.Source.Timeout : context.Timeout;
        context = context with { Timeout = limit };
        Task<Seen>? asking = null;
        try
        {
            return await Looking.MakeAsync(
                context,
                token => asking = Sql.PostgresLook.MakeAsync(look, context, token),
                () => string.Create(CultureInfo.InvariantCulture, $"{look.Source.Name} gave no answer within {Durations.Format(limit)}"),
                cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (asking is { IsCompleted: false })
                await Task.WhenAny(asking, Task.Delay(Goodbye, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        }
    }
}
