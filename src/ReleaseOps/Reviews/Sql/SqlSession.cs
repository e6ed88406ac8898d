using System.Data;
using System.Security.Authentication;
using Npgsql;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Sql;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Sql;

/// <summary>A database during a review: one transaction that only reads and sees one state of everything, and is rolled back.</summary>
internal sealed class SqlSession : IAsyncDisposable
{
    private readonly BoundSource _source;
    private readonly SecretMask _mask;
    private readonly NpgsqlDataSource _database;
    private readonly string _place;
    private NpgsqlConnection? _connection;

    private SqlSession(BoundSource source, SecretMask mask, NpgsqlDataSource database, string host) =>
        (_source, _mask, _database, _place) = (source, mask, database, $"{source.Name} ({host})");

    /// <summary>Connects, and begins.</summary>
    /// <param name="source">The database; its time-out is that of each question.</param>
    /// <param name="mask">Hides secrets in errors.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">What the network or the database is against.</exception>
    internal static async Task<SqlSession> OpenAsync(BoundSource source, SecretMask mask, CancellationToken cancellation)
    {
        try
        {
            var address = PostgresAddress.Of(source, source.Timeout);
            var session = new SqlSession(source, mask, PostgresLook.Build(address), address.Host!);
            try
            {
                await session.AskAsync("SELECT 1", async () =>
                {
                    session._connection = await session._database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                    await PostgresLook.BeginAsync(session._connection, source.Timeout, cancellation, "ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                        .ConfigureAwait(false);
                }, cancellation).ConfigureAwait(false);
                return session;
            }
            catch
            {
                await session.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (CouldNotTellException e)
        {
            throw new ReleaseOpsException(e.Id, e.Message, null, source.Name, e);
        }
    }

    /// <summary>Asks, and reads each row of the answer; all values come as text.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="text">Its parameters.</param>
    /// <param name="row">Called for each row.</param>
    /// <param name="columns">Called once before, whether there are rows or not; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    internal Task ReadAsync(string sql, SqlText text, Action<NpgsqlDataReader> row, Action<NpgsqlDataReader>? columns,
        CancellationToken cancellation) =>
        AskAsync(sql, async () =>
        {
            await using var command = new NpgsqlCommand(sql, _connection) { AllResultTypesAreUnknown = true };
            foreach (var (type, value) in text.Values)
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellation).ConfigureAwait(false);
            columns?.Invoke(reader);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                row(reader);
        }, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await PostgresLook.RollBackAsync(_connection).ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AskAsync(string sql, Func<Task> ask, CancellationToken cancellation)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or IOException or TimeoutException
            or AuthenticationException or InvalidCastException or NotSupportedException)
        {
            cancellation.ThrowIfCancellationRequested();
            var failure = PostgresFailure.From(e, _place, QueryText.Read(sql), _mask);
            throw new ReleaseOpsException(failure.Id, failure.Message,
                $"look at the table or query of {_source.Name}, and at what its user may read", _source.Name, e);
        }
    }
}
