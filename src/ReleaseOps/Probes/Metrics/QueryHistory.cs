using ReleaseOps.Gates;

namespace ReleaseOps.Probes.Metrics;

/// <summary>
/// What one query answers at each of a row of times. It is asked for many of them at once, as many as the number of its series allows, and only
/// one answer is kept; an answer that is too much to give is asked for in smaller pieces, down to one time.
/// </summary>
/// <param name="times">The times.</param>
/// <param name="most">The most times that one question may be about.</param>
/// <param name="ask">Asks for the times from the first to the last, both included.</param>
internal sealed class QueryHistory(
    TimeRow times, int most, Func<DateTimeOffset, DateTimeOffset, CancellationToken, Task<PrometheusAnswer>> ask)
{
    /// <summary>How many times the first question is about: ten thousand series still fit into the largest answer.</summary>
    internal const int FirstTimes = 60;

    /// <summary>How many times any question is about: a day of minutes. Prometheus refuses more than 11,000 points a series.</summary>
    internal const int MostTimes = 1440;

    /// <summary>How many points an answer should have, some 20 MB as JSON: a third of <see cref="MonitoringApi.MaxBody"/>, which leaves room for series to come.</summary>
    internal const int MostPoints = 600_000;

    // A time is sent in milliseconds, and answered as a decimal number of seconds.
    private const double Tolerance = 0.001;

    private readonly Lock _lock = new();
    private int _bound = most;
    private int _most = most;
    private int _wanted = Math.Min(FirstTimes, most);
    private Piece _piece = new(0, 0, null, null);
    private int _refused;
    private int _at = -1;
    private Task<IReadOnlyList<SeriesValue>> _now = Task.FromResult<IReadOnlyList<SeriesValue>>([]);

    /// <summary>What the server had to say about the answer that the last slice was taken from.</summary>
    internal IReadOnlyList<string> Warnings => _piece.Answer?.Warnings ?? [];

    /// <summary>The series that have a point at the n-th time. Times are asked for in order; the same one may be asked for again.</summary>
    /// <exception cref="CouldNotTellException">Why nothing can be told at that time.</exception>
    internal Task<IReadOnlyList<SeriesValue>> AtAsync(int n, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (n != _at)
                (_at, _now) = (n, SliceAsync(n, cancellation));
            return _now;
        }
    }

    private async Task<IReadOnlyList<SeriesValue>> SliceAsync(int n, CancellationToken cancellation)
    {
        if (n >= _piece.End)
            _piece = await AskAsync(n, cancellation).ConfigureAwait(false);
        // A new one each time: the stack trace of one that is thrown again and again would grow with each.
        return _piece.Answer is null ? throw new CouldNotTellException(_piece.Problem!.Id, _piece.Problem.Message)
            : Slice(_piece.Answer, times.At(n), n - _piece.First);
    }

    private async Task<Piece> AskAsync(int first, CancellationToken cancellation)
    {
        for (var wanted = Math.Min(_wanted, times.Count - first); ;)
        {
            try
            {
                var answer = await ask(times.At(first), times.At(first + wanted - 1), cancellation).ConfigureAwait(false);
                if (answer.Kind != AnswerKind.Matrix)
                    throw new CouldNotTellException(ErrorId.BadDocument, "the answer to a query over a time isn't samples");
                _refused = 0;
                _wanted = Math.Clamp(MostPoints / Math.Max(1, answer.Series.Count), 1, _most);
                _most = Math.Min(_bound, _most * 2);
                return new Piece(first, first + wanted, answer, null);
            }
            catch (CouldNotTellException e) when (IsTooMuch(e.Id, wanted))
            {
                _most = _wanted = wanted /= 2;
                // What is refused may be one time of them only: two series that can't be told apart, for a minute.
                if (e.Id != ErrorId.QueryRefused)
                    _bound = wanted;
            }
            catch (CouldNotTellException e)
            {
                // A server that hangs costs its whole time-out at each question, so the next one is late. A query that is wrong is refused at every
                // time: after an hour of minutes one by one it is tried now and then only.
                var covered = e.Id == ErrorId.TimedOut ? MostTimes : e.Id == ErrorId.QueryRefused && _refused++ < FirstTimes ? wanted : Math.Max(wanted, FirstTimes);
                return new Piece(first, first + covered, null, e);
            }
        }
    }

    /// <summary>True where fewer times may be answered: servers refuse a query for too many samples, as they refuse one that is wrong.</summary>
    private static bool IsTooMuch(ErrorId why, int wanted) => why switch
    {
        ErrorId.BodyTooLarge or ErrorId.QueryRefused => wanted > 1,
        ErrorId.TimedOut => wanted > FirstTimes,
        _ => false,
    };

    private static List<SeriesValue> Slice(PrometheusAnswer answer, DateTimeOffset at, int index)
    {
        var seconds = at.ToUnixTimeMilliseconds() / 1000.0;
        var slice = new List<SeriesValue>(answer.Series.Count);
        for (var s = 0; s < answer.Series.Count; s++)
        {
            var points = answer.Points[s];
            // Of a series without gaps every time has its point; of the others it lies before.
            var point = index < points.Length && IsAt(points[index].At, seconds) ? index : Find(points, seconds);
            if (point >= 0)
                slice.Add(answer.Series[s].With(points[point].Value));
        }
        return slice;
    }

    private static int Find((double At, double Value)[] points, double seconds)
    {
        var (low, high) = (0, points.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (IsAt(points[middle].At, seconds))
                return middle;
            (low, high) = points[middle].At < seconds ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    private static bool IsAt(double point, double seconds) => Math.Abs(point - seconds) <= Tolerance;

    /// <summary>What is known of the times from the first to before the end.</summary>
    private sealed record Piece(int First, int End, PrometheusAnswer? Answer, CouldNotTellException? Problem);
}
