using System.Management.Automation;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Writes a new runbook to start from.</summary>
/// <remarks>
/// <para>The file is a small runbook that passes Test-ReleaseRunbook, with a comment at each part, and names the schema that lets an
/// editor complete keys. A file that is there already is never overwritten.</para>
/// </remarks>
/// <example>
/// <code>New-ReleaseRunbook shop-go-live -Destination ./runbooks</code>
/// <para>Writes runbooks/shop-go-live.yaml.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReleaseRunbook", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewReleaseRunbookCommand : EngineCmdlet
{
    /// <summary>Name of the runbook, and of its file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Name { get; set; } = "";

    /// <summary>The folder to write to; the current location unless told otherwise.</summary>
    [Parameter(Position = 1)]
    public string? Destination { get; set; }

    /// <summary>Writes the file.</summary>
    protected override void ProcessItem()
    {
        var folder = Destination is null ? this.CurrentFolder() : this.FullPath(Destination);
        if (ShouldProcess(Path.Combine(folder, Name + ".yaml"), "write a new runbook"))
            WriteObject(new FileInfo(NewRunbook.Write(Name, folder)));
    }
}
