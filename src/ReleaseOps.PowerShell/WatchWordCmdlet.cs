using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.PowerShell;

/// <summary>What the cmdlets have in common that tell a watch something.</summary>
public abstract class WatchWordCmdlet : ReleaseCmdlet
{
    /// <summary>Name or path of the runbook.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [Alias("Path", "PSPath", "FullName")]
    public string Name { get; set; } = "";

    /// <summary>Tells it, where ShouldProcess agrees.</summary>
    private protected void Say(Func<string, DateTimeOffset, WatchWord> word)
    {
        var plan = StabilityWatch.Plan(RunbookReader.Load(this.File(Name)), Given);
        var options = Options(this.CurrentFolder());
        var said = word(options.Actor, options.Clock.GetUtcNow());
        if (!ShouldProcess(plan.Release.ToString(), "tell its watch: " + OneLine.Of(WatchProgress.Said(said))))
            return;
        WriteVerbose(StabilityWatch.Say(plan, said, new WatchOptions(options)) == Delivery.Recorded
            ? "It is in the ledger." : "The run that holds the release records it within a second.");
    }
}
