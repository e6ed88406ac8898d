using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

public sealed class WebhookChannelTests
{
    [Fact]
    public async Task Our_own_JSON_says_everything()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Webhook);
        var sent = await Send.TakenAsync(service, SampleNotices.Update());
        Assert.Equal("""
            {"type":"releaseops.notice","timestamp":"2026-03-01T12:00:00Z","data":{"key":"ARIS3-1.0.0/INC-1/1","thread":"ARIS3-1.0.0/INC-1","title":"Checkout is down",
            "text":"*Impact:* checkout fails for 3 tenants\nNext update in 30 minutes.\n",
            "markdown":"*Impact:* `checkout fails for 3 tenants`\nNext update in 30 minutes.",
            "release":"ARIS3 1.0.0","status":"Investigating","severity":"SEV1","severityRank":0,"mayBeRepeat":false,
            "facts":{"Impact":"checkout fails for 3 tenants","Scope":"all tenants"}}}
            """.Replace("\n", ""), sent.Body);
    }

    [Fact]
    public async Task The_same_notice_has_the_same_id_and_another_one_another()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Webhook);
        service.Order(new Fault(FaultKind.TakenWithoutAnswer));
        await Send.NoticeAsync(service.Bound);
        await Send.NoticeAsync(service.Bound, mayBeThere: true);
        await Send.NoticeAsync(service.Bound, SampleNotices.Update(number: 2));
        Assert.Equal(2, service.Requests.Select(r => r.Header("webhook-id")).Distinct().Count());
        Assert.All(service.Shown, s => Assert.Equal(1, s.Value));
    }

    [Fact]
    public async Task A_secret_in_plain_text_signs_too_and_a_bad_one_is_refused()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Webhook);
        var outcome = await Send.NoticeAsync(service.Bound with { Secret = "whsec_not base64!" });
        Assert.Equal(SendState.Refused, outcome.State);
        Assert.DoesNotContain("not base64!", outcome.Detail);
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(service.Bound with { Secret = "another secret" })).State);
        Assert.Contains("the signature is right", Assert.Single(service.Broken));
    }

    [Fact]
    public async Task A_channel_may_have_headers_and_a_body_of_its_own()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Webhook);
        var sent = await Send.TakenAsync(service, SampleNotices.Update(impact: "x\",\"admin\":true,\"y\":\"\\"), service.Bound with
        {
            Body = """
                {"key":"{{key}}","msg":"{{title}} ({{severity}}, {{status}}): {{text}}","impact":"{{facts.Impact}}",
                "all":[{{#each facts}}"{{@key}}={{this}}"{{#unless @last}},{{/unless}}{{/each}}]{{#if severity}},"bad":true{{/if}} }
                """,
            Headers = new Dictionary<string, string> { ["X-Team"] = "ops", ["webhook-id"] = "forged", ["Content-Type"] = "application/json" },
        });
        Assert.Equal(("ops", "application/json"), (sent.Header("X-Team"), sent.Header("Content-Type")));
        var body = JsonElement.Parse(sent.Body);
        Assert.Equal(["key", "msg", "impact", "all", "bad"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal("x\",\"admin\":true,\"y\":\"\\", body.At("impact").GetString());
        Assert.Equal("Checkout is down (SEV1, Investigating): *Impact:* x\",\"admin\":true,\"y\":\"\\\nNext update in 30 minutes.\n",
            body.At("msg").GetString());
        Assert.Equal("Scope=all tenants", body.At("all")[1].GetString());
    }

    [Theory]
    [InlineData("{{title}}")]
    [InlineData("{\"a\":{{title}}}")]
    [InlineData("{\"a\":\"{{nobody_knows}}\"}")]
    [InlineData("{\"a\":\"{{#if}}\"}")]
    [InlineData("{\"a\":\"{{#each facts}}\"}")]
    public async Task A_body_that_is_no_JSON_is_refused(string template)
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Webhook);
        var bound = service.Bound with { Body = template };
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(bound)).State);
        Assert.Equal(ErrorId.NoticeRefused, Assert.Throws<ReleaseOpsException>(() => Send.To(bound).Preview(SampleNotices.Update(), null)).Id);
        Assert.Empty(service.Requests);
    }
}
