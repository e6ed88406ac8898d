using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Evidence;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Cli.Commands;

/// <summary>
/// <c>releaseops review daily</c>: judges a day of an event log, with the options of the workflow's own script, so that it can take its place in
/// a cron line.
/// </summary>
internal static class ReviewCommand
{
    private const string Usual = "m31-slo-review";

    private static readonly Argument<string> Runbook = UsualRunbook();
    private static readonly Option<string[]> EventLog = CommonOptions.NeverEmpty(new Option<string[]>("--event-log-path")
    {
        Description = "An event log, JSON Lines, also .gz; - is standard input; may be given several times (default: the runbook's). "
            + "In its place a connection string of a PostgreSQL database, its password in PGPASSWORD.",
        AllowMultipleArgumentsPerToken = false,
    });
    private static readonly Option<string?> Policies = Folder("--policy-report-dir",
        "Where the policy reports are (default: the runbook's own place).");
    private static readonly Option<string?> Signoffs = Folder("--signoff-report-dir",
        "Where the signoff reports are (default: the runbook's own place).");
    private static readonly Option<string?> Reports = Folder("--report-dir", "Where the review goes (default: the runbook's own place).");
    private static readonly Option<DateOnly?> Day = DayOption("--day", "The day, yyyy-MM-dd (default: today, in the review's time zone).");
    private static readonly Option<double?> MinAvailability = Rate("--min-availability-rate",
        "The least share of runs without an error, 0 to 1 (default: the runbook's).");
    private static readonly Option<double?> MaxErrors = Rate("--max-error-rate",
        "The largest share of errors among events, 0 to 1 (default: the runbook's).");
    private static readonly Option<ReviewMomentKind?> Moment = new("--moment")
    {
        Description = "Which moment of the day it is: pre-open, session, or post-close, which is taken unless told otherwise.",
        HelpName = "pre-open|session|post-close",
        CustomParser = given => Enum.GetValues<ReviewMomentKind>().Where(k => ReviewMoment.Word(k) == given.Tokens[0].Value).ToList() is [var kind]
            ? kind : Refused<ReviewMomentKind?>(given, "--moment is pre-open, session or post-close."),
    };
    private static readonly Option<string?> Source = new("--source")
    {
        Description = "The runbook's PostgreSQL source that has the events as rows, in place of a log.",
    };
    private static readonly Option<string?> Table = CommonOptions.NeverEmpty(new Option<string?>("--table")
    {
        Description = "The table or view there, with ts, run_id, stage, event and payload (default: the runbook's, else events).",
    }, "a table's name");
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<bool> Index = new("--index")
    {
        Description = "Keep an index of days beside each log, so that the next review reads its day and what is new, and no more.",
    };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var daily = new Command("daily", "Reviews a day: availability, errors, latency, the safety floor, severity and ownership.")
        {
            Runbook, EventLog, Source, Table, Parameters, Policies, Signoffs, Reports, Day, MinAvailability, MaxErrors, Moment, Index, Json,
        };
        daily.SetAction(DailyAsync);
        return new Command("review", "Reviews what an event log says: a day, or a week.") { daily, WeeklyReviewCommand.Make() };
    }

    internal static Argument<string> UsualRunbook() => new("runbook")
    {
        Description = $"Path of a runbook, or its name (default: {Usual}).",
        DefaultValueFactory = _ => Usual,
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal static Option<string?> Folder(string name, string description) =>
        CommonOptions.NeverEmpty(new Option<string?>(name) { Description = description });

    internal static Option<DateOnly?> DayOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given => DateOnly.TryParseExact(given.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day)
            ? day : Refused<DateOnly?>(given, $"{name} takes a day such as 2026-02-21."),
    };

    private static Option<double?> Rate(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given => double.TryParse(given.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && rate is >= 0 and <= 1
            ? rate : Refused<double?>(given, $"{name} takes a share from 0 to 1, such as 0.99."),
    };

    private static T? Refused<T>(ArgumentResult given, string why)
    {
        given.AddError(why);
        return default;
    }

    private static async Task<int> DailyAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var runbook = CommonOptions.Load(parsed.GetValue(Runbook)!);
        var folder = Environment.CurrentDirectory;
        DailyReviewResult result;
        using (var bar = ReadingBar.ForTerminal())
        {
            result = await DailyReview.RunAsync(runbook, new DailyReviewOptions(folder)
            {
                Day = parsed.GetValue(Day),
                Moment = parsed.GetValue(Moment) ?? ReviewMomentKind.PostClose,
                EventLogs = parsed.GetValue(EventLog) ?? [],
                Source = parsed.GetValue(Source),
                Table = parsed.GetValue(Table),
                Parameters = CommonOptions.ParametersFrom(parsed.GetValue(Parameters)),
                StandardInput = Console.OpenStandardInput(),
                PolicyFolder = parsed.GetValue(Policies),
                SignoffFolder = parsed.GetValue(Signoffs),
                MinAvailabilityRate = parsed.GetValue(MinAvailability),
                MaxErrorRate = parsed.GetValue(MaxErrors),
                Reading = new LogReadOptions { Index = parsed.GetValue(Index) },
                Progress = bar,
            }, cancellation).ConfigureAwait(false);
        }
        result = ReviewFiles.Write(folder, parsed.GetValue(Reports), runbook.Review!, result);
        if (parsed.GetValue(Json))
            Console.Out.Write(ReviewJson.Text(result));
        else
            ReviewText.Write(Console.Out, result);
        return ExitCode.Of(result.Decision);
    }
}
