using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Expressions;

namespace ReleaseOps.Tests.Gates;

/// <summary>Short ways to write metrics, looks and gates in a test.</summary>
internal static class Looks
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Metric Metric(string name, Worse worse = Worse.Higher, double noise = 0, string? unit = "%", bool control = true) =>
        new(name, new Template(name + "_query", default))
        {
            Worse = worse,
            Noise = noise,
            Unit = unit,
            Control = control ? new Template(name + "_control", default) : null,
        };

    public static Measurement Value(string name, double value) => new(name, name + "_query") { Value = value };

    public static Measurement Unknown(string name, ErrorId reason, string detail) =>
        new(name, name + "_query") { CouldNotTell = reason, Detail = detail };

    public static Measurement Each(string name, params (string Labels, double Value)[] series) => new(name, name + "_query")
    {
        Reduce = Reduce.Each,
        Series = [.. series.Select(s => new SeriesValue(s.Labels, s.Value))],
    };

    public static GateInput Input(IReadOnlyList<Metric> metrics, params Measurement[] seen) => new(new Snapshot(Now)
    {
        Metrics = seen.ToDictionary(m => m.Metric),
    })
    {
        Metrics = metrics,
        RunbookFile = "release.yaml",
        Shared = new Dictionary<string, object?> { ["params"] = new Dictionary<string, object?> { ["limit"] = 1.0, ["metric"] = "error_rate" } },
    };

    public static GateInput WithControls(this GateInput input, params Measurement[] controls) =>
        input with { Look = input.Look with { Controls = controls.ToDictionary(m => m.Metric) } };

    public static Criterion Criterion(string expression) => new(Cel.Parse(expression), new Position(7, 5));

    public static GateCriterion Expect(string expression, string? name = null) =>
        new(name ?? expression) { Expect = Criterion(expression), At = new Position(7, 3) };
}
