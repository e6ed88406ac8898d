using System.Data;
using Npgsql;
using NpgsqlTypes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Sql;

/// <summary>One look at a database: connect, begin, ask, roll back.</summary>
internal static class PostgresLook
{
    private const int GoodbyeSeconds = 2;

    private static readonly TimeSpan LongestWaitForLock = TimeSpan.FromSeconds(5);

    /// <summary>Makes the look.</summary>
    /// <exception cref="CouldNotTellException">Whatever the database, the network or the query itself are against.</exception>
    internal static async Task<Seen> MakeAsync(SqlLook look, LookContext context, CancellationToken cancellation)
    {
        var began = context.Clock.GetTimestamp();
        var query = QueryText.Read(look.Query);
        if (query.Problem is { } problem)
            throw new CouldNotTellException(ErrorId.QueryRefused, $"the query has {problem.What} at {query.Place(problem.Offset)}: {problem.Remedy}");
        var address = PostgresAddress.Of(look.Source, context.Timeout);
        try
        {
            // One connection a look, closed at its end: looks are rare, and one that was kept would hold a slot of the database's meanwhile.
            await using var source = Build(address);
            await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            try
            {
                await BeginAsync(connection, context.Timeout, cancellation).ConfigureAwait(false);
                await using var command = Command(connection, query, look.Parameters);
                await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation).ConfigureAwait(false);
                if (reader.FieldCount == 0)
                    throw new CouldNotTellException(ErrorId.QueryRefused, "the query gives no rows: it must be a SELECT");
                var rows = await PostgresRows.ReadAsync(reader, context.Mask, cancellation).ConfigureAwait(false);
                return new Seen(rows.Values(), rows.Detail(context.Clock.GetElapsedTime(began), context.Mask));
            }
            finally
            {
                await RollBackAsync(connection).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or IOException or TimeoutException
            or System.Security.Authentication.AuthenticationException or InvalidCastException or NotSupportedException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw PostgresFailure.From(e, look.Source.Name + " (" + address.Host + ")", query, context.Mask);
        }
    }

    // All values come as text, so user-defined types need not be looked up first.
    internal static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder address)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(address.ConnectionString);
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    /// <summary>
    /// The settings end with the transaction, so that a pooler in between keeps none of them. They are set by a SELECT: after one, the
    /// server lets nobody make the transaction a writing one.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="limit">How long one statement may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="mode">How the transaction is; it must be one that only reads.</param>
    internal static async Task BeginAsync(NpgsqlConnection connection, TimeSpan limit, CancellationToken cancellation, string mode = "READ ONLY")
    {
        var milliseconds = (long)Math.Clamp(limit.TotalMilliseconds, 1, int.MaxValue);
        var wait = (long)Math.Min(milliseconds, LongestWaitForLock.TotalMilliseconds);
        var text = FormattableString.Invariant($"""
            BEGIN TRANSACTION {mode};
            SELECT set_config('statement_timeout', '{milliseconds}', true),
                set_config('idle_in_transaction_session_timeout', '{milliseconds}', true),
                set_config('lock_timeout', '{wait}', true),
                set_config('standard_conforming_strings', 'on', true),
                set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
                set_config('IntervalStyle', 'iso_8601', true), set_config('extra_float_digits', '1', true)
            """);
        await using var begin = new NpgsqlCommand(text, connection) { AllResultTypesAreUnknown = true };
        await begin.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, QueryText query, IReadOnlyDictionary<string, object> values)
    {
        var command = new NpgsqlCommand(query.Numbered(), connection) { AllResultTypesAreUnknown = true };
        foreach (var name in query.Parameters)
        {
            if (!values.TryGetValue(name, out var value))
                throw new CouldNotTellException(ErrorId.MissingParameter, $"no value for the parameter '{name}', which the query speaks of");
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(value), Value = value });
        }
        // With a parameter Npgsql sends the text as it is, and the server itself refuses a second statement; without one it would take
        // the text apart and send both. The query can't speak of this one: it was read.
        if (command.Parameters.Count == 0)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = Array.Empty<byte>() });
        return command;
    }

    private static NpgsqlDbType TypeOf(object value) => value switch
    {
        bool => NpgsqlDbType.Boolean,
        long => NpgsqlDbType.Bigint,
        double => NpgsqlDbType.Double,
        TimeSpan => NpgsqlDbType.Interval,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>Where it fails, the connection is closed next, which comes to the same.</summary>
    internal static async Task RollBackAsync(NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open)
            return;
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", connection) { CommandTimeout = GoodbyeSeconds };
            await rollback.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
        }
    }
}
