using System.Diagnostics;
using System.Globalization;

namespace ReleaseOps.Benchmarks;

/// <summary>Two things measured in turn, A B A B ..., so that a machine that slows down slows both.</summary>
internal static class Paired
{
    /// <summary>Medians in milliseconds, and the median of the pairwise ratios A/B.</summary>
    public static (double A, double B, double Ratio) Measure(int rounds, Action a, Action b)
    {
        a();
        b();
        var pairs = Enumerable.Range(0, rounds).Select(_ => (A: Time(a), B: Time(b))).ToList();
        return (Median(pairs.Select(p => p.A)), Median(pairs.Select(p => p.B)), Median(pairs.Select(p => p.A / p.B)));
    }

    public static void Print(string what, double figure, string unit, double aim, string detail) => Console.Out.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-64} {figure,7:0.00} {unit,-3} (aim: at most {aim:0.##})  {(figure <= aim ? "met   " : "MISSED")}  {detail}"));

    public static string Ms(double a, double b) => string.Create(CultureInfo.InvariantCulture, $"{a:0.0} ms against {b:0.0} ms");

    private static double Time(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
