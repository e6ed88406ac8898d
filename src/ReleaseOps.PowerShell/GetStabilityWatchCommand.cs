using System.Management.Automation;
using ReleaseOps.Watches;

namespace ReleaseOps.PowerShell;

/// <summary>Shows where the last watch of a release stands: incidents with their clocks, reviews, thresholds, error budgets, and what it would decide.</summary>
/// <remarks>
/// <para>It reads the release's ledger, from any session, and changes nothing. While the watch goes on, Ended is false, and Decision is what it
/// would come to if it ended now.</para>
/// </remarks>
/// <example>
/// <code>Get-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' }</code>
/// <para>Shows where it stands.</para>
/// </example>
/// <example>
/// <code>(Get-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' }).Incidents | Where-Object IsOpen</code>
/// <para>Lists the open incidents.</para>
/// </example>
/// <example>
/// <code>Get-ReleaseRunbook ./*.yaml | Where-Object Watch | Get-StabilityWatch | Format-Table Release, Decision, Ended, AsOf</code>
/// <para>Shows all watches whose runbooks lie here.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "StabilityWatch", DefaultParameterSetName = ByPath)]
[OutputType(typeof(WatchResult))]
public sealed class GetStabilityWatchCommand : RunbookCmdlet
{
    /// <summary>Reads it.</summary>
    protected override void ProcessItem() => WriteObject(StabilityWatch.Read(
        StabilityWatch.Plan(LoadRunbook(), Given), new WatchOptions(Options(this.CurrentFolder()))));
}
