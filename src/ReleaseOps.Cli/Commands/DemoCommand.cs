using System.CommandLine;
using ReleaseOps.Checklists;
using ReleaseOps.Cli.Demo;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops demo</c>: a real go-live of a small sample service on this machine, from checks to evidence.</summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var fault = new Option<Fault>("--fault") { Description = "What is wrong with the service: none, ready, stock, slow, exports or deploy." };
        var evidence = CommonOptions.Evidence();
        var json = CommonOptions.Json();
        var command = new Command("demo", "Starts a small service on loopback and runs a real go-live runbook against it.") { fault, evidence, json };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(fault), CommonOptions.EvidenceRoot(parsed.GetValue(evidence)), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Fault fault, string evidenceRoot, bool json, CancellationToken cancellation)
    {
        using var service = new SampleService(fault);
        if (!json)
            Console.Out.WriteLine($"A sample service listens on http://{service.Host}{(fault == Fault.None ? "" : $" (fault: {fault.ToString().ToLowerInvariant()})")}");
        var runbook = CommonOptions.Load("demo");
        var plan = Planner.Make(runbook, new Dictionary<string, string> { ["host"] = service.Host }, Selection.All);
        using var view = new ChecklistView(json);
        var options = new RunOptions
        {
            Folder = Environment.CurrentDirectory,
            EvidenceRoot = evidenceRoot,
            Actor = Environment.UserName,
            KeepGoing = true,
            Listener = view,
        };
        GiveUpEarlierDemo(plan, options);
        var result = await Checklist.RunAsync(plan, options, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
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
