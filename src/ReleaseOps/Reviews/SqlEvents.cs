using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>
/// Events in a database that speaks PostgreSQL's protocol: a table, a view or a query with the columns <c>ts</c>, <c>run_id</c>, <c>stage</c>,
/// <c>event</c>, and <c>payload</c> where rules ask for it. A column <c>ordinal</c> says in which order they were written: it decides which of two
/// stages with as many errors was first; without it their times do.
/// </summary>
public sealed record SqlEvents
{
    private SqlEvents(string from) => From = from;

    /// <summary>What stands after FROM.</summary>
    internal string From { get; }

    /// <summary>A table or a view.</summary>
    /// <param name="name">Its name as it is in the database, perhaps with its schema before a point: <c>ops.events</c>. It is quoted here.</param>
    /// <exception cref="ReleaseOpsException">BadValue: no name, or one of more than three parts.</exception>
    public static SqlEvents Table(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('.');
        if (parts.Length > 3 || parts.Any(p => string.IsNullOrWhiteSpace(p) || p.Contains('\0', StringComparison.Ordinal)))
            throw new ReleaseOpsException(ErrorId.BadValue, $"'{name}' is no name of a table", "write events or ops.events; or give a query", name);
        return new SqlEvents(string.Join('.', parts.Select(p => $"\"{p.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
    }

    /// <summary>A query.</summary>
    /// <param name="text">One SELECT without parameters.</param>
    /// <exception cref="ReleaseOpsException">BadValue: it isn't one statement, or has parameters.</exception>
    public static SqlEvents Query(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var query = QueryText.Read(text.TrimEnd().TrimEnd(';'));
        if (query.Problem is { } problem)
            throw new ReleaseOpsException(ErrorId.BadValue, $"the query has {problem.What} at {query.Place(problem.Offset)}", problem.Remedy, text);
        if (query.Names.Count > 0)
            throw new ReleaseOpsException(ErrorId.BadValue, $"the query speaks of a parameter '@{query.Names[0].Name}'", "write its value", text);
        // The line end ends a comment.
        return new SqlEvents($"({query.Written}\n)");
    }
}
