using System.Management.Automation;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Checks release runbooks and gives every problem with its place.</summary>
/// <remarks>
/// <para>All problems of a file are found at once, each with line, column, the rule that it breaks and what to do. No output means no
/// problem. A warning is allowed, but probably not what was meant.</para>
/// </remarks>
/// <example>
/// <code>Test-ReleaseRunbook -Path ./go-live.yaml</code>
/// <para>Lists the problems of a file.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-ReleaseRunbook -Path ./go-live.yaml -Quiet)) { exit 1 }</code>
/// <para>Stops a build when the runbook can't be used.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem runbooks/*.yaml | Test-ReleaseRunbook | Group-Object Id -NoElement</code>
/// <para>Counts the kinds of problems of several files.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReleaseRunbook", DefaultParameterSetName = ByName)]
[OutputType(typeof(RunbookProblem), ParameterSetName = [ByName, ByPath])]
[OutputType(typeof(bool))]
public sealed class TestReleaseRunbookCommand : EngineCmdlet
{
    private const string ByName = "Name";
    private const string ByPath = "Path";

    /// <summary>Names of runbooks, wildcards allowed, or paths.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Paths of runbook files, wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "File")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Gives true or false for each file instead of its problems: false where it has an error. Warnings don't count.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Checks the files that are named.</summary>
    protected override void ProcessItem()
    {
        foreach (var file in ParameterSetName == ByName ? Name.SelectMany(this.Files) : Path.SelectMany(this.FullPaths))
        {
            var reading = RunbookReader.Read(file);
            if (Quiet)
                WriteObject(reading.Runbook is not null);
            else
                WriteObject(reading.Problems, enumerateCollection: true);
        }
    }
}
