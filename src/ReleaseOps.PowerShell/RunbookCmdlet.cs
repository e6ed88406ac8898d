using System.Management.Automation;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>
/// What the cmdlets have in common whose runbook is named, given as a path or piped in: as a file or as it was read. The default parameter
/// set is that of the path, because a file has a name, too, which says less.
/// </summary>
public abstract class RunbookCmdlet : ReleaseCmdlet
{
    private protected const string ByName = "Name";
    private protected const string ByPath = "Path";
    private protected const string ByRunbook = "Runbook";

    /// <summary>
    /// Name of the runbook: one in the current location's runbooks folder, in a folder that RELEASEOPS_RUNBOOKS lists, or a built-in one. A
    /// path will do, too.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Path of the runbook's file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string Path { get; set; } = "";

    /// <summary>A runbook that was read with Get-ReleaseRunbook.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRunbook, ValueFromPipeline = true)]
    public Runbook Runbook { get; set; } = null!;

    private protected Runbook LoadRunbook() => ParameterSetName switch
    {
        ByName => RunbookReader.Load(this.File(Name)),
        ByPath => RunbookReader.Load(this.FullPath(Path)),
        _ => Runbook,
    };
}
