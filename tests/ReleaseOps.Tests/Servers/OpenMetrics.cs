using System.Globalization;
using System.Text;

namespace ReleaseOps.Tests.Servers;

/// <summary>The history of series, written as the servers' import tools read it.</summary>
internal sealed class OpenMetrics
{
    private readonly SortedDictionary<string, List<(string Series, long At, double Value)>> _families = new(StringComparer.Ordinal);

    /// <summary>Adds the samples of one series.</summary>
    /// <param name="series">Name and labels: <c>up{instance="a"}</c>.</param>
    /// <param name="from">The first sample, UTC.</param>
    /// <param name="to">No sample is later.</param>
    /// <param name="step">From one sample to the next; whole milliseconds.</param>
    /// <param name="value">The value of the n-th sample, from 0.</param>
    internal OpenMetrics Add(string series, DateTimeOffset from, DateTimeOffset to, TimeSpan step, Func<int, double> value)
    {
        var name = series.Split('{')[0];
        if (!_families.TryGetValue(name, out var family))
            _families[name] = family = [];
        for (var (at, n) = (from, 0); at <= to; at += step, n++)
            family.Add((series, at.ToUnixTimeMilliseconds(), value(n)));
        return this;
    }

    /// <summary>As OpenMetrics text, times in seconds.</summary>
    internal string Text() => Write(at => (at / 1000m).ToString(CultureInfo.InvariantCulture), "# EOF\n");

    /// <summary>As the exposition format of Prometheus, times in milliseconds.</summary>
    internal string Exposition() => Write(at => at.ToString(CultureInfo.InvariantCulture), "");

    private string Write(Func<long, string> time, string end)
    {
        var text = new StringBuilder();
        foreach (var (series, at, value) in _families.Values.SelectMany(f => f))
            text.Append(CultureInfo.InvariantCulture, $"{series} {Number(value)} {time(at)}\n");
        return text.Append(end).ToString();
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
