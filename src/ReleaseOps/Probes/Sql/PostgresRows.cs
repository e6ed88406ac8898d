using System.Text;
using Npgsql;
using static System.FormattableString;

namespace ReleaseOps.Probes.Sql;

/// <summary>The rows of an answer: all of them counted, the first ones kept.</summary>
internal sealed class PostgresRows
{
    /// <summary>How many rows are kept.</summary>
    internal const int MostKept = 1000;

    /// <summary>How much of them is kept, in characters.</summary>
    internal const int LargestKept = 1 << 20;

    // What a cell costs beside its text.
    private const int CellCost = 16;

    private readonly List<IReadOnlyDictionary<string, object?>> _kept = [];
    private readonly SecretMask _mask;
    private readonly string[] _columns;
    private readonly uint[] _types;
    private int _room = LargestKept;
    private long _count;
    private bool _full;

    private PostgresRows(NpgsqlDataReader reader, SecretMask mask)
    {
        _mask = mask;
        _columns = [.. Enumerable.Range(0, reader.FieldCount).Select(i => mask.Apply(reader.GetName(i)))];
        _types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeOID)];
        if (_columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new CouldNotTellException(ErrorId.QueryRefused,
                $"two columns are called '{OutsideText.OneLine(twice.Key, mask)}': give each a name of its own (AS)");
    }

    /// <summary>Reads an answer to its end.</summary>
    /// <exception cref="CouldNotTellException">QueryRefused: two columns of one name. BodyTooLarge: even the first row is too large.</exception>
    internal static async Task<PostgresRows> ReadAsync(NpgsqlDataReader reader, SecretMask mask, CancellationToken cancellation)
    {
        var rows = new PostgresRows(reader, mask);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows._count++;
            if (rows._full || rows._kept.Count == MostKept)
                rows._full = true;
            else
                await rows.KeepAsync(reader, cancellation).ConfigureAwait(false);
        }
        return rows;
    }

    /// <summary>What criteria can speak of.</summary>
    internal Dictionary<string, object?> Values() => new()
    {
        ["rows"] = _full ? new PartialRows(_kept, _count) : _kept,
        ["row_count"] = _count,
        ["value"] = _kept.Count > 0 ? _kept[0][_columns[0]] : null,
        ["columns"] = _columns,
        ["truncated"] = _full,
    };

    /// <summary>One line for a person: the value, or how many rows and what the first of them hold.</summary>
    internal string Detail(TimeSpan elapsed, SecretMask mask)
    {
        var took = Invariant($"in {elapsed.TotalMilliseconds:0} ms");
        if (_count == 1 && _columns.Length == 1)
            return OutsideText.OneLine($"value {PostgresValue.Show(_kept[0][_columns[0]])} {took}", mask);
        var text = new StringBuilder(Invariant($"{_count} row{(_count == 1 ? "" : "s")} {took}"));
        for (var i = 0; i < _kept.Count && text.Length <= OutsideText.Longest; i++)
        {
            text.Append(i == 0 ? ": " : "; ");
            text.AppendJoin(", ", _columns.Select(c => c + " " + PostgresValue.Show(_kept[i][c])));
        }
        return OutsideText.OneLine(text.ToString(), mask);
    }

    private async Task KeepAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var row = new Dictionary<string, object?>(_columns.Length, StringComparer.Ordinal);
        for (var i = 0; i < _columns.Length && !_full; i++)
        {
            _room -= CellCost;
            var text = await reader.IsDBNullAsync(i, cancellation).ConfigureAwait(false)
                ? null : await TextAsync(reader, i, cancellation).ConfigureAwait(false);
            row[_columns[i]] = text is null ? null : PostgresValue.Of(_types[i], text, _mask);
            _full = _room < 0;
        }
        if (!_full)
            _kept.Add(row);
        else if (_kept.Count == 0)
            throw new CouldNotTellException(ErrorId.BodyTooLarge, "the first row alone is larger than 1 MiB: ask for less");
    }

    /// <summary>A cell, read no further than there is room.</summary>
    private async Task<string> TextAsync(NpgsqlDataReader reader, int column, CancellationToken cancellation)
    {
        using var cell = await reader.GetTextReaderAsync(column, cancellation).ConfigureAwait(false);
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (_room >= 0 && await cell.ReadAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            _room -= read;
            text.Append(buffer, 0, read);
        }
        return text.ToString();
    }
}
