using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Reviews.Sql;

/// <summary>Rows that are judged here, as lines of a file are: what a database can't judge itself.</summary>
/// <param name="rules">What is counted of them.</param>
/// <param name="options">How much is kept in memory.</param>
internal sealed class SqlRows(DayRules rules, LogReadOptions options) : IDisposable
{
    private readonly RecordStore _records = new(options.MostRecords, parts: 1);
    private DayTally? _tally;
    private byte[] _row = [];
    private long _nth;

    /// <summary>What was counted.</summary>
    internal DayTally Tally => _tally ??= new DayTally(rules, _records.NewBuffer());

    /// <summary>Rows without a time.</summary>
    internal long Undated { get; private set; }

    /// <summary>What the rows come to; none is taken any more.</summary>
    internal DayFold Fold(CancellationToken cancellation) => DayFold.Of(rules, _records.InOrder()[0], options.MostDurations, cancellation);

    /// <summary>Reads the rows that may be of the day.</summary>
    /// <param name="session">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="condition">Which of them, over <c>e</c>; called with the statement's parameters.</param>
    /// <param name="cancellation">Ends it.</param>
    internal Task ReadAsync(SqlSession session, EventTable table, Func<SqlText, string> condition, CancellationToken cancellation)
    {
        var text = new SqlText();
        var isText = table.Time == TimeColumn.Text;
        var most = text.Numeric(options.LongestLine);
        var sql = $"""
            SELECT {table.Seconds}, e.run_id::text, e.stage::text, e.event::text,
              CASE WHEN octet_length({table.PayloadText}) <= {most} THEN {table.PayloadText} END,
              coalesce(octet_length({table.PayloadText}) > {most}, false)
            FROM {table.From} WHERE {condition(text)}{(table.HasOrdinal ? " ORDER BY e.ordinal" : "")}
            """;
        return session.ReadAsync(sql, text, row => Take(row, isText, table.HasOrdinal), null, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private void Take(NpgsqlDataReader row, bool isText, bool inOrder)
    {
        LogLine line = default;
        var used = 0;
        line.Ts = Field(row, 0, isText ? JsonKind.Text : JsonKind.Number, ref used);
        line.RunId = Field(row, 1, JsonKind.Text, ref used);
        line.Stage = Field(row, 2, JsonKind.Text, ref used);
        line.Event = Field(row, 3, JsonKind.Text, ref used);
        line.Payload = Payload(row, ref used);
        line.PayloadLost = row.GetString(5) is "t" or "true";
        if (!EventTime.TryRead(line.Ts, _row, rules.Span, out var seconds))
            Undated++;
        else if (rules.Span.Holds(seconds))
            // Where nobody knows which row was first, the earlier one was.
            Tally.Take(_row, line, seconds, inOrder ? new LinePlace(_nth++) : new LinePlace(DayRecord.OrderOf(seconds)));
    }

    private LogField Field(NpgsqlDataReader row, int column, JsonKind kind, ref int used) =>
        row.IsDBNull(column) ? default : Keep(row.GetString(column), kind, ref used);

    private LogField Keep(string text, JsonKind kind, ref int used)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (_row.Length < used + length)
            Array.Resize(ref _row, Math.Max(_row.Length * 2, used + length));
        Encoding.UTF8.GetBytes(text, _row.AsSpan(used));
        used += length;
        return new LogField { Start = used - length, Length = length, Kind = kind };
    }

    private LogField Payload(NpgsqlDataReader row, ref int used)
    {
        if (row.IsDBNull(4))
            return default;
        var text = row.GetString(4);
        var value = Keep(text, JsonKind.Object, ref used);
        var kind = KindOf(value.In(_row));
        if (kind == JsonKind.None)
        {
            // A text that is no JSON is a text.
            var quoted = Keep(string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(text)}"), JsonKind.Text, ref used);
            return quoted with { Start = quoted.Start + 1, Length = quoted.Length - 2, Escaped = true };
        }
        // Of a string in JSON the quotes aren't part.
        return kind == JsonKind.Text ? Inside(value) : value with { Kind = kind };
    }

    private LogField Inside(LogField value)
    {
        var raw = value.In(_row);
        var from = raw.IndexOf((byte)'"');
        return new LogField { Start = value.Start + from + 1, Length = raw.LastIndexOf((byte)'"') - from - 1, Kind = JsonKind.Text, Escaped = true };
    }

    private static JsonKind KindOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = LineReader.Deepest });
        try
        {
            reader.Read();
            var kind = LineReader.KindOf(reader.TokenType);
            reader.Skip();
            return reader.Read() ? JsonKind.None : kind;
        }
        catch (JsonException)
        {
            return JsonKind.None;
        }
    }
}
