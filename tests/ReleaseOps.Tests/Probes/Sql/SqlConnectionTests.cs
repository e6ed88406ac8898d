using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ReleaseOps.Probes;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Sql;

[Collection("PostgreSQL")]
public class SqlConnectionTests(Postgres server)
{
    [NeedsProgram("postgres")]
    public async Task The_password_of_the_source_opens_the_door() =>
        (await Asking.At(server.Address("locked"), "SELECT current_user::text", Postgres.Password)).Holds("value == 'locked'");

    [NeedsProgramTheory("postgres")]
    [InlineData("N0t-The-Password-At-All")]
    [InlineData(null)]
    public async Task A_wrong_password_is_refused_and_shown_nowhere(string? password)
    {
        var seen = await Asking.At(server.Address("locked"), "SELECT 1", password);
        Assert.Equal(ErrorId.AccessDenied, seen.CouldNotTell);
        Assert.DoesNotContain("N0t-The", seen.ToString() + string.Concat(seen.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password=N0t-Here-Please")]
    [InlineData("pwd=N0t-Here-Please")]
    [InlineData("SSL Password=N0t-Here-Please")]
    public async Task A_password_in_the_connection_string_is_refused(string part)
    {
        var seen = await Asking.At("Host=127.0.0.1;Port=1;" + part, "SELECT 1");
        Assert.Equal((ErrorId.BadValue, "the connection string of the source 'db' has a password in it: give it under 'password:', as a secret"),
            (seen.CouldNotTell, seen.Detail));
    }

    [Theory]
    [InlineData("postgres://user:N0t-Here-Please@db/app")]
    [InlineData("Host=db;Prot=N0t-Here-Please")]
    [InlineData("Host=db;Port=N0t-Here-Please")]
    [InlineData("Username=reader")]
    public async Task A_connection_string_that_is_none_is_refused_without_being_quoted(string address)
    {
        var seen = await Asking.At(address, "SELECT 1");
        Assert.Equal(ErrorId.BadValue, seen.CouldNotTell);
        Assert.DoesNotContain("N0t", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_port_is_unreachable()
    {
        var seen = await Asking.At("Host=127.0.0.1;Port=" + FreePort(), "SELECT 1");
        Assert.Equal((ErrorId.Unreachable, "db (127.0.0.1): the connection was refused"), (seen.CouldNotTell, seen.Detail));
        Assert.Empty(seen.Values);
    }

    [NeedsProgram("postgres")]
    public async Task A_database_that_is_not_there_is_unreachable() =>
        Assert.Equal((ErrorId.Unreachable, "db (127.0.0.1): database \"nowhere\" does not exist"),
            (await Asking.At(server.Address(database: "nowhere"), "SELECT 1")) is var seen ? (seen.CouldNotTell, seen.Detail) : default);

    [NeedsProgram("postgres")]
    public async Task Tls_is_spoken_where_it_is_asked_for()
    {
        (await Asking.At(server.Address() + ";SSL Mode=Require", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).Holds("value == true");
        var seen = await Asking.At(server.Address() + ";SSL Mode=VerifyFull", "SELECT 1");
        Assert.Equal(ErrorId.TlsFailed, seen.CouldNotTell);
    }

    [NeedsProgram("postgres")]
    public async Task A_server_without_tls_is_refused_where_it_is_asked_for()
    {
        await server.ExecuteAsync("ALTER SYSTEM SET ssl = off");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        try
        {
            Observation seen;
            var waited = Stopwatch.StartNew();
            do
            {
                await Task.Delay(5);
                seen = await Asking.At(server.Address() + ";SSL Mode=Require", "SELECT 1");
            }
            while (seen.CouldNotTell is null && waited.Elapsed < TimeSpan.FromSeconds(5));
            Assert.Equal(ErrorId.TlsFailed, seen.CouldNotTell);
        }
        finally
        {
            await server.ExecuteAsync("ALTER SYSTEM SET ssl = on");
            await server.ExecuteAsync("SELECT pg_reload_conf()");
        }
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("SELECT pg_sleep(20) AS out_of_time")]
    [InlineData("SELECT count(*) AS out_of_time FROM generate_series(1, 100000000000) n")]
    public async Task A_query_that_takes_too_long_is_given_up_and_ended(string query)
    {
        var took = Stopwatch.StartNew();
        var seen = await Asking.At(server.Address(), query, limit: TimeSpan.FromMilliseconds(200));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await NoneRuns("out_of_time");
    }

    [NeedsProgram("postgres")]
    public async Task A_step_s_own_time_out_counts_too() =>
        Assert.Equal(ErrorId.TimedOut, (await server.AskAsync("SELECT pg_sleep(20)", context: LookContexts.Plain(timeout: TimeSpan.FromMilliseconds(200)))).CouldNotTell);

    [NeedsProgram("postgres")]
    public async Task Who_cancels_ends_the_query_in_the_database()
    {
        using var cancellation = new CancellationTokenSource();
        var asking = server.AskAsync("SELECT pg_sleep(30) AS to_be_cancelled", cancellation: cancellation.Token);
        for (var tries = 0; await Running("to_be_cancelled") == 0 && tries < 500; tries++)
            await Task.Delay(5);
        Assert.Equal(1, await Running("to_be_cancelled"));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await NoneRuns("to_be_cancelled");
    }

    [NeedsProgram("postgres")]
    public async Task A_lock_that_somebody_holds_is_not_waited_for_without_end()
    {
        await server.ExecuteAsync("DROP TABLE IF EXISTS locked_table; CREATE TABLE locked_table (n int)");
        await using var holder = new Npgsql.NpgsqlConnection(server.Address() + ";Pooling=false");
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("LOCK TABLE locked_table", holder);
        await hold.ExecuteNonQueryAsync();
        Assert.Equal(ErrorId.TimedOut, (await Asking.At(server.Address(), "SELECT n FROM locked_table", limit: TimeSpan.FromMilliseconds(200))).CouldNotTell);
    }

    [NeedsProgram("postgres")]
    public async Task No_connection_stays_behind()
    {
        for (var i = 0; i < 3; i++)
            (await server.AskAsync("SELECT 1")).Holds("value == 1");
        for (var tries = 0; await Connections() > 0 && tries < 200; tries++)
            await Task.Delay(5);
        Assert.Equal(0, await Connections());
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var took = Stopwatch.StartNew();
        var seen = await Asking.At("Host=127.0.0.1;Port=" + port, "SELECT 1", limit: TimeSpan.FromMilliseconds(200));
        Assert.Equal((ErrorId.TimedOut, "db gave no answer within 200ms"), (seen.CouldNotTell, seen.Detail));
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Something_that_is_no_PostgreSQL_is_not_understood()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var answering = Task.Run(async () =>
        {
            using var client = await other.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await client.GetStream().FlushAsync();
        });
        var seen = await Asking.At($"Host=127.0.0.1;Port={port};SSL Mode=Disable", "SELECT 1", limit: TimeSpan.FromSeconds(2));
        await answering;
        Assert.Contains(seen.CouldNotTell, new ErrorId?[] { ErrorId.Unreachable, ErrorId.TimedOut });
    }

    private Task<long> Running(string what) =>
        server.CountAsync($"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%{what}%'");

    private Task<long> Connections() => server.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'releaseops'");

    private async Task NoneRuns(string what)
    {
        for (var tries = 0; await Running(what) > 0 && tries < 100; tries++)
            await Task.Delay(10);
        Assert.Equal(0, await Running(what));
    }

    private static string FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
