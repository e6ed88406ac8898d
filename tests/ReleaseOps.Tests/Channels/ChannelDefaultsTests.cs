using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels;

public sealed class ChannelDefaultsTests
{
    private static readonly Runbook Empty = RunbookReader.Parse(
        "runbook: x\ntitle: X\nproduct: P\nphases: [{ phase: a, steps: [{ id: b, confirm: c }] }]\n"u8.ToArray(), "/x.yaml").Runbook!;

    [Fact]
    public void The_usual_channels_are_there_without_a_runbooks_having_them()
    {
        Assert.Equal(["console", "file", "slack", "teams", "statuspage", "pagerduty", "opsgenie"], ChannelDefaults.Names);
        Assert.Equal(ChannelDefaults.Names, ChannelDefaults.Names.Select(name => ChannelDefaults.Find(Empty, name)!.Kind.ToString().ToLowerInvariant()));
        Assert.Equal("slack", ChannelDefaults.Find(Empty, "Slack")!.Name);
        Assert.Null(ChannelDefaults.Find(Empty, "pigeon"));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("file")]
    [InlineData("slack", "SLACK_WEBHOOK_URL")]
    [InlineData("statuspage", "STATUSPAGE_PAGE_ID", "STATUSPAGE_TOKEN")]
    [InlineData("opsgenie", "OPSGENIE_API_KEY")]
    public void Each_says_which_secrets_it_needs(string name, params string[] secrets) =>
        Assert.Equal(secrets, ChannelDefaults.Find(Empty, name)!.SecretNames);

    [Fact]
    public void The_runbooks_own_channel_comes_first()
    {
        var own = Empty with { Channels = [new Channel("slack", ChannelKind.Teams, new Template("http://x", new Position(1, 1)))] };
        Assert.Equal(ChannelKind.Teams, ChannelDefaults.Find(own, "slack")!.Kind);
    }

    [Fact]
    public void A_plan_shows_each_without_its_secrets()
    {
        var scope = BindingScope.ForPlan(ParameterBinder.Bind(Empty, new Dictionary<string, string>()), new Release("P", "1"));
        foreach (var channel in ChannelDefaults.Names.Select(name => ChannelDefaults.Find(Empty, name)!))
        {
            var preview = Send.To(BoundChannel.Of(channel, scope, "/evidence")).Preview(SampleNotices.Update(), null);
            Assert.NotEmpty(preview.Body);
            // Stars are stars in a URL too.
            Assert.DoesNotContain("%2A", preview.Target, StringComparison.Ordinal);
        }
    }
}
