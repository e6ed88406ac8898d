using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Gates;
using ReleaseOps.Probes;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops metrics RUNBOOK</c>: measures for a while, keeps it in a file, compares it with an earlier one.</summary>
internal static class MetricsCommand
{
    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string[]> Metrics = new("--metric")
    {
        Description = "Measure only this metric; may be given several times.",
    };
    private static readonly Option<TimeSpan> Duration =
        CommonOptions.Duration("--duration", "For how long; 0s looks once.", TimeSpan.FromMinutes(5), TimeSpan.Zero);
    private static readonly Option<TimeSpan> Interval =
        CommonOptions.Duration("--interval", "The time from one look to the next.",
            TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100));
    private static readonly Option<string?> Output = CommonOptions.NeverEmpty(new Option<string?>("--output")
    {
        Description = "The file to keep the means in, for a baseline; written anew after each look.",
    });
    private static readonly Option<string?> Baseline = CommonOptions.NeverEmpty(new Option<string?>("--compare-baseline")
    {
        Description = "The file of an earlier measurement to compare with: exit 1 where a metric is worse.",
    });
    private static readonly Option<double> Tolerance =
        CommonOptions.Number("--tolerance", "Share of the baseline that is no difference.", 0.25, 0, 10);
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("metrics", "Measures a runbook's metrics for a while; exit 3 where one of them was never seen.")
        {
            Runbook, Parameters, Metrics, Duration, Interval, Output, Baseline, Tolerance, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var runbook = CommonOptions.Load(parsed.GetValue(Runbook)!);
        var baseline = parsed.GetValue(Baseline) is { } file ? KpiFile.Read(Path.GetFullPath(file)) : null;
        using var session = MetricSession.Open(
            runbook, CommonOptions.ParametersFrom(parsed.GetValue(Parameters)), parsed.GetValue(Metrics) ?? [],
            Environment.GetEnvironmentVariable, TimeProvider.System);
        var output = parsed.GetValue(Output) is { } path ? Path.GetFullPath(path) : null;
        var report = await session.CollectAsync(
            parsed.GetValue(Duration), parsed.GetValue(Interval), output, TimeProvider.System, null, cancellation).ConfigureAwait(false);
        if (baseline is not null)
            report = session.Compared(report, baseline.Means, parsed.GetValue(Tolerance));
        if (parsed.GetValue(Json))
            JsonOut.Write(json => Write(json, report));
        else
            Write(report);
        return CodeOf(report);
    }

    private static int CodeOf(KpiReport report)
    {
        var compared = report.Kpis.Select(k => k.Comparison).OfType<Comparison>().ToList();
        var code = compared.Count == 0 ? ExitCode.Go : ExitCode.Of(compared);
        return code == ExitCode.Go && report.Kpis.Any(k => k.Mean is null) ? ExitCode.Hold : code;
    }

    private static void Write(KpiReport report)
    {
        foreach (var kpi in report.Kpis)
        {
            var looks = string.Create(CultureInfo.InvariantCulture, $"{kpi.Samples} of {kpi.Samples + kpi.Gaps} looks");
            var seen = kpi.Mean is null ? $"never seen: {kpi.Problem}"
                : $"mean {Number(kpi.Mean)}, min {Number(kpi.Min)}, max {Number(kpi.Max)}, last {Number(kpi.Last)}"
                    + (kpi.Unit is null ? "" : " " + kpi.Unit) + (kpi.Gaps == 0 ? "" : $"; a look saw none: {kpi.Problem}");
            Console.Out.WriteLine(CiText.Defang($"{kpi.Metric}: {seen} ({looks})"));
            if (kpi.Comparison is { } comparison)
                ComparisonOutput.Line(comparison);
        }
    }

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "-";

    private static void Write(Utf8JsonWriter json, KpiReport report)
    {
        json.WriteStartObject();
        json.WriteString("from", report.From.UtcDateTime);
        json.WriteString("to", report.To.UtcDateTime);
        json.WriteNumber("looks", report.Looks);
        json.WriteStartArray("metrics");
        foreach (var kpi in report.Kpis)
        {
            json.WriteStartObject();
            json.WriteString("name", kpi.Metric);
            json.WriteString("unit", kpi.Unit);
            json.WriteNumber("samples", kpi.Samples);
            json.WriteNumber("gaps", kpi.Gaps);
            ComparisonOutput.Number(json, "mean", kpi.Mean);
            ComparisonOutput.Number(json, "min", kpi.Min);
            ComparisonOutput.Number(json, "max", kpi.Max);
            ComparisonOutput.Number(json, "last", kpi.Last);
            json.WriteString("problem", kpi.Problem);
            if (kpi.Comparison is { } comparison)
            {
                json.WriteStartObject("comparison");
                ComparisonOutput.Members(json, comparison);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
