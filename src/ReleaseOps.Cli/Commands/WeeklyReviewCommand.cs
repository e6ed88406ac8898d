using System.CommandLine;
using ReleaseOps.Evidence;
using ReleaseOps.Reviews.Weekly;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops review weekly</c>: what a week of daily reviews, incidents, interventions and alerts comes to.</summary>
internal static class WeeklyReviewCommand
{
    private static readonly Argument<string> Runbook = ReviewCommand.UsualRunbook();
    private static readonly Option<DateOnly?> Day = ReviewCommand.DayOption("--day",
        "The last day, yyyy-MM-dd (default: today, in the review's time zone).");
    private static readonly Option<string[]> Days = CommonOptions.NeverEmpty(new Option<string[]>("--daily")
    {
        Description = "The review of a day, JSON; may be given several times (default: those of the trading days in --report-dir).",
        AllowMultipleArgumentsPerToken = false,
    });
    private static readonly Option<string?> Reports = ReviewCommand.Folder("--report-dir",
        "Where the days' reviews are, and where the week's goes (default: the runbook's own place).");
    private static readonly Option<string?> Timeline = ReviewCommand.Folder("--timeline",
        "The timeline of incidents: a release's ledger or its folder, or JSON Lines with ts, incident, event.");
    private static readonly Option<string?> Interventions = ReviewCommand.Folder("--intervention-log",
        "The interventions: JSON Lines with ts, reason, action, alert.");
    private static readonly Option<string?> Alerts = ReviewCommand.Folder("--alerts",
        "The alerts that aren't resolved, as Alertmanager's /api/v2/alerts lists them.");
    private static readonly Option<string?> Previous = ReviewCommand.Folder("--previous",
        "The week before, JSON, whose open changes are carried on (default: the newest one in --report-dir).");
    private static readonly Option<string?> Changes = ReviewCommand.Folder("--changes",
        "Runbook changes that are asked for, taken over or closed: JSON, a list of id, title, owner, due, closed.");
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("weekly",
            "Reviews a week: recurring failures, false and duplicate alerts, runbook changes with owner and date, thresholds.")
        {
            Runbook, Day, Days, Reports, Timeline, Interventions, Alerts, Previous, Changes, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var runbook = CommonOptions.Load(parsed.GetValue(Runbook)!);
        var folder = Environment.CurrentDirectory;
        var result = WeeklyReview.Run(runbook, new WeeklyReviewOptions(folder)
        {
            Day = parsed.GetValue(Day),
            Days = parsed.GetValue(Days) ?? [],
            Reports = parsed.GetValue(Reports),
            Timeline = parsed.GetValue(Timeline),
            Interventions = parsed.GetValue(Interventions),
            Alerts = parsed.GetValue(Alerts),
            Previous = parsed.GetValue(Previous),
            Changes = parsed.GetValue(Changes),
        });
        result = ReviewFiles.Write(folder, parsed.GetValue(Reports), runbook.Review!, result);
        if (parsed.GetValue(Json))
            Console.Out.Write(WeeklyJson.Text(result));
        else
            ReviewText.Write(Console.Out, result);
        return ExitCode.Of(result.Decision);
    }
}
