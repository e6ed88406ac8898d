using System.Management.Automation;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Tells the watch of a release something, from any session: who looks after an incident, what was done, which review is over.</summary>
/// <remarks>
/// <para>Give the runbook and the parameters that the watch was begun with: they name the release. Each word goes into the ledger with who
/// said it and when; a process that is with the watch takes it within a second. No output.</para>
/// <para>-Mitigate counts once it is verified: the incident's signal must stay away for as long as the runbook asks. -ConfirmCheck answers a
/// check that asks a person. Stop-StabilityWatch ends the watch.</para>
/// </remarks>
/// <example>
/// <code>Set-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' } -Acknowledge INC-1</code>
/// <para>Takes the incident on.</para>
/// </example>
/// <example>
/// <code>Set-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' } -Mitigate INC-1 -Text 'raised the pool to 200 connections'</code>
/// <para>Says what was done about it.</para>
/// </example>
/// <example>
/// <code>(Get-StabilityWatch ./shop.yaml).Incidents | Where-Object { -not $_.AcknowledgedAt } | Set-StabilityWatch ./shop.yaml -Acknowledge</code>
/// <para>Takes on all that nobody has taken on.</para>
/// </example>
/// <example>
/// <code>Set-StabilityWatch ./shop.yaml -Open -Severity SEV2 -Text 'support: exports are empty for two customers'
/// Set-StabilityWatch ./shop.yaml -Review T+2h -Text 'all green'
/// Set-StabilityWatch ./shop.yaml -Accept -Role engineering
/// Set-StabilityWatch ./shop.yaml -Commander bob</code>
/// <para>Opens an incident that no metric shows, closes a review, accepts the end of hypercare, hands over.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "StabilityWatch", DefaultParameterSetName = ToAcknowledge, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SetStabilityWatchCommand : WatchWordCmdlet
{
    private const string ToAcknowledge = "Acknowledge";
    private const string ToMitigate = "Mitigate";
    private const string ToResolve = "Resolve";
    private const string ToTriage = "Triage";
    private const string ToOpen = "Open";
    private const string ToReview = "Review";
    private const string ToConfirm = "ConfirmCheck";
    private const string ToAccept = "Accept";
    private const string ToHandOver = "Commander";

    /// <summary>You look after the incident.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToAcknowledge)]
    public SwitchParameter Acknowledge { get; set; }

    /// <summary>The incident is mitigated; -Text says by what.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToMitigate)]
    public SwitchParameter Mitigate { get; set; }

    /// <summary>The incident is over.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToResolve)]
    public SwitchParameter Resolve { get; set; }

    /// <summary>The incident gets another severity; -Text says why.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToTriage)]
    public SwitchParameter Triage { get; set; }

    /// <summary>Opens an incident that no metric shows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToOpen)]
    public SwitchParameter Open { get; set; }

    /// <summary>The incident's id: INC-1. Incidents of Get-StabilityWatch can be piped in.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ToAcknowledge, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ToMitigate, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ToResolve, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ToTriage, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(IncidentCompleter))]
    public string Incident { get; set; } = "";

    /// <summary>The severity, a name of the runbook's ladder.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToTriage)]
    [Parameter(Mandatory = true, ParameterSetName = ToOpen)]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public string Severity { get; set; } = "";

    /// <summary>The review that is done: its time, as the runbook has it (T+2h).</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToReview)]
    [ArgumentCompleter(typeof(ReviewCompleter))]
    public string Review { get; set; } = "";

    /// <summary>Id of a check that asks a person: what it asks is so.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToConfirm)]
    [ArgumentCompleter(typeof(WatchCheckCompleter))]
    public string ConfirmCheck { get; set; } = "";

    /// <summary>The end of hypercare is accepted, in the role that -Role names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToAccept)]
    public SwitchParameter Accept { get; set; }

    /// <summary>The role that you speak in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToAccept)]
    [Parameter(ParameterSetName = ToConfirm)]
    [ArgumentCompleter(typeof(WatchRoleCompleter))]
    public string? Role { get; set; }

    /// <summary>The name of who is incident commander from now on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToHandOver)]
    public string Commander { get; set; } = "";

    /// <summary>What happened, was done or found, or why; it stands in the ledger and in the evidence.</summary>
    [Parameter(ParameterSetName = ToAcknowledge)]
    [Parameter(Mandatory = true, ParameterSetName = ToMitigate)]
    [Parameter(ParameterSetName = ToResolve)]
    [Parameter(Mandatory = true, ParameterSetName = ToTriage)]
    [Parameter(Mandatory = true, ParameterSetName = ToOpen)]
    [Parameter(ParameterSetName = ToReview)]
    [Parameter(ParameterSetName = ToConfirm)]
    [Parameter(ParameterSetName = ToAccept)]
    [Parameter(ParameterSetName = ToHandOver)]
    [Alias("Reason")]
    public string? Text { get; set; }

    /// <summary>Says it.</summary>
    protected override void ProcessItem() => Say(Word);

    private WatchWord Word(string by, DateTimeOffset at) => ParameterSetName switch
    {
        ToMitigate => new WatchWord(WatchWordKind.Mitigate, by, at) { Subject = Incident, Text = Text },
        ToResolve => new WatchWord(WatchWordKind.Resolve, by, at) { Subject = Incident, Text = Text },
        ToTriage => new WatchWord(WatchWordKind.Triage, by, at) { Subject = Incident, Value = Severity, Text = Text },
        ToOpen => new WatchWord(WatchWordKind.Open, by, at) { Value = Severity, Text = Text },
        ToReview => new WatchWord(WatchWordKind.Review, by, at) { Subject = Review, Text = Text },
        ToConfirm => new WatchWord(WatchWordKind.Confirm, by, at) { Subject = ConfirmCheck, Role = Role, Text = Text },
        ToAccept => new WatchWord(WatchWordKind.Accept, by, at) { Role = Role, Text = Text },
        ToHandOver => new WatchWord(WatchWordKind.Commander, by, at) { Value = Commander, Text = Text },
        _ => new WatchWord(WatchWordKind.Acknowledge, by, at) { Subject = Incident, Text = Text },
    };
}
