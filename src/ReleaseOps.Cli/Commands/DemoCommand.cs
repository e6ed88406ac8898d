using System.CommandLine;
using ReleaseOps.Checklists;
using ReleaseOps.Cli.Demo;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Evidence;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops demo</c>: a real go-live, canary rollout or stability watch of a small service on this machine, from checks to evidence.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Rollout = new("--rollout")
    {
        Description = "Run a canary rollout in five stages instead of the go-live checklist.",
    };
    private static readonly Option<bool> Watch = new("--watch")
    {
        Description = "Watch the service after its release, for 15 seconds.",
    };
    private static readonly Option<Fault> WithFault = new("--fault")
    {
        Description = "What is wrong with the service: none, ready, stock, slow, exports or deploy; with --rollout or --watch none, errors or latency.",
    };
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("demo", "Starts a small service on loopback and runs a real runbook against it.") { Rollout, Watch, WithFault, Evidence, Json };
        CommonOptions.NotTogether(command, Rollout, Watch);
        command.SetAction((parsed, cancellation) =>
        {
            var (rollout, watch, fault) = (parsed.GetValue(Rollout), parsed.GetValue(Watch), parsed.GetValue(WithFault));
            var underLoad = rollout || watch;
            if (fault != Fault.None && fault is Fault.Errors or Fault.Latency != underLoad)
                throw new ReleaseOpsException(
                    ErrorId.Usage, $"--fault {fault.ToString().ToLowerInvariant()} goes {(rollout ? "without --rollout" : watch ? "without --watch" : "with --rollout or --watch")}.",
                    underLoad ? "With --rollout and --watch the fault is none, errors or latency." : "Without them it is none, ready, stock, slow, exports or deploy.");
            return rollout ? RolloutAsync(parsed, cancellation) : watch ? WatchAsync(parsed, cancellation) : ChecklistAsync(parsed, cancellation);
        });
        return command;
    }

    private static async Task<int> ChecklistAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var json = parsed.GetValue(Json);
        using var service = new SampleService(parsed.GetValue(WithFault));
        Announce(service.Host, parsed);
        var plan = Planner.Make(CommonOptions.Load("demo"), new Dictionary<string, string> { ["host"] = service.Host }, Selection.All);
        using var view = new ChecklistView(json);
        var options = CommonOptions.RunWith(null, parsed.GetValue(Evidence)) with { KeepGoing = true, Listener = view };
        GiveUpEarlierDemo(plan, options);
        var result = await Checklist.RunAsync(plan, options, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }

    private static async Task<int> RolloutAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var json = parsed.GetValue(Json);
        using var service = new CanaryService(parsed.GetValue(WithFault));
        Announce(service.Host, parsed);
        var given = new Dictionary<string, string> { ["host"] = service.Host };
        var plan = CanaryRollout.Plan(CommonOptions.Load("demo-rollout"), given, null);
        using var view = new RolloutView(json);
        var options = CommonOptions.RunWith(null, parsed.GetValue(Evidence)) with { Listener = view };
        GiveUpEarlierDemo(plan, options);
        // As one should: the way back is rehearsed before it may be needed.
        ReleaseRollback.Rehearse(ReleaseRollback.Plan(plan.Runbook, given), options);
        var result = await CanaryRollout.RunAsync(plan, new RolloutOptions(options), cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }

    private static async Task<int> WatchAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var json = parsed.GetValue(Json);
        // About six seconds of them.
        using var service = new CanaryService(parsed.GetValue(WithFault), weight: 100, soundRequests: 1500);
        Announce(service.Host, parsed);
        var plan = StabilityWatch.Plan(CommonOptions.Load("demo-watch"), new Dictionary<string, string> { ["host"] = service.Host });
        using var view = new WatchView(json, once: false);
        var options = CommonOptions.RunWith(null, parsed.GetValue(Evidence));
        GiveUpEarlierWatch(plan, options);
        // The first look wants something to look at.
        await Task.Delay(TimeSpan.FromSeconds(1.5), cancellation).ConfigureAwait(false);
        var result = await StabilityWatch.RunAsync(
            plan, new WatchOptions(options with { Listener = new WatchReporter(view, options.Clock) }) { Commander = options.Actor }, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }

    private static void Announce(string host, ParseResult parsed)
    {
        var fault = parsed.GetValue(WithFault);
        if (!parsed.GetValue(Json))
            Console.Out.WriteLine($"A sample service listens on http://{host}{(fault == Fault.None ? "" : $" (fault: {fault.ToString().ToLowerInvariant()})")}");
    }

    /// <summary>What an interrupted demo had begun to change went away with its service.</summary>
    private static void GiveUpEarlierDemo(Plan plan, RunOptions options) => GiveUp(() => Checklist.Abandon(plan.Release, run: null, options));

    private static void GiveUpEarlierWatch(Plan plan, RunOptions options) => GiveUp(() => StabilityWatch.Abandon(plan.Release, run: null, options));

    private static void GiveUp(Action abandon)
    {
        try
        {
            abandon();
        }
        catch (ReleaseOpsException none) when (none.Id == ErrorId.RunNotFound)
        {
        }
    }
}
