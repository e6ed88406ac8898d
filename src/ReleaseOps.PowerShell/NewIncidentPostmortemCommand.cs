using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Drafts the postmortem of an incident from the release's ledger.</summary>
/// <remarks>
/// <para>What the ledger knows is filled in: the window, the first signal, the delay until it was seen, the timeline of the mitigation, who was on
/// it, where the evidence lies. What people must add is marked TO DO, and listed in ToDo.</para>
/// <para>The output is the draft as an object; -OutputPath writes it as Markdown into a new file, too.</para>
/// </remarks>
/// <example>
/// <code>New-IncidentPostmortem ./shop.yaml INC-1 -Parameter @{ version = '1.4.0' } -OutputPath ./INC-1.md</code>
/// <para>Writes the draft for people to go on with.</para>
/// </example>
/// <example>
/// <code>Get-ReleaseIncident ./shop.yaml | New-IncidentPostmortem ./shop.yaml | Select-Object Incident, DetectionDelay, ToDo</code>
/// <para>Drafts one for each incident, and shows how long each went unseen.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "IncidentPostmortem", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(IncidentPostmortem))]
public sealed class NewIncidentPostmortemCommand : RunbookCmdlet
{
    /// <summary>The incident's id: INC-1. Incidents of Get-ReleaseIncident can be piped in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(IncidentCompleter))]
    public string Incident { get; set; } = "";

    /// <summary>Path of a new file for the draft as Markdown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Drafts it.</summary>
    protected override void ProcessItem()
    {
        var draft = IncidentPostmortems.Draft(Planner.MakeMessages(LoadRunbook(), Given), Incident, Options(this.CurrentFolder()));
        if (OutputPath is not null && ShouldProcess(this.FullPath(OutputPath), $"write the postmortem of {Incident}"))
            PostmortemMarkdown.WriteNew(this.FullPath(OutputPath), draft);
        WriteObject(draft);
    }
}
