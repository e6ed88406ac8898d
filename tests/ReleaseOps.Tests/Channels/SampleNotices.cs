using ReleaseOps.Channels;

namespace ReleaseOps.Tests.Channels;

/// <summary>Notices to send.</summary>
internal static class SampleNotices
{
    internal const string Thread = "ARIS3-1.0.0/INC-1";

    /// <summary>An update of an incident.</summary>
    internal static Notice Update(IncidentStatus? status = IncidentStatus.Investigating, int number = 1, string impact = "checkout fails for 3 tenants",
        string title = "Checkout is down", string thread = Thread) => new()
        {
            Key = $"{thread}/{number}",
            Thread = thread,
            Title = title,
            Text = [new("*Impact:* ", TextKind.Literal), new(impact, TextKind.Value), new("\nNext update in 30 minutes.\n", TextKind.Literal)],
            At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Release = "ARIS3 1.0.0",
            Status = status,
            Severity = "SEV1",
            SeverityRank = 0,
            Facts = [new("Impact", impact), new("Scope", "all tenants")],
        };
}
