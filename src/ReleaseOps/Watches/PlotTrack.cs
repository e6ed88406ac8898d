namespace ReleaseOps.Watches;

/// <summary>
/// One metric over time in at most so many points: when they are full, two become one, with the lowest and highest of both. So a week takes
/// as much room as an hour.
/// </summary>
internal sealed class PlotTrack
{
    /// <summary>As many points as a plot has room for; a power of two times an odd number that divides a day well.</summary>
    public const int MostPoints = 720;

    private readonly List<PlotPoint> _points = [];
    private int _looksAPoint = 1;
    private int _inLast;

    /// <summary>The points, oldest first.</summary>
    public IReadOnlyList<PlotPoint> Points => [.. _points];

    /// <summary>Takes the value of a look; null where it couldn't be told.</summary>
    public void Take(DateTimeOffset at, double? value)
    {
        if (_inLast > 0 && _inLast < _looksAPoint)
        {
            _points[^1] = Joined(_points[^1], new PlotPoint(at, value, value));
            _inLast++;
            return;
        }
        if (_points.Count == MostPoints)
            Halve();
        _points.Add(new PlotPoint(at, value, value));
        _inLast = 1;
    }

    private void Halve()
    {
        for (var i = 0; i < MostPoints / 2; i++)
            _points[i] = Joined(_points[2 * i], _points[2 * i + 1]);
        _points.RemoveRange(MostPoints / 2, MostPoints / 2);
        _looksAPoint *= 2;
    }

    private static PlotPoint Joined(PlotPoint one, PlotPoint other) => new(one.At, Worse(one.Low, other.Low, Math.Min), Worse(one.High, other.High, Math.Max));

    private static double? Worse(double? one, double? other, Func<double, double, double> of) =>
        one is { } a && other is { } b ? of(a, b) : one ?? other;
}
