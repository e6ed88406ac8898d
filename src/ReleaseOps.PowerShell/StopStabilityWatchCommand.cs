using System.Management.Automation;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Ends the watch of a release before its time.</summary>
/// <remarks>
/// <para>The watch decides on what it has seen, and its result says who ended it, and why. A process that is with the watch takes the word
/// within a second. No output.</para>
/// </remarks>
/// <example>
/// <code>Stop-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' } -Text 'rolled back, see INC-2'</code>
/// <para>Ends the watch.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "StabilityWatch", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopStabilityWatchCommand : WatchWordCmdlet
{
    /// <summary>Why; it stands in the ledger and in the evidence.</summary>
    [Parameter(Mandatory = true)]
    [Alias("Reason")]
    public string Text { get; set; } = "";

    /// <summary>Says so.</summary>
    protected override void ProcessItem() => Say((by, at) => new WatchWord(WatchWordKind.Stop, by, at) { Text = Text });
}
