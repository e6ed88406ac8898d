using Npgsql;

namespace ReleaseOps.Probes.Sql;

/// <summary>How a database is reached: the runbook's connection string, with what a look of ours needs.</summary>
internal static class PostgresAddress
{
    /// <summary>The connection string of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="limit">How long the look may take.</param>
    /// <exception cref="CouldNotTellException">BadValue. It never quotes the text: somebody may have put a password in it.</exception>
    internal static NpgsqlConnectionStringBuilder Of(BoundSource source, TimeSpan limit)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling(limit.TotalSeconds), 1, 1024);
        NpgsqlConnectionStringBuilder address;
        try
        {
            address = new NpgsqlConnectionStringBuilder(source.Address);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw new CouldNotTellException(ErrorId.BadValue,
                $"the connection string of the source '{source.Name}' can't be read: write Host=db;Port=5432;Database=app;Username=reader");
        }
        if (address.Password is not null || address.SslPassword is not null)
            throw new CouldNotTellException(ErrorId.BadValue,
                $"the connection string of the source '{source.Name}' has a password in it: give it under 'password:', as a secret");
        if (string.IsNullOrWhiteSpace(address.Host))
            throw new CouldNotTellException(ErrorId.BadValue, $"the connection string of the source '{source.Name}' names no Host");
        address.Password = source.Password;
        address.ApplicationName = "releaseops";
        address.Pooling = false;
        address.Enlist = false;
        address.Multiplexing = false;
        address.Timeout = seconds;
        address.CommandTimeout = seconds;
        address.CancellationTimeout = 1000;
        address.PersistSecurityInfo = false;
        address.LogParameters = false;
        // What it would add is data of the database's, in texts that are shown.
        address.IncludeErrorDetail = false;
        return address;
    }
}
