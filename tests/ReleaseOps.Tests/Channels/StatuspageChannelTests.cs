using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

public sealed class StatuspageChannelTests : IAsyncLifetime
{
    private readonly ServiceStandIn _service = ServiceStandIn.Of(ChannelKind.Statuspage);

    private IReadOnlyList<StatuspageRules.Incident> Incidents => _service.Rules<StatuspageRules>().Incidents;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task One_incident_goes_its_way_from_update_to_update()
    {
        string? remote = null;
        var statuses = new List<string>();
        foreach (var status in Enum.GetValues<IncidentStatus>())
        {
            var outcome = await Send.NoticeAsync(_service.Bound, SampleNotices.Update(status, (int)status + 1), remote);
            remote = outcome.Remote;
            statuses.Add(Incidents.Single().Status);
        }
        Assert.Equal(["investigating", "identified", "monitoring", "resolved"], statuses);
        Assert.Equal(Incidents.Single().Id, remote);
        Assert.Equal(4, Incidents.Single().Updates.Count);
    }

    [Fact]
    public async Task An_incident_whose_creation_was_not_answered_is_found_and_not_made_again()
    {
        _service.Order(new Fault(FaultKind.TakenWithoutAnswer));
        Assert.Equal(SendState.Unclear, (await Send.NoticeAsync(_service.Bound)).State);
        var outcome = await Send.NoticeAsync(_service.Bound, mayBeThere: true);
        Assert.Equal((SendState.Sent, true, Incidents.Single().Id), (outcome.State, outcome.WasThere, outcome.Remote));
        Assert.Equal("GET", _service.Requests.Last().Method);
    }

    [Fact]
    public async Task An_update_that_was_not_answered_is_found_and_not_made_again()
    {
        var remote = (await Send.NoticeAsync(_service.Bound)).Remote;
        _service.Order(new Fault(FaultKind.TakenWithCutAnswer));
        var update = SampleNotices.Update(IncidentStatus.Mitigating, 2);
        Assert.Equal(SendState.Unclear, (await Send.NoticeAsync(_service.Bound, update, remote)).State);
        Assert.True((await Send.NoticeAsync(_service.Bound, update, remote, mayBeThere: true)).WasThere);
        Assert.Equal(2, Incidents.Single().Updates.Count);
    }

    [Fact]
    public async Task What_did_not_arrive_is_sent_after_the_look()
    {
        _service.Order(new Fault(FaultKind.ClosedAfterReading));
        Assert.Equal(SendState.Unclear, (await Send.NoticeAsync(_service.Bound)).State);
        var outcome = await Send.NoticeAsync(_service.Bound, mayBeThere: true);
        Assert.Equal((SendState.Sent, false), (outcome.State, outcome.WasThere));
        Assert.Equal(["POST", "GET", "POST"], _service.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task An_update_finds_its_incident_where_nobody_knows_its_id()
    {
        await Send.NoticeAsync(_service.Bound, SampleNotices.Update(thread: "ARIS3-1.0.0/INC-2"));
        await Send.NoticeAsync(_service.Bound);
        await Send.NoticeAsync(_service.Bound, SampleNotices.Update(IncidentStatus.Mitigating, 2), mayBeThere: true);
        Assert.Equal(["investigating", "identified"], Incidents.Select(i => i.Status));
    }

    [Fact]
    public async Task A_look_that_does_not_tell_sends_nothing()
    {
        foreach (var fault in (Fault[])[Fault.Busy("3"), Fault.Of(500), new(FaultKind.TakenWithCutAnswer), new(FaultKind.LoginPage)])
        {
            _service.Order(fault);
            var outcome = await Send.NoticeAsync(_service.Bound, mayBeThere: true);
            Assert.Equal(SendState.Unclear, outcome.State);
            Assert.StartsWith("couldn't look whether it is there", outcome.Detail);
        }
        Assert.Empty(Incidents);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_when_it_looks_too()
    {
        var outcome = await Send.NoticeAsync(_service.Bound with { Secret = "another" }, mayBeThere: true);
        Assert.Equal((SendState.Refused, "401 Unauthorized: Could not authenticate"), (outcome.State, outcome.Detail));
    }

    [Fact]
    public async Task An_incident_that_somebody_deleted_is_refused()
    {
        var outcome = await Send.NoticeAsync(_service.Bound, remote: "gone", mayBeThere: true);
        Assert.Equal((SendState.Refused, "404 Not Found: Not found"), (outcome.State, outcome.Detail.Replace("NotFound", "Not Found")));
    }

    [Fact]
    public async Task A_value_is_no_HTML_and_the_authors_words_may_be()
    {
        await Send.NoticeAsync(_service.Bound, SampleNotices.Update(impact: "<b onclick='x'>\"&amp;", title: "<img src=x>") with
        {
            Text = [new("<b>Down:</b> ", TextKind.Literal), new("<b onclick='x'>\"&amp;\nStatus: resolved", TextKind.Value)],
        });
        Assert.Equal("<b>Down:</b> &lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp; ⏎ Status: resolved", Incidents.Single().Updates.Single());
        Assert.Equal("‹img src=x›", Incidents.Single().Name);
    }
}
