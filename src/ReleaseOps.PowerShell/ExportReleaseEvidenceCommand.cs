using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Writes the result of a checklist, a rollout, a rollback or a stability watch to files, for people and for machines.</summary>
/// <remarks>
/// <para>A run writes its evidence into its own folder already (Folder of the result). This cmdlet writes a copy in the formats and to the
/// place of your choice, also for a dry run: Json is the whole result (result.json), Markdown a report for people (report.md),
/// JUnit what CI systems show as test results (junit.xml), and Html, of a stability watch only, a page with its plots (report.html).</para>
/// </remarks>
/// <example>
/// <code>Invoke-GoLiveChecklist aris3-go-live -Phase pre-deploy -Parameter $values | Export-ReleaseEvidence -Destination ./out</code>
/// <para>Runs a phase and writes all formats to a folder.</para>
/// </example>
/// <example>
/// <code>Invoke-GoLiveChecklist aris3-go-live -WhatIf | Export-ReleaseEvidence -Format Markdown -Destination ./plan.md</code>
/// <para>Writes the plan for a change ticket.</para>
/// </example>
[Cmdlet(VerbsData.Export, "ReleaseEvidence", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReleaseEvidenceCommand : EngineCmdlet
{
    private const string All = "All";

    /// <summary>The result of Invoke-GoLiveChecklist, Invoke-CanaryRollout, Invoke-ReleaseRollback or Start-StabilityWatch.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public RunResult InputObject { get; set; } = null!;

    /// <summary>A folder, which is made where it isn't there; or, for one format, a file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Destination { get; set; } = "";

    /// <summary>The formats: Json, Markdown, JUnit, Html (of a stability watch), or All that the result has, which is the default.</summary>
    [Parameter]
    [ValidateSet(nameof(EvidenceFormat.Json), nameof(EvidenceFormat.Markdown), nameof(EvidenceFormat.JUnit), nameof(EvidenceFormat.Html), All)]
    public string[] Format { get; set; } = [All];

    /// <summary>Replaces files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the files.</summary>
    protected override void ProcessItem()
    {
        var destination = this.FullPath(Destination);
        var formats = Format.Contains(All, StringComparer.OrdinalIgnoreCase)
            ? EvidenceExport.FormatsOf(InputObject)
            : [.. Format.Select(f => Enum.Parse<EvidenceFormat>(f, ignoreCase: true))];
        if (!ShouldProcess(destination, $"write the evidence of {InputObject.Runbook} as {string.Join(", ", formats)}"))
            return;
        foreach (var file in EvidenceExport.Write(InputObject, destination, formats, Force))
            WriteObject(new FileInfo(file));
    }
}
