using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Evidence;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops watch RUNBOOK</c>: watches a release that is out, to its end or one round; replays it; and what people say to it.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<string?> Folder = CommonOptions.Folder();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<DateTimeOffset?> T0 = new("--t0")
    {
        Description = "When the release was out, as in 2026-12-01T10:00Z; what lies before now is looked at in history (default: now).",
        CustomParser = ReleaseClockOptions.T0,
    };
    private static readonly Option<string?> Commander = new("--commander") { Description = "The incident commander's name, where the runbook asks for one." };
    private static readonly Option<bool> Once = new("--once")
    {
        Description = "Make the looks that are due, and end; begins the watch where there is none, shows what it came to where it has ended. For cron and scheduled pipelines.",
    };
    private static readonly Option<bool> DryRun = CommonOptions.DryRun();
    private static readonly Option<string?> Resume = CommonOptions.Resume();
    private static readonly Option<string?> Abandon = CommonOptions.Abandon();
    private static readonly Option<(DateTimeOffset From, DateTimeOffset To)?> Replay = new("--replay")
    {
        Description = "FROM..TO, as in -24h..now: run the watch over that history and show what it would have called and decided, and when.",
        CustomParser = given =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var (span, problem) = Moment.ParseSpan(given.Tokens[0].Value, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
            if (problem is not null)
                given.AddError("--replay " + problem);
            return span;
        },
    };

    public static Command Make()
    {
        var command = new Command("watch",
            "Watches a release once it is out: thresholds, incidents with their clocks, reviews, error budgets; then GO, NO-GO or HOLD. "
            + "Exit code 0, 1 or 3 by the decision; with --once, while it goes on, 0 unless it is NO-GO so far.")
        {
            Runbook, Parameters, T0, Commander, Once, DryRun, Resume, Abandon, Replay, Folder, Evidence, Json, Status(),
        };
        foreach (var word in WatchWordCommand.All())
            command.Add(word);
        CommonOptions.OneOf(command, Once, DryRun, Resume, Abandon, Replay);
        // A watch that goes on has both already; `watch commander` hands it over.
        foreach (var begun in new Option[] { Resume, Abandon, Replay })
        {
            CommonOptions.NotTogether(command, T0, begun);
            CommonOptions.NotTogether(command, Commander, begun);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var plan = StabilityWatch.Plan(CommonOptions.Load(parsed.GetValue(Runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(Parameters)));
        var json = parsed.GetValue(Json);
        var plain = CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence));
        if (parsed.GetResult(Abandon) is not null)
        {
            Console.Out.WriteLine($"Gave up the watch {StabilityWatch.Abandon(plan.Release, parsed.GetValue(Abandon), plain)}.");
            return ExitCode.Go;
        }
        var options = new WatchOptions(plain) { Commander = parsed.GetValue(Commander), T0 = parsed.GetValue(T0) };
        if (parsed.GetValue(DryRun))
            return RunOutput.Show(StabilityWatch.DryRun(plan, options), json);
        if (parsed.GetValue(Replay) is { } span)
            return RunOutput.Show(await StabilityWatch.ReplayAsync(plan, span.From, span.To, options, cancellation).ConfigureAwait(false), json);

        using var view = new WatchView(json, parsed.GetValue(Once));
        options = options with { Run = plain with { Listener = new WatchReporter(view, plain.Clock) } };
        var result = parsed.GetValue(Once)
            ? await StabilityWatch.OnceAsync(plan, options, cancellation).ConfigureAwait(false)
            : parsed.GetResult(Resume) is not null
            ? await StabilityWatch.ResumeAsync(plan, parsed.GetValue(Resume), options, cancellation).ConfigureAwait(false)
            : await StabilityWatch.RunAsync(plan, options, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }

    private static Command Status()
    {
        var (runbook, parameters, evidence, json) =
            (CommonOptions.Runbook(), CommonOptions.Parameters(), CommonOptions.Evidence(), CommonOptions.Json());
        var command = new Command("status", "Shows where the last watch of a release stands. Exit code 0, 1 or 3: what it would decide if it ended now.")
        {
            runbook, parameters, evidence, json,
        };
        command.SetAction(parsed =>
        {
            var plan = StabilityWatch.Plan(CommonOptions.Load(parsed.GetValue(runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(parameters)));
            var watch = StabilityWatch.Read(plan, new WatchOptions(CommonOptions.RunWith(null, parsed.GetValue(evidence))));
            RunOutput.Show(watch, parsed.GetValue(json));
            return ExitCode.Of(watch.Decision ?? Decision.Hold);
        });
        return command;
    }
}
