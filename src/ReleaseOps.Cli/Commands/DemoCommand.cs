using System.CommandLine;
using ReleaseOps.Checklists;
using ReleaseOps.Cli.Demo;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops demo</c>: a real go-live, or a real canary rollout, of a small service on this machine, from checks to evidence.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Rollout = new("--rollout")
    {
        Description = "Run a canary rollout in five stages instead of the go-live checklist.",
    };
    private static readonly Option<Fault> WithFault = new("--fault")
    {
        Description = "What is wrong with the service: none, ready, stock, slow, exports or deploy; with --rollout none, errors or latency.",
    };
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("demo", "Starts a small service on loopback and runs a real runbook against it.") { Rollout, WithFault, Evidence, Json };
        command.SetAction((parsed, cancellation) =>
        {
            var (rollout, fault) = (parsed.GetValue(Rollout), parsed.GetValue(WithFault));
            if (fault != Fault.None && fault is Fault.Errors or Fault.Latency != rollout)
                throw new ReleaseOpsException(
                    ErrorId.Usage, $"--fault {fault.ToString().ToLowerInvariant()} goes {(rollout ? "without" : "with")} --rollout.",
                    rollout ? "With --rollout the fault is none, errors or latency." : "Without --rollout it is none, ready, stock, slow, exports or deploy.");
            return rollout ? RolloutAsync(parsed, cancellation) : ChecklistAsync(parsed, cancellation);
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

    private static void Announce(string host, ParseResult parsed)
    {
        var fault = parsed.GetValue(WithFault);
        if (!parsed.GetValue(Json))
            Console.Out.WriteLine($"A sample service listens on http://{host}{(fault == Fault.None ? "" : $" (fault: {fault.ToString().ToLowerInvariant()})")}");
    }

    /// <summary>What an interrupted demo had begun to change went away with its service.</summary>
    private static void GiveUpEarlierDemo(Plan plan, RunOptions options)
    {
        try
        {
            Checklist.Abandon(plan.Release, run: null, options);
        }
        catch (ReleaseOpsException none) when (none.Id == ErrorId.RunNotFound)
        {
        }
    }
}
