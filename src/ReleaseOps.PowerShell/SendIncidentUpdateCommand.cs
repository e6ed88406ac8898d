using System.Management.Automation;
using ReleaseOps.Channels;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Sends updates of incidents and other messages by their channels, each once.</summary>
/// <remarks>
/// <para>The update goes into the release's ledger first, then to each channel; what couldn't be sent waits in the ledger's outbox and is tried
/// again with the next send, or by -Retry. One channel's failure doesn't stop the others, and is an error of this cmdlet: NoticeWaiting
/// for what waits, NoticeRefused for what a service won't take. Where the channel was at fault (a token that was changed), -Retry -Channel NAME
/// tries again what that one refused.</para>
/// <para>Channels are those of the runbook, or the usual ones: console; file (incidents.md in the current folder); slack (SLACK_WEBHOOK_URL);
/// teams (TEAMS_WEBHOOK_URL); statuspage (STATUSPAGE_PAGE_ID, STATUSPAGE_TOKEN); pagerduty (PAGERDUTY_ROUTING_KEY); opsgenie
/// (OPSGENIE_API_KEY). Their secrets come from the environment.</para>
/// <para>-WhatIf gives each request exactly as it would be sent, with the secrets masked. It needs no secrets, records nothing and sends nothing.</para>
/// </remarks>
/// <example>
/// <code>New-IncidentUpdate aris3-day1-watch -Severity SEV1 -Impact 'checkout fails' -Scope POS -CurrentAction triage | Send-IncidentUpdate -Channel slack -WhatIf
/// </code>
/// <para>Shows what would go to Slack.</para>
/// </example>
/// <example>
/// <code>$sent = $update | Send-IncidentUpdate -Channel slack, statuspage
/// if ($sent.State -ne 'Sent') { $sent | Where-Object State -ne Sent | Format-List }</code>
/// <para>Sends by two channels, and shows what didn't arrive.</para>
/// </example>
/// <example>
/// <code>Send-IncidentUpdate -Retry ./shop.yaml -Parameter @{ version = '1.4.0' }</code>
/// <para>Tries again what waits in the outbox.</para>
/// </example>
[Cmdlet(VerbsCommunications.Send, "IncidentUpdate", DefaultParameterSetName = ToSend, SupportsShouldProcess = true)]
[OutputType(typeof(NoticeDelivery), typeof(ChannelRequest))]
public sealed class SendIncidentUpdateCommand : ReleaseCmdlet
{
    private const string ToSend = "Send";
    private const string ToRetry = "Retry";

    /// <summary>The update, from New-IncidentUpdate.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ToSend, ValueFromPipeline = true)]
    public IncidentUpdate Update { get; set; } = null!;

    /// <summary>Tries again what waits in the outbox of a release, instead of sending an update.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToRetry)]
    public SwitchParameter Retry { get; set; }

    /// <summary>Name or path of the release's runbook.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ToRetry)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The channels; those of the message unless told otherwise.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    public string[] Channel { get; set; } = [];

    /// <summary>Sends it.</summary>
    protected override void ProcessItem()
    {
        var options = Options(this.CurrentFolder());
        if (ParameterSetName == ToRetry)
        {
            var release = Planner.MakeMessages(ReleaseOps.Runbooks.RunbookReader.Load(this.File(Name)), Given);
            if (ShouldProcess(release.Release.ToString(), "send what waits in the outbox"))
                Tell((show, cancellation) => Notices.RetryAsync(release, Channel.Length == 0 ? null : Channel, options, show, told: null, cancellation));
            return;
        }
        if (EvidencePath is null && Update.EvidenceRoot is { } root)
            options = options with { EvidenceRoot = root };
        var (plan, outgoing) = (Update.Plan, Update.To(Channel));
        if (Channel.Length == 0)
            foreach (var channel in Update.Uncarried)
                WriteWarning($"No channel carries '{channel}': post it there yourself, or add it under 'channels' of the runbook.");
        if (!ShouldProcess($"{OneLine.Of(Update.Title)} ({Update.Release})", $"send by {string.Join(", ", outgoing.Channels)}"))
        {
            if (IsWhatIf)
                WriteObject(Notices.Preview(plan, outgoing, options), enumerateCollection: true);
            return;
        }
        if (Update.Missing.Count > 0)
            throw new ReleaseOpsException(
                ErrorId.MissingField, $"{Update.Message} lacks {string.Join(", ", Update.Missing)}.", "Give them to New-IncidentUpdate.", Update.Missing[0]);
        Tell((show, cancellation) => Notices.SendAsync(plan, [outgoing], options, show, told: null, cancellation));
    }

    private void Tell(Func<Action<string>, CancellationToken, Task<IReadOnlyList<NoticeDelivery>>> send)
    {
        var deliveries = Await((queue, cancellation) => send(
            text => queue.Post(() => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"])), cancellation));
        foreach (var delivery in deliveries)
        {
            WriteObject(delivery);
            if (delivery.State != NoticeState.Sent)
                Report(new ReleaseOpsException(
                    delivery.State == NoticeState.Refused ? ErrorId.NoticeRefused : ErrorId.NoticeWaiting,
                    OneLine.Of($"{delivery.Channel}: '{delivery.Title}' {(delivery.State == NoticeState.Refused ? "was refused" : "waits in the outbox")}: {delivery.Detail}"),
                    delivery.State == NoticeState.Refused ? $"Correct the channel, then Send-IncidentUpdate -Retry with -Channel {delivery.Channel}; or write a new update." : "Send-IncidentUpdate -Retry tries again, and so does the next send.",
                    delivery.Channel));
        }
    }
}
