using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

/// <summary>PagerDuty and Opsgenie.</summary>
public sealed class PagingChannelTests
{
    [Fact]
    public async Task An_alert_at_PagerDuty_is_triggered_acknowledged_and_resolved()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.PagerDuty);
        var states = new List<string>();
        string? remote = null;
        foreach (var status in Enum.GetValues<IncidentStatus>())
        {
            remote = (await Send.NoticeAsync(service.Bound, SampleNotices.Update(status, (int)status + 1), remote)).Remote;
            states.Add(service.Rules<PagerDutyRules>().Alerts.Single().Value);
        }
        Assert.Equal(["triggered", "acknowledged", "acknowledged", "resolved"], states);
        Assert.Equal(SampleNotices.Thread, remote);
        Assert.Equal(1, service.Rules<PagerDutyRules>().Pages.Single().Value);
    }

    [Fact]
    public async Task Nobody_is_paged_twice_by_PagerDuty_for_one_notice()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.PagerDuty);
        service.Order(new Fault(FaultKind.TakenWithoutAnswer));
        Assert.Equal(SendState.Unclear, (await Send.NoticeAsync(service.Bound)).State);
        Assert.Equal(SendState.Sent, (await Send.NoticeAsync(service.Bound, mayBeThere: true)).State);
        Assert.Equal(1, service.Rules<PagerDutyRules>().Pages.Single().Value);
        Assert.True(Send.To(service.Bound).Dedups);
    }

    [Fact]
    public async Task What_is_mitigated_before_PagerDuty_knew_of_it_is_triggered()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.PagerDuty);
        await Send.NoticeAsync(service.Bound, SampleNotices.Update(IncidentStatus.Mitigating));
        Assert.Equal("triggered", service.Rules<PagerDutyRules>().Alerts.Single().Value);
    }

    [Theory]
    [InlineData(0, "critical", "P1")]
    [InlineData(1, "error", "P2")]
    [InlineData(2, "warning", "P3")]
    [InlineData(3, "info", "P4")]
    [InlineData(9, "info", "P5")]
    [InlineData(null, "error", "P3")]
    public async Task The_ladder_decides_how_bad_it_is(int? rank, string severity, string priority)
    {
        await using var pager = ServiceStandIn.Of(ChannelKind.PagerDuty);
        await using var opsgenie = ServiceStandIn.Of(ChannelKind.Opsgenie);
        var notice = SampleNotices.Update() with { SeverityRank = rank };
        Assert.Equal(severity, JsonElement.Parse((await Send.TakenAsync(pager, notice)).Body).At("payload", "severity").GetString());
        Assert.Equal(priority, JsonElement.Parse((await Send.TakenAsync(opsgenie, notice)).Body).At("priority").GetString());
    }

    [Fact]
    public async Task Long_threads_that_begin_alike_stay_apart()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.PagerDuty);
        foreach (var end in (string[])["1", "2", "1"])
            await Send.TakenAsync(service, SampleNotices.Update(thread: new string('ä', 300) + end));
        Assert.Equal(2, service.Rules<PagerDutyRules>().Alerts.Count);
    }

    [Fact]
    public async Task An_alert_at_Opsgenie_is_created_noted_acknowledged_and_closed()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Opsgenie);
        string? remote = null;
        var number = 0;
        foreach (var status in Enum.GetValues<IncidentStatus>().Prepend(IncidentStatus.Investigating))
            remote = (await Send.NoticeAsync(service.Bound, SampleNotices.Update(status, ++number), remote)).Remote;
        Assert.Equal(["alerts", "notes", "acknowledge", "acknowledge", "close"], service.Requests.Select(r => r.Path.Split('?')[0].Split('/')[^1]));
        var alert = service.Rules<OpsgenieRules>().Alerts.Single().Value;
        Assert.Equal(("closed", true, 1, 4), (alert.Status, alert.Acknowledged, alert.Count, alert.Notes.Count));
    }

    [Fact]
    public async Task An_alert_that_may_be_there_is_not_a_second_one()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Opsgenie);
        service.Order(new Fault(FaultKind.TakenWithoutAnswer));
        await Send.NoticeAsync(service.Bound);
        Assert.Equal(SendState.Sent, (await Send.NoticeAsync(service.Bound, mayBeThere: true)).State);
        Assert.Single(service.Rules<OpsgenieRules>().Alerts);
        Assert.Equal(1, service.Shown[SampleNotices.Thread]);
    }

    [Fact]
    public async Task A_note_that_is_there_is_found()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Opsgenie);
        var remote = (await Send.NoticeAsync(service.Bound)).Remote;
        service.Order(new Fault(FaultKind.TakenWithoutAnswer));
        var note = SampleNotices.Update(number: 2);
        Assert.Equal(SendState.Unclear, (await Send.NoticeAsync(service.Bound, note, remote)).State);
        Assert.True((await Send.NoticeAsync(service.Bound, note, remote, mayBeThere: true)).WasThere);
        Assert.Single(service.Rules<OpsgenieRules>().Alerts.Single().Value.Notes);
        Assert.False(Send.To(service.Bound).Dedups);
    }
}
