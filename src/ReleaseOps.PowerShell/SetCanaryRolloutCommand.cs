using System.Management.Automation;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Tells a rollout that is running in another session to pause, to go on, to be judged now, or to go back.</summary>
/// <remarks>
/// <para>Pause lets it stay at its stage; its triggers are still looked at. Resume ends a pause. Promote ends the watch, so that the stage is
/// judged now; on a hold it lets the rollout go on, on your word. Abort takes the way back now. The rollout records who said it, and why.</para>
/// <para>Give the runbook and the parameters that the rollout was started with: they name the release. No output.</para>
/// </remarks>
/// <example>
/// <code>Set-CanaryRollout ./shop.yaml -Parameter @{ version = '1.4.0' } -Signal Abort -Reason 'orders fail'</code>
/// <para>Lets the rollout go back.</para>
/// </example>
/// <example>
/// <code>Set-CanaryRollout ./shop.yaml -Parameter @{ version = '1.4.0' } -Signal Promote -Reason 'the gap in the data is the exporter, not the service'</code>
/// <para>Lets a rollout go on that holds.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "CanaryRollout", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SetCanaryRolloutCommand : ReleaseCmdlet
{
    /// <summary>Name or path of the runbook.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [Alias("Path", "PSPath", "FullName")]
    public string Name { get; set; } = "";

    /// <summary>What it is told: Pause, Resume, Promote or Abort.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public SignalKind Signal { get; set; }

    /// <summary>Why; it stands in the ledger and in the evidence.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Sends the word.</summary>
    protected override void ProcessItem()
    {
        var plan = Planner.Make(RunbookReader.Load(this.File(Name)), Given, Selection.All);
        var options = Options(this.CurrentFolder());
        if (ShouldProcess(plan.Release.ToString(), $"tell its rollout to {Signal.ToString().ToLowerInvariant()}"))
            CanaryRollout.Send(plan.Release, new Signal(Signal, options.Actor, options.Clock.GetUtcNow()) { Reason = Reason }, options);
    }
}
