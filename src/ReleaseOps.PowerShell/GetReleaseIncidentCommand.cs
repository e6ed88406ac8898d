using System.Management.Automation;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Gives the incidents of a release, as its ledger has them: from watches, from people, from updates.</summary>
/// <remarks>
/// <para>Each has its status, severity, owner, clocks, the updates that were sent, whether the next one is overdue, and its timeline.</para>
/// </remarks>
/// <example>
/// <code>Get-ReleaseIncident ./shop.yaml -Parameter @{ version = '1.4.0' }</code>
/// <para>Shows the incidents of a release.</para>
/// </example>
/// <example>
/// <code>Get-ReleaseIncident ./shop.yaml | Where-Object IsUpdateOverdue | ForEach-Object { Write-Warning "$($_.Id): the update of $($_.NextUpdateAt) is overdue" }
/// (Get-ReleaseIncident ./shop.yaml)[0].Timeline</code>
/// <para>Finds promised updates that nobody has sent, and reads what happened in an incident.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReleaseIncident", DefaultParameterSetName = ByPath)]
[OutputType(typeof(Incident))]
public sealed class GetReleaseIncidentCommand : RunbookCmdlet
{
    /// <summary>Ids of incidents; all of them unless told otherwise.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IncidentCompleter))]
    public string[] Incident { get; set; } = ["*"];

    /// <summary>Only those that aren't resolved.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>Reads them.</summary>
    protected override void ProcessItem()
    {
        var wanted = Incident.Select(id => WildcardPattern.Get(id, WildcardOptions.IgnoreCase)).ToList();
        var incidents = IncidentUpdates.Read(Planner.MakeMessages(LoadRunbook(), Given), Options(this.CurrentFolder()));
        WriteObject(incidents.Where(i => wanted.Exists(w => w.IsMatch(i.Id)) && (!Open || i.Status != IncidentStatus.Resolved)), enumerateCollection: true);
    }
}
