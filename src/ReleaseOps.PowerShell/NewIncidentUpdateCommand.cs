using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using ReleaseOps.Hotfixes;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Writes an update of an incident, or another message of a runbook; Send-IncidentUpdate sends it.</summary>
/// <remarks>
/// <para>What is known is filled in: from the release's ledger, its watch, the runbook's severities, and earlier updates. What the text asks
/// for and nobody has said is asked for at the prompt, or stands in Missing, and in the text as &lt;name&gt;; such an update is never sent. Nothing
/// is recorded or sent by this cmdlet.</para>
/// <para>Without -Incident and with -Severity it opens a new incident. An incident goes from Investigating to Mitigating, Monitoring and
/// Resolved; it may come back from the two in the middle. -Force takes another way, and the ledger says so.</para>
/// <para>The result of a watch or a rollout that is piped in gives the updates that are due by now: incidents that nobody has announced, that
/// got worse, came back or are over, and promised updates that are overdue; what is said beside it (-DecisionTrack, -Risk) goes into each. The result of Test-HotfixReadiness gives its status message.</para>
/// </remarks>
/// <example>
/// <code>$start = New-IncidentUpdate aris3-day1-watch -Severity SEV1 -Impact 'checkout fails for all tenants' -Scope 'POS' -CurrentAction triage
/// $start
/// $start | Send-IncidentUpdate -Channel slack -WhatIf</code>
/// <para>Writes the start of an incident, shows it, and shows exactly what would go to Slack.</para>
/// </example>
/// <example>
/// <code>$values = @{ version = '1.4.0' }
/// New-IncidentUpdate ./shop.yaml -Parameter $values -Status Mitigating -Findings 'pool exhausted' -DecisionTrack forward-fix -Risk 'no contract drift' |
///     Send-IncidentUpdate</code>
/// <para>Says how the open incident goes, by the channels of the runbook's message.</para>
/// </example>
/// <example>
/// <code>Start-StabilityWatch ./shop.yaml -Parameter $values -Commander alice -Follow | New-IncidentUpdate | Send-IncidentUpdate -Channel slack, statuspage
/// </code>
/// <para>Watches a release, and tells people of each incident as it opens, gets worse and ends.</para>
/// </example>
/// <example>
/// <code>New-IncidentUpdate ./shop.yaml -Parameter $values -Message deployment-start | Send-IncidentUpdate
/// New-IncidentUpdate ./shop.yaml -Parameter $values -Review T+2h | Send-IncidentUpdate -Channel slack</code>
/// <para>Sends another message of the runbook, and calls a scheduled review.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "IncidentUpdate", DefaultParameterSetName = ByPath)]
[OutputType(typeof(IncidentUpdate))]
public sealed class NewIncidentUpdateCommand : RunbookCmdlet
{
    private const string ByResult = "Result";

    /// <summary>The result of a watch, a rollout, or Test-HotfixReadiness.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByResult, ValueFromPipeline = true)]
    public RunResult InputObject { get; set; } = null!;

    /// <summary>The incident's id: INC-1. The one that is open, unless -Severity opens a new one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IncidentCompleter))]
    public string? Incident { get; set; }

    /// <summary>How far it is; as it was, unless told otherwise.</summary>
    [Parameter]
    public IncidentStatus? Status { get; set; }

    /// <summary>How bad it is: a name of the runbook's ladder.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public string? Severity { get; set; }

    /// <summary>Who or what is affected, and how.</summary>
    [Parameter]
    public string? Impact { get; set; }

    /// <summary>Where it ends: tenants, systems.</summary>
    [Parameter]
    public string? Scope { get; set; }

    /// <summary>What is being done: triage, rollback, forward-fix.</summary>
    [Parameter]
    public string? CurrentAction { get; set; }

    /// <summary>What was found since the last update.</summary>
    [Parameter]
    public string? Findings { get; set; }

    /// <summary>The way that was taken: rollback-first or forward-fix.</summary>
    [Parameter]
    public string? DecisionTrack { get; set; }

    /// <summary>What may go wrong on that way; whether the contract drifts.</summary>
    [Parameter]
    public string? Risk { get; set; }

    /// <summary>What ended it.</summary>
    [Parameter]
    public string? Resolution { get; set; }

    /// <summary>What shows that it is over: paths, checks.</summary>
    [Parameter]
    public string? ValidationEvidence { get; set; }

    /// <summary>What is still to do, whose, by when.</summary>
    [Parameter]
    public string? FollowUps { get; set; }

    /// <summary>When customers began to feel it. A moment without Z or an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? ImpactFrom { get; set; }

