using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Cli.Commands;

/// <summary>
/// <c>releaseops drift</c>: compares two files of samples, or a runbook's metrics with their controls and with a baseline.
/// </summary>
internal static class DriftCommand
{
    private static readonly Argument<string?> Runbook = new("runbook")
    {
        Description = "Path of a runbook, or its name, to compare its metrics; none to compare two files.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> Control = CommonOptions.NeverEmpty(new Option<string?>("--control")
    {
        Description = "The samples that are compared with: a file of one number a line, or a JSON array.",
    });
    private static readonly Option<string?> Experiment = CommonOptions.NeverEmpty(new Option<string?>("--experiment")
    {
        Description = "The samples that are judged; likewise.",
    });
    private static readonly Option<double> Tolerance = CommonOptions.Number(
        "--tolerance", "Share of the estimated difference (of the baseline, with --baseline) that is none.", 0.25, 0, 10);
    private static readonly Option<double> Confidence =
        CommonOptions.Number("--confidence", "The confidence level in percent.", 98, 50, 99.9999);
    private static readonly Option<Worse> Direction = new("--direction")
    {
        Description = "Which way is bad, of two files: higher, lower or either. A runbook's metrics say it themselves.",
        DefaultValueFactory = _ => Worse.Either,
        // The parser alone would take numbers, and several at once, which come to a direction that is none.
        CustomParser = given => given.Tokens[0].Value.ToLowerInvariant() switch
        {
            "higher" => Worse.Higher,
            "lower" => Worse.Lower,
            "either" => Worse.Either,
            _ => Refused(given),
        },
    };
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string[]> Metrics = new("--metric")
    {
        Description = "Compare only this metric; may be given several times.",
    };
    private static readonly Option<string?> Baseline = CommonOptions.NeverEmpty(new Option<string?>("--baseline")
    {
        Description = "A file of means, as 'releaseops metrics --output' writes it, to compare what is measured now with.",
    });
    private static readonly Option<TimeSpan> Since =
        CommonOptions.Duration("--since", "Since how long samples count.", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("drift",
            "Compares samples by the Mann-Whitney U test, as a canary is judged: exit 1 where they differ, 3 where nobody can tell.")
        {
            Runbook, Control, Experiment, Tolerance, Confidence, Direction, Parameters, Metrics, Baseline, Since, Json,
        };
        command.Validators.Add(given =>
        {
            var files = given.GetResult(Control) is not null || given.GetResult(Experiment) is not null;
            var ofRunbook = new Option[] { Parameters, Metrics, Baseline }.FirstOrDefault(o => given.GetResult(o) is not null);
            if (given.GetResult(Runbook) is { Tokens.Count: > 0 })
            {
                if (files || given.GetResult(Direction) is { Implicit: false })
                    given.AddError("--control, --experiment and --direction are for two files, and don't go with a runbook.");
            }
            else if (given.GetResult(Control) is null || given.GetResult(Experiment) is null)
                given.AddError("Give a runbook, or both --control and --experiment.");
            else if (ofRunbook is not null || given.GetResult(Since) is { Implicit: false })
                given.AddError("--param, --metric, --baseline and --since go with a runbook.");
        });
        command.SetAction((parsed, cancellation) => parsed.GetValue(Runbook) is { } runbook
            ? CompareMetricsAsync(parsed, CommonOptions.Load(runbook), cancellation) : Task.FromResult(CompareFiles(parsed)));
        return command;
    }

    private static Worse Refused(System.CommandLine.Parsing.ArgumentResult given)
    {
        given.AddError("--direction is higher, lower or either.");
        return Worse.Either;
    }

    private static int CompareFiles(ParseResult parsed)
    {
        var comparison = SampleComparer.Compare(
            SampleFile.Read(Path.GetFullPath(parsed.GetValue(Experiment)!)),
            SampleFile.Read(Path.GetFullPath(parsed.GetValue(Control)!)),
            new ComparisonOptions
            {
                Tolerance = parsed.GetValue(Tolerance),
                Confidence = parsed.GetValue(Confidence),
                Worse = parsed.GetValue(Direction),
            });
        if (parsed.GetValue(Json))
        {
            JsonOut.Write(json =>
            {
                json.WriteStartObject();
                ComparisonOutput.Members(json, comparison);
                json.WriteEndObject();
            });
        }
        else
            ComparisonOutput.Line(comparison);
        return ExitCode.Of([comparison]);
    }

    private static async Task<int> CompareMetricsAsync(ParseResult parsed, Runbook runbook, CancellationToken cancellation)
    {
        var baseline = parsed.GetValue(Baseline) is { } file ? KpiFile.Read(Path.GetFullPath(file)) : null;
        using var session = MetricSession.Open(
            runbook, CommonOptions.ParametersFrom(parsed.GetValue(Parameters)), parsed.GetValue(Metrics) ?? [],
            Environment.GetEnvironmentVariable, TimeProvider.System);
        var compared = await DriftCheck.CompareAsync(session, new DriftOptions
        {
            Tolerance = parsed.GetValue(Tolerance),
            Confidence = parsed.GetValue(Confidence),
            Since = parsed.GetValue(Since),
            Baseline = baseline?.Means,
        }, TimeProvider.System, cancellation).ConfigureAwait(false);
        if (parsed.GetValue(Json))
            JsonOut.Write(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("comparisons");
                foreach (var row in compared)
                {
                    json.WriteStartObject();
                    json.WriteString("metric", row.Metric);
                    json.WriteString("against", row.Against);
                    ComparisonOutput.Members(json, row.Comparison);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            });
        foreach (var row in parsed.GetValue(Json) ? [] : compared)
            ComparisonOutput.Line(row.Comparison);
        return ExitCode.Of(compared.Select(row => row.Comparison));
    }
}
