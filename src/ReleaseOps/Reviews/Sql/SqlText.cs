using System.Globalization;
using NpgsqlTypes;

namespace ReleaseOps.Reviews.Sql;

/// <summary>The parameters of one statement: all that comes from a runbook goes in by a number, never as text.</summary>
internal sealed class SqlText
{
    private readonly List<(NpgsqlDbType Type, object Value)> _values = [];

    /// <summary>The parameters, in order.</summary>
    internal IReadOnlyList<(NpgsqlDbType Type, object Value)> Values => _values;

    /// <summary>A text.</summary>
    internal string Text(string value) => Add(NpgsqlDbType.Text, value);

    /// <summary>A time or a size as a double.</summary>
    internal string Double(double value) => Add(NpgsqlDbType.Double, value);

    /// <summary>A number that is compared with numbers of any size.</summary>
    internal string Numeric(long value) => Add(NpgsqlDbType.Numeric, (decimal)value);

    private string Add(NpgsqlDbType type, object value)
    {
        var known = _values.IndexOf((type, value));
        if (known < 0)
        {
            known = _values.Count;
            _values.Add((type, value));
        }
        return string.Create(CultureInfo.InvariantCulture, $"${known + 1}");
    }
}
