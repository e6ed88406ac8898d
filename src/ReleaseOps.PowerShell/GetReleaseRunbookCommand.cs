using System.Management.Automation;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Finds and reads release runbooks.</summary>
/// <remarks>
/// <para>Without parameters it gives every runbook that it can find by name: those in the current location's runbooks folder, in the folders
/// that the environment variable RELEASEOPS_RUNBOOKS lists, and the built-in ones. The objects can be piped to Invoke-GoLiveChecklist.</para>
/// <para>A runbook with problems is an error with the place of each; Test-ReleaseRunbook gives the problems as objects.</para>
/// </remarks>
/// <example>
/// <code>Get-ReleaseRunbook</code>
/// <para>Lists the runbooks that are there.</para>
/// </example>
/// <example>
/// <code>(Get-ReleaseRunbook aris3-go-live).Parameters</code>
/// <para>Shows what the operator of a runbook fills in.</para>
/// </example>
/// <example>
/// <code>Get-ReleaseRunbook -Path ./runbooks/*.yaml | Invoke-GoLiveChecklist -WhatIf</code>
/// <para>Shows the plans of your own runbooks.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReleaseRunbook", DefaultParameterSetName = ByName)]
[OutputType(typeof(Runbook))]
public sealed class GetReleaseRunbookCommand : EngineCmdlet
{
    private const string ByName = "Name";
    private const string ByPath = "Path";

    /// <summary>Names of runbooks, wildcards allowed, or paths; all runbooks with names when none is given.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Paths of runbook files, wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Reads the runbooks that are named.</summary>
    protected override void ProcessItem()
    {
        foreach (var file in ParameterSetName == ByName ? Name.SelectMany(this.Files) : Path.SelectMany(this.FullPaths))
            Read(file);
    }

    private void Read(string file)
    {
        try
        {
            WriteObject(RunbookReader.Load(file));
        }
        catch (ReleaseOpsException e)
        {
            Report(e);
        }
    }
}
