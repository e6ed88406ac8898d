using ReleaseOps.Probes.Http;
using ReleaseOps.Probes.Metrics;
using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>
/// Looks at the alerts of a Prometheus or an Alertmanager that have the labels asked for: <c>firing</c>, <c>pending</c> and <c>silenced</c>
/// count them, <c>alerts</c> lists them (maps of name, state, labels, annotations, since; the firing first, 1,000 at most). A silenced or
/// inhibited alert counts as silenced and not as firing. Prometheus knows no silences: ask Alertmanager where they matter.
/// </summary>
internal static class AlertsProbe
{
    private const int MostListed = 1000;
    private const int MostNamed = 5;

    internal static Task<Observation> LookAsync(AlertsLook look, LookContext context, CancellationToken cancellation) =>
        LookAsync(look, context, HttpConnections.Shared, cancellation);

    internal static Task<Observation> LookAsync(
        AlertsLook look, LookContext context, HttpConnections connections, CancellationToken cancellation) =>
        Looking.MakeAsync(
            context,
            async token => See(await ReadAsync(look.Source, context, connections, token).ConfigureAwait(false), look.Match),
            () => $"no full answer within {Durations.Format(context.Timeout)}",
            cancellation);

    private static Task<List<Alert>> ReadAsync(
        BoundSource source, LookContext context, HttpConnections connections, CancellationToken cancellation)
    {
        var (path, read) = source.Kind switch
        {
            SourceKind.Prometheus => ("/api/v1/alerts", (Func<System.Text.Json.JsonElement, List<Alert>>)Alerts.OfPrometheus),
            SourceKind.Alertmanager => ("/api/v2/alerts", Alerts.OfAlertmanager),
            _ => throw new CouldNotTellException(ErrorId.BadValue, $"source {source.Name} has no alerts: it is no Prometheus and no Alertmanager"),
        };
        var api = new MonitoringApi(connections.Kept, connections, context.Mask, context.Clock);
        return api.AskAsync(source, path, [], async (body, hop, token) =>
            read(await JsonAnswer.ReadAsync(body, hop, context.Mask, token).ConfigureAwait(false)), cancellation);
    }

    private static Seen See(List<Alert> all, IReadOnlyDictionary<string, string> match)
    {
        var alerts = all.Where(a => match.All(m => a.Labels.TryGetValue(m.Key, out var value) && (string?)value == m.Value)).ToList();
        var counts = alerts.CountBy(a => a.State).ToDictionary();
        long Count(AlertState state) => counts.GetValueOrDefault(state);
        var (firing, pending, silenced) = (Count(AlertState.Firing), Count(AlertState.Pending), Count(AlertState.Silenced) + Count(AlertState.Inhibited));
        var names = alerts.Where(a => a.State == AlertState.Firing).Select(a => a.Name).Distinct(StringComparer.Ordinal).ToList();
        var detail = Invariant($"{firing} firing")
            + (names.Count == 0 ? "" : ": " + string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? Invariant($" and {names.Count - MostNamed} more") : ""))
            + (pending == 0 ? "" : Invariant($"; {pending} pending")) + (silenced == 0 ? "" : Invariant($"; {silenced} silenced"));
        return new Seen(new Dictionary<string, object?>
        {
            ["alerts"] = alerts.OrderBy(a => a.State).ThenBy(a => a.Name, StringComparer.Ordinal).Take(MostListed).Select(a => (object?)a.ToMap()).ToList(),
            ["firing"] = firing,
            ["pending"] = pending,
            ["silenced"] = silenced,
        }, OutsideText.OneLine(detail, SecretMask.None))
        {
            Notes = alerts.Count > MostListed ? [Invariant($"{alerts.Count} alerts, of which the first {MostListed} are listed")] : [],
        };
    }
}
