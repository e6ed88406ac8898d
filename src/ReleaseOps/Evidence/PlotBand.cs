using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>What a band across the plots stands for.</summary>
internal enum BandKind
{
    /// <summary>A time that doesn't count against error budgets.</summary>
    Maintenance,
    /// <summary>A time in which something couldn't be told.</summary>
    Gap,
    /// <summary>An incident, from its opening until it was over.</summary>
    Incident,
}

/// <summary>A time that every plot of a page is shaded in.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">Its short name.</param>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end.</param>
/// <param name="Text">What to say of it.</param>
internal sealed record PlotBand(BandKind Kind, string Name, DateTimeOffset From, DateTimeOffset To, string Text)
{
    /// <summary>The bands of a watch: maintenance, gaps, incidents.</summary>
    public static IReadOnlyList<PlotBand> Of(WatchResult result) =>
    [
        .. (result.Plan.Runbook.Watch?.Maintenance ?? []).Select(m =>
            new PlotBand(BandKind.Maintenance, "upkeep", result.T0 + m.At.FromT0, result.T0 + m.At.FromT0 + m.For, $"{WatchTables.Span(m.For)}: {m.Why}")),
        .. result.Gaps.Select(g => new PlotBand(BandKind.Gap, "gap", g.From, g.To, $"{WatchTables.Span(g.Length)}: {g.Why}")),
        .. result.Incidents.Select(i => Incident(i, result.AsOf)),
    ];

    // Over when it was resolved or its mitigation verified, whichever came first.
    private static PlotBand Incident(WatchIncident incident, DateTimeOffset now)
    {
        var over = (incident.VerifiedAt, incident.ResolvedAt) is ({ } verified, { } resolved)
            ? verified < resolved ? verified : resolved
            : incident.VerifiedAt ?? incident.ResolvedAt;
        var span = WatchTables.Span((over ?? now) - incident.OpenedAt);
        return new PlotBand(BandKind.Incident, incident.Id, incident.OpenedAt, over ?? now, $"{incident.Severity}, {(over is null ? "open for" : "over after")} {span}");
    }
}
