using System.Collections;
using System.Management.Automation;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>What the cmdlets have in common that work on one release: its parameters and its ledger.</summary>
public abstract class ReleaseCmdlet : EngineCmdlet
{
    /// <summary>Values of the runbook's parameters, by name. Secrets don't belong here: a run takes them from its environment.</summary>
    [Parameter]
    [Alias("Parameters")]
    public Hashtable? Parameter { get; set; }

    /// <summary>The folder for ledgers and evidence; unless told otherwise what the environment variable RELEASEOPS_EVIDENCE says, else ./evidence.</summary>
    [Parameter]
    public string? EvidencePath { get; set; }

    private protected IReadOnlyDictionary<string, string> Given => ParameterValues.ToText(Parameter);

    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>Where the ledger is and who is there, with nobody to ask or to tell.</summary>
    private protected RunOptions Options(string folder) => new()
    {
        Folder = folder,
        EvidenceRoot = this.FullPath(EvidencePath ?? DefaultEvidencePath),
        Actor = Environment.UserName,
    };

    internal static string DefaultEvidencePath =>
        Environment.GetEnvironmentVariable("RELEASEOPS_EVIDENCE") is { Length: > 0 } given ? given : "evidence";
}
