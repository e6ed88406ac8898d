namespace ReleaseOps.Reviews.Sql;

/// <summary>Asks a database what columns its events have.</summary>
internal static class SqlColumns
{
    /// <summary>Types by their numbers, which are PostgreSQL's own and the same everywhere (its catalog pg_type).</summary>
    private static readonly Dictionary<uint, TimeColumn> Times = new()
    {
        [1184] = TimeColumn.Moment,
        [1114] = TimeColumn.Clock,
        [1082] = TimeColumn.Clock,
        [20] = TimeColumn.Number,
        [21] = TimeColumn.Number,
        [23] = TimeColumn.Number,
        [700] = TimeColumn.Number,
        [701] = TimeColumn.Number,
        [1700] = TimeColumn.Number,
        [25] = TimeColumn.Text,
        [1042] = TimeColumn.Text,
        [1043] = TimeColumn.Text,
    };

    private static readonly string[] Needed = ["ts", "run_id", "stage", "event"];

    /// <summary>Asks.</summary>
    /// <exception cref="ReleaseOpsException">BadValue: a column isn't there, or its type can't be used.</exception>
    internal static async Task<EventTable> ReadAsync(SqlSession session, SqlEvents events, CancellationToken cancellation)
    {
        var types = new Dictionary<string, uint>(StringComparer.Ordinal);
        await session.ReadAsync($"SELECT * FROM {events.From} AS e LIMIT 0", new SqlText(), _ => { }, columns =>
        {
            for (var i = 0; i < columns.FieldCount; i++)
                types[columns.GetName(i)] = columns.GetDataTypeOID(i);
        }, cancellation).ConfigureAwait(false);
        if (Needed.FirstOrDefault(n => !types.ContainsKey(n)) is { } missing)
            throw new ReleaseOpsException(ErrorId.BadValue, $"the events have no column {missing}",
                $"give a query that names its columns ts, run_id, stage, event, payload: SELECT ... AS {missing}", missing);
        if (!Times.TryGetValue(types["ts"], out var time))
            throw new ReleaseOpsException(ErrorId.BadValue, "the column ts is neither a time, nor a number, nor a text",
                "give a query that casts it: ts::text AS ts", "ts");
        var payload = types.TryGetValue("payload", out var type) ? type == 3802 ? "jsonb" : "text" : null;
        return new EventTable(events.From, time, payload, types.ContainsKey("ordinal"));
    }
}
