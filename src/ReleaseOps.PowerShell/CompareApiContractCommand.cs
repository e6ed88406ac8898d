using System.Management.Automation;
using ReleaseOps.Contracts;
using ReleaseOps.Evidence;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.PowerShell;

/// <summary>Compares two OpenAPI descriptions as a client of the older one sees them.</summary>
/// <remarks>
/// <para>Reads OpenAPI 2.0 to 3.1, JSON and YAML, with what the description refers to. Each difference has a stable id (oasdiff's, where the
/// meaning is the same), a level, the operation, and its place in each description.</para>
/// <para>The decision is NoGo where a difference is of the level of -FailOn or worse, and Hold where something could not be compared: a
/// reference that leads nowhere. A difference is a result and not an error.</para>
/// </remarks>
/// <example>
/// <code>(Compare-ApiContract main:api/openapi.yaml api/openapi.yaml).Changes</code>
/// <para>Shows what the working tree's description changes against that of the branch main.</para>
/// </example>
/// <example>
/// <code>$result = Compare-ApiContract v1.json v2.json -Ignore accepted.yaml
/// if ($result.Decision -ne 'Go') { $result.Changes | Where-Object Level -eq Breaking | Format-List; exit 1 }</code>
/// <para>Ends a script where a client would break, differences left out that are known and accepted.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem proposals/*.yaml | Compare-ApiContract api/openapi.yaml | Where-Object Decision -ne Go | Select-Object Revision, Summary
/// </code>
/// <para>Shows which of several proposals can't follow.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "ApiContract")]
[OutputType(typeof(ContractResult))]
public sealed class CompareApiContractCommand : EngineCmdlet
{
    /// <summary>The older description: a file, a URL, or a file of a git revision (main:api/openapi.yaml).</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Base { get; set; } = "";

    /// <summary>The newer description; likewise.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string Revision { get; set; } = "";

    /// <summary>The least level of a difference that makes NoGo: Breaking unless told otherwise.</summary>
    [Parameter]
    public ChangeLevel FailOn { get; set; } = ChangeLevel.Breaking;

    /// <summary>Path of a list of differences that are known and accepted, each with a reason and a last day.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Ignore { get; set; }

    /// <summary>Compares them.</summary>
    protected override void ProcessItem()
    {
        var options = new ContractOptions
        {
            FailOn = FailOn,
            Ignore = Ignore is null ? null : this.FullPath(Ignore),
            Today = DateOnly.FromDateTime(DateTime.UtcNow),
        };
        var folder = this.CurrentFolder();
        var result = Await((_, cancellation) => ContractDrift.CompareAsync(Specification(Base), Specification(Revision), folder, options, cancellation));
        WriteObject(result);
    }

    // What comes down the pipeline has the provider's name before the path.
    private static string Specification(string given) =>
        given.IndexOf("::", StringComparison.Ordinal) is > 0 and var at && given[..at].EndsWith("FileSystem", StringComparison.Ordinal) ? given[(at + 2)..] : given;
}
