using Npgsql;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Reviews;

/// <summary>A database that has the events as rows, named in place of a log.</summary>
/// <param name="Source">How it is reached.</param>
/// <param name="Events">The table.</param>
/// <param name="Mask">Hides its secrets.</param>
/// <param name="Shown">What it is called in the review: no user, no password.</param>
internal sealed record EventDatabase(BoundSource Source, SqlEvents Events, SecretMask Mask, string Shown)
{
    // A review isn't a probe: it may read a whole day.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// True for a connection string (<c>Host=db;Database=logs;Username=reader</c>) and for a URI (<c>postgresql://reader@db/logs</c>,
    /// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING), which no path of a log is.
    /// </summary>
    public static bool IsOne(string text) => IsUri(text)
        || text.Split(';').Select(part => part.Split('=')).Any(pair => pair.Length > 1
            && pair[0].Trim().ToUpperInvariant() is "HOST" or "SERVER" or "DATA SOURCE");

    /// <summary>
    /// A database by its connection string or URI. A password may be in it, or in the environment (PGPASSWORD), or in a password file.
    /// </summary>
    /// <exception cref="ReleaseOpsException">BadValue: it can't be read. It is never quoted, for it may hold a password.</exception>
    public static EventDatabase Of(string text, string table)
    {
        NpgsqlConnectionStringBuilder address;
        try
        {
            address = IsUri(text) ? FromUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrWhiteSpace(address.Host))
                throw new FormatException("no host");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw new ReleaseOpsException(ErrorId.BadValue, "The connection string of the event log can't be read.",
                "Write Host=db;Port=5432;Database=logs;Username=reader, or postgresql://reader@db/logs.", "event log");
        }
        var password = address.Password;
        address.Password = null;
        return Of(new BoundSource("event log", SourceKind.Postgres, address.ConnectionString) { Password = password, Timeout = Patience }, table,
            string.IsNullOrEmpty(password) || SecretMask.TooShort(password) ? SecretMask.None : new SecretMask([password]));
    }

    /// <summary>A source of a runbook.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="name">The source.</param>
    /// <param name="table">The table.</param>
    /// <param name="given">Values of the runbook's parameters; only those that the source speaks of are needed.</param>
    /// <param name="variable">Gives an environment variable's value, or null: secrets come from there.</param>
    /// <exception cref="ReleaseOpsException">UnknownReference, MissingParameter, MissingSecret, SecretTooShort.</exception>
    public static EventDatabase Of(
        Runbook runbook, string name, string table, IReadOnlyDictionary<string, string> given, Func<string, string?> variable)
    {
        var source = runbook.Sources.FirstOrDefault(s => s.Name == name && s.Kind == SourceKind.Postgres) ?? throw new ReleaseOpsException(
            ErrorId.UnknownReference, $"'{runbook.Name}' has no PostgreSQL source '{name}'.",
                "Add it under 'sources', or give a connection string in place of a log.", name);
        var secrets = EnvironmentSecrets.Resolve(new[] { source.Address, source.Password }.OfType<Template>().SelectMany(t => t.SecretNames),
            variable);
        var parameters = ParameterBinder.Bind(runbook, given);
        var bound = BoundSource.Of(source, BindingScope.ForRun(parameters, ParameterBinder.ReleaseOf(runbook, parameters), secrets));
        return Of(bound, table, secrets.Count == 0 ? SecretMask.None : new SecretMask([.. secrets.Values]));
    }

    private static EventDatabase Of(BoundSource source, string table, SecretMask mask)
    {
        var shown = source.Name;
        try
        {
            var address = new NpgsqlConnectionStringBuilder(source.Address);
            shown = Invariant($"postgresql {address.Host}:{address.Port}/{address.Database}, {table}");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // Who connects says so, with the source's name.
        }
        return new EventDatabase(source, SqlEvents.Table(table), mask, shown);
    }

    private static bool IsUri(string text) => text.StartsWith("postgres://", StringComparison.Ordinal)
        || text.StartsWith("postgresql://", StringComparison.Ordinal);

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var address = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port > 0 ? uri.Port : 5432 };
        if (uri.AbsolutePath.Length > 1)
            address.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            address.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            address.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
        {
            var key = Uri.UnescapeDataString(pair[0]);
            address[key is "sslmode" ? "SSL Mode" : key] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
        }
        return address;
    }
}
