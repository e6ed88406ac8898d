using ReleaseOps.Reviews.Logs;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Sql;

/// <summary>Rules that a database can hold against its rows itself, and comes to the same.</summary>
internal static class SqlRule
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>
    /// True where a database can. It can't evaluate CEL; it folds the case of letters beyond ASCII by rules of its own; and it looks into a payload
    /// only where that is jsonb.
    /// </summary>
    internal static bool Fits(EventSelector lines, IReadOnlyList<string> duplicate, EventTable table) =>
        lines.When is null
        && lines.Where.All(w => IsAscii(w.Value) && Reaches(EventPath.Read(w.Key), table, itself: false))
        && duplicate.All(d => Reaches(EventPath.Read(d), table, itself: true));

    /// <summary>What holds for the rows that a selector means.</summary>
    internal static string Condition(EventSelector lines, SqlText text)
    {
        var parts = new List<string> { "true" };
        if (lines.Stage is not null)
            parts.Add($"stage = {text.Text(lines.Stage)}");
        if (lines.Event is not null)
            parts.Add($"event = {text.Text(lines.Event)}");
        foreach (var (path, wanted) in lines.Where)
            parts.Add($"translate({TextAt(EventPath.Read(path), text)}, '{Upper}', '{Lower}') = {text.Text(Folded(wanted))}");
        return string.Join(" AND ", parts);
    }

    /// <summary>The value of a duplicate key's field; NULL where it isn't there.</summary>
    internal static string Key(string field, SqlText text)
    {
        var path = EventPath.Read(field);
        if (path.Field != "payload")
            return $"nullif({path.Field}, '')";
        return $"nullif({ValueAt(path, text)}, 'null'::jsonb)";
    }

    private static bool Reaches(EventPath path, EventTable table, bool itself) =>
        path.Field != "payload" || (table.HasJsonb && (itself || path.Below.Count > 0));

    private static string TextAt(EventPath path, SqlText text)
    {
        if (path.Field != "payload")
            return path.Field;
        var parent = ValueAt(path with { Below = [.. path.Below.SkipLast(1)] }, text);
        return $"CASE WHEN jsonb_typeof({ValueAt(path, text)}) = 'string' THEN {parent} ->> {text.Text(path.Below[^1])} END";
    }

    // The arrow with a text finds names of objects only, never a place in an array.
    private static string ValueAt(EventPath path, SqlText text) => "(" + string.Join(" -> ", path.Below.Select(text.Text).Prepend("payload")) + ")";

    private static bool IsAscii(string text) => text.All(char.IsAscii);

    private static string Folded(string text) => string.Concat(text.Select(char.ToLowerInvariant));
}