    /// <summary>When they no longer did.</summary>
    [Parameter]
    public DateTimeOffset? ImpactTo { get; set; }

    /// <summary>How long until the next update, 30m; by the severity unless told otherwise.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? NextUpdate { get; set; }

    /// <summary>The incident commander.</summary>
    [Parameter]
    public string? Commander { get; set; }

    /// <summary>Who works on it.</summary>
    [Parameter]
    public string? Owner { get; set; }

    /// <summary>How far it is escalated: a level of the runbook, L1 to L5.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EscalationCompleter))]
    public string? Escalation { get; set; }

    /// <summary>Takes a way that incidents don't go, such as from Investigating to Resolved.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>A message of the runbook: another one than an incident's, or the one to use for it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MessageCompleter))]
    public string? Message { get; set; }

    /// <summary>What the message's template asks for beside what is known, by name.</summary>
    [Parameter]
    public Hashtable? Field { get; set; }

    /// <summary>Calls a review that the runbook schedules: its time, T+2h.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReviewCompleter))]
    public string? Review { get; set; }

    /// <summary>Gives the updates that are due by now.</summary>
    [Parameter]
    public SwitchParameter Due { get; set; }

    /// <summary>Writes the update.</summary>
    protected override void ProcessItem()
    {
        foreach (var update in ParameterSetName == ByResult ? OfResult() : OfRunbook())
        {
            if (update.Missing.Count > 0)
                WriteWarning($"{update.Message} can't be sent yet: it lacks {string.Join(", ", update.Missing)}.");
            WriteObject(update);
        }
    }

    private IEnumerable<IncidentUpdate> OfResult()
    {
        var plan = InputObject.Plan;
        // A run's evidence lies in the release's folder, which lies in the root.
        var root = EvidencePath is null && InputObject.Folder is { } folder ? System.IO.Path.GetFullPath("../..", folder) : null;
        var options = Options(this.CurrentFolder());
        options = root is null ? options : options with { EvidenceRoot = root };
        return InputObject is HotfixResult { Status: { } status } ? [IncidentUpdates.FromText(plan, "hotfix-status", status, options)]
            : IncidentUpdates.Due(plan, options, Request());
    }

    private IEnumerable<IncidentUpdate> OfRunbook()
    {
        var plan = Planner.MakeMessages(LoadRunbook(), Given);
        var options = Options(this.CurrentFolder());
        if (Due)
            return IncidentUpdates.Due(plan, options, Request());
        if (Review is not null)
            return [IncidentUpdates.Review(plan, Review, options)];
        if (Message is not null && !IncidentUpdates.IsOfIncident(Message) && Incident is null && Status is null && Severity is null)
            return [IncidentUpdates.Message(plan, Message, ParameterValues.ToText(Field), options)];
        var request = Request();
        var update = IncidentUpdates.Draft(plan, request, options);
        return [update.Missing.Count > 0 && Asked(request, update.Missing) is { } more ? IncidentUpdates.Draft(plan, more, options) : update];
    }

    private IncidentRequest Request() => new()
    {
        Incident = Incident,
        Status = Status,
        Severity = Severity,
        Opens = Incident is null && Severity is not null && Status is null or IncidentStatus.Investigating ? true : null,
        Impact = Impact,
        Scope = Scope,
        CurrentAction = CurrentAction,
        Findings = Findings,
        DecisionTrack = DecisionTrack,
        Risk = Risk,
        Resolution = Resolution,
        Evidence = ValidationEvidence,
        FollowUps = FollowUps,
        ImpactFrom = ImpactFrom?.ToUniversalTime(),
        ImpactTo = ImpactTo?.ToUniversalTime(),
        NextUpdateIn = NextUpdate,
        Commander = Commander,
        Owner = Owner,
        Escalation = Escalation,
        Message = Message,
        Force = Force,
    };

    /// <summary>Asks for what is missing, where somebody is there; null where nobody is.</summary>
    private IncidentRequest? Asked(IncidentRequest request, IReadOnlyList<string> missing)
    {
        if (!HostAttendant.CanAsk(Host))
            return null;
        var fields = new Collection<FieldDescription>([.. missing.Select(name => new FieldDescription(name))]);
        try
        {
            var answers = Host.UI.Prompt("What the update still lacks", "An empty answer leaves it open.", fields);
            return answers?.Where(a => !string.IsNullOrWhiteSpace(a.Value?.ToString()))
                .Aggregate(request, (known, answer) => known.With(answer.Key, answer.Value.ToString()!));
        }
        catch (Exception e) when (HostAttendant.CanNot(e))
        {
            return null;
        }
    }
}
