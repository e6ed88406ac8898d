using ReleaseOps.Gates;

namespace ReleaseOps.Tests.Gates;

public sealed class SnapshotTests
{
    private static Snapshot Of(params Measurement[] metrics) => new(Looks.Now) { Metrics = metrics.ToDictionary(m => m.Metric) };

    private static Measurement Unknown(string name, ErrorId why) => Looks.Unknown(name, why, "");

    [Theory]
    [InlineData(ErrorId.Unreachable)]
    [InlineData(ErrorId.TlsFailed)]
    [InlineData(ErrorId.TimedOut)]
    [InlineData(ErrorId.ServerFailed)]
    [InlineData(ErrorId.AccessDenied)]
    [InlineData(ErrorId.RedirectRefused)]
    public void A_look_is_unreachable_where_no_server_could_be_asked(ErrorId why)
    {
        Assert.True(Of(Unknown("a", why)).IsUnreachable);
        Assert.True(Of(Unknown("a", why), Unknown("b", ErrorId.Unreachable)).IsUnreachable);
        Assert.True((Of(Unknown("a", why)) with { Controls = Of(Unknown("a", why)).Metrics }).IsUnreachable);
    }

    [Theory]
    [InlineData(ErrorId.NoData)]
    [InlineData(ErrorId.Stale)]
    [InlineData(ErrorId.SeveralSeries)]
    [InlineData(ErrorId.QueryRefused)]
    [InlineData(ErrorId.PartialAnswer)]
    [InlineData(ErrorId.BadDocument)]
    [InlineData(ErrorId.BodyTooLarge)]
    [InlineData(ErrorId.BadValue)]
    public void What_a_server_answers_has_been_seen(ErrorId why)
    {
        Assert.False(Of(Unknown("a", why)).IsUnreachable);
        Assert.False(Of(Unknown("a", ErrorId.Unreachable), Unknown("b", why)).IsUnreachable);
    }

    [Fact]
    public void One_value_is_enough_to_have_reached_somebody()
    {
        Assert.False(Of(Unknown("a", ErrorId.Unreachable), Looks.Value("b", 1)).IsUnreachable);
        Assert.False((Of(Unknown("a", ErrorId.Unreachable)) with { Controls = Of(Looks.Value("a", 1)).Metrics }).IsUnreachable);
    }

    [Fact]
    public void A_look_at_nothing_isnt_unreachable() => Assert.False(Of().IsUnreachable);
}
