using System.Globalization;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Reviews.Sql;

/// <summary>How a table keeps time.</summary>
internal enum TimeColumn
{
    /// <summary>timestamptz.</summary>
    Moment,
    /// <summary>timestamp or date: UTC.</summary>
    Clock,
    /// <summary>A number: seconds since 1970.</summary>
    Number,
    /// <summary>Text, by the rules of files. It can't be read by the database without failing on what is no time.</summary>
    Text,
}

/// <summary>A table of events: what its columns are, and how the day is said in SQL.</summary>
/// <param name="from">What stands after FROM.</param>
/// <param name="time">How it keeps time.</param>
/// <param name="payload">The type of the payload's column; null for none.</param>
/// <param name="hasOrdinal">True where it has the column <c>ordinal</c>.</param>
internal sealed class EventTable(string from, TimeColumn time, string? payload, bool hasOrdinal)
{
    // Whatever offset a time has, its date is not further away.
    private const int DaysAround = 2;

    /// <summary>How it keeps time.</summary>
    internal TimeColumn Time => time;

    /// <summary>True where the database can look into the payload.</summary>
    internal bool HasJsonb => payload == "jsonb";

    /// <summary>The table as <c>e</c>.</summary>
    internal string From => $"{from} AS e";

    /// <summary>The payload as text.</summary>
    internal string PayloadText => payload is null ? "NULL::text" : "e.payload::text";

    /// <summary>What orders events as they were written, or nearly so.</summary>
    internal string Order => hasOrdinal ? "e.ordinal" : Seconds;

    /// <summary>True where it is known in which order they were written.</summary>
    internal bool HasOrdinal => hasOrdinal;

    /// <summary>The time of a row of the day, in seconds since 1970.</summary>
    internal string Seconds => time switch
    {
        TimeColumn.Number => "e.ts::double precision",
        TimeColumn.Text => "e.ts",
        _ => "extract(epoch FROM e.ts)::double precision",
    };

    /// <summary>The rows of the day, as a table <c>d</c> with <c>t, run_id, stage, event, payload, o</c>.</summary>
    internal string Day(SqlText text, DaySpan day) => $"""
        WITH d AS (
          SELECT {Seconds} AS t, coalesce(e.run_id::text, '') AS run_id, coalesce(e.stage::text, '') AS stage, coalesce(e.event::text, '') AS event,
            {(payload is null ? "NULL" : "e.payload")} AS payload, {Order} AS o
          FROM {From} WHERE {In(text, day)})
        """;

    /// <summary>What holds for the rows of the day.</summary>
    internal string In(SqlText text, DaySpan day) => time switch
    {
        TimeColumn.Moment => $"e.ts >= {Moment(text.Double(day.From))} AND e.ts < {Moment(text.Double(day.To))}",
        TimeColumn.Clock => $"e.ts >= {Clock(text.Double(day.From))} AND e.ts < {Clock(text.Double(day.To))}",
        // The first line is for an index; the second one is the rule, on doubles, where the number can be one.
        _ => $"""
            e.ts >= {text.Numeric(day.From - 1)} AND e.ts <= {text.Numeric(day.To + 1)}
            AND CASE WHEN e.ts >= {text.Numeric(day.From - 1)} AND e.ts <= {text.Numeric(day.To + 1)}
              THEN e.ts::double precision >= {text.Double(day.From)} AND e.ts::double precision < {text.Double(day.To)} END
            """,
    };

    /// <summary>What holds for rows that have no time.</summary>
    internal string Undated(SqlText text) => time switch
    {
        TimeColumn.Moment => $"e.ts IS NULL OR e.ts < {Moment(text.Double(EventTime.First))} OR e.ts >= {Moment(text.Double(EventTime.End))}",
        TimeColumn.Clock => $"e.ts IS NULL OR e.ts < {Clock(text.Double(EventTime.First))} OR e.ts >= {Clock(text.Double(EventTime.End))}",
        _ => $"e.ts IS NULL OR e.ts < {text.Numeric((long)EventTime.First)} OR e.ts >= {text.Numeric((long)EventTime.End)}",
    };

    /// <summary>
    /// What holds for rows whose time is a text that plainly is of another day: ISO 8601 with another date, or a plain number. All others are looked
    /// at here, so that a text is a time by the same rules as in a file, and none makes the database fail.
    /// </summary>
    internal static string IsElsewhere(SqlText text, DaySpan day)
    {
        const string Date = "[12][0-9][0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
        const string Clock = "([01][0-9]|2[0-3]):[0-5][0-9]";
        const string Iso = $"^{Date}([T ]{Clock}(:[0-5][0-9]([.][0-9]+)?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?)?$";
        const string Number = "^[0-9]{1,11}([.][0-9]{1,9})?$";
        return $"""
            CASE WHEN e.ts ~ {text.Text(Iso)}
                THEN substr(e.ts, 1, 10) < {text.Text(DateOf(day.From, -DaysAround))} OR substr(e.ts, 1, 10) > {text.Text(DateOf(day.To, DaysAround))}
              WHEN e.ts ~ {text.Text(Number)} THEN e.ts::numeric < {text.Numeric(day.From - 1)} OR e.ts::numeric > {text.Numeric(day.To + 1)}
              ELSE false END
            """;
    }

    private static string DateOf(long seconds, int later)
    {
        var days = (int)Math.Floor(seconds / 86_400.0) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + later;
        return DateOnly.FromDayNumber(Math.Clamp(days, 0, DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Moment(string seconds) => $"to_timestamp({seconds})";

    private static string Clock(string seconds) => $"(to_timestamp({seconds}) AT TIME ZONE 'UTC')";
}
