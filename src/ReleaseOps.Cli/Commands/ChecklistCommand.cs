using System.CommandLine;
using System.Globalization;
using ReleaseOps.Checklists;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops checklist RUNBOOK</c>: plan it, dry-run it, run it, resume it.</summary>
internal static class ChecklistCommand
{
    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string[]> Phases = new("--phase") { Description = "Run only this phase; may be given several times." };
    private static readonly Option<string[]> Steps = new("--step") { Description = "Run only this step; may be given several times." };
    private static readonly Option<bool> DryRun = CommonOptions.DryRun();
    private static readonly Option<bool> KeepGoing = new("--keep-going")
    {
        Description = "Look at everything after a failure. What would change something is still left out.",
    };
    private static readonly Option<bool> Confirm = new("--confirm") { Description = "Ask before each step that changes something." };
    private static readonly Option<int> Parallel = new("--parallel")
    {
        Description = "How many steps may run side by side where the runbook allows it (1 to 64).",
        DefaultValueFactory = _ => 4,
    };
    private static readonly Option<bool> Timeline = new("--timeline") { Description = "Show the dry run as one page: what is due when." };
    private static readonly Option<DateTimeOffset?> T0 = new("--t0")
    {
        Description = "When T-0 is, for the clock times of a dry run: 2026-12-01T10:00Z.",
        CustomParser = ReleaseClockOptions.T0,
    };
    private static readonly Option<TimeZoneInfo?> Zone = new("--zone")
    {
        Description = "A time zone to show beside UTC: Europe/Berlin.",
        CustomParser = ReleaseClockOptions.Zone,
    };
    private static readonly Option<string?> Resume = CommonOptions.Resume();
    private static readonly Option<string?> Abandon = CommonOptions.Abandon();
    private static readonly Option<string?> Folder = CommonOptions.Folder();

    public static Command Make()
    {
        Parallel.Validators.Add(given =>
        {
            // What isn't a number at all has an error already.
            if (given.Tokens is [var number] && int.TryParse(number.Value, CultureInfo.InvariantCulture, out var steps) && steps is < 1 or > 64)
                given.AddError("--parallel takes a whole number from 1 to 64.");
        });
        var command = new Command("checklist", "Runs the checks and actions of a runbook, in order, and decides go or no-go.")
        {
            Runbook, Phases, Steps, Parameters, DryRun, Timeline, T0, Zone, KeepGoing, Confirm, Parallel, Resume, Abandon, Folder, Evidence, Json,
        };
        CommonOptions.NotTogether(command, Resume, Abandon);
        command.Validators.Add(given =>
        {
            if (!given.GetValue(DryRun) && (given.GetResult(T0) ?? given.GetResult(Zone) ?? given.GetResult(Timeline)) is { } alone)
                given.AddError($"{alone.Option.Name} goes with --dry-run.");
            if (given.GetResult(Zone) is not null && given.GetResult(T0) is null)
                given.AddError("--zone goes with --t0.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var runbook = CommonOptions.Load(parsed.GetValue(Runbook)!);
        var selection = new Selection(parsed.GetValue(Phases) ?? [], parsed.GetValue(Steps) ?? []);
        var plan = Planner.Make(runbook, CommonOptions.ParametersFrom(parsed.GetValue(Parameters)), selection);
        var json = parsed.GetValue(Json);
        if (parsed.GetValue(DryRun))
        {
            var planned = Checklist.DryRun(plan, Environment.UserName, TimeProvider.System);
            var clock = parsed.GetValue(T0) is { } t0 ? new ReleaseClock(t0, parsed.GetValue(Zone)) : null;
            return RunOutput.Show(planned, json, clock, parsed.GetValue(Timeline));
        }

        using var view = new ChecklistView(json);
        var options = CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence)) with
        {
            KeepGoing = parsed.GetValue(KeepGoing),
            Parallelism = parsed.GetValue(Parallel),
            Attendant = ConsoleAttendant.IfSomebodyIsThere(view.Screen),
            Listener = view,
            Declined = parsed.GetValue(Confirm) ? ConsoleAttendant.AskEach(plan) : new HashSet<string>(),
        };
        if (parsed.GetResult(Abandon) is not null)
        {
            Console.Out.WriteLine($"Gave up the run {Checklist.Abandon(plan.Release, parsed.GetValue(Abandon), options)}.");
            return ExitCode.Go;
        }
        var result = parsed.GetResult(Resume) is not null
            ? await Checklist.ResumeAsync(plan, parsed.GetValue(Resume), options, cancellation).ConfigureAwait(false)
            : await Checklist.RunAsync(plan, options, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }
}
