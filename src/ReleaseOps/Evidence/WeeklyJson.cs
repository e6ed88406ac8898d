using System.Text.Json;
using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Evidence.ReviewJson;

namespace ReleaseOps.Evidence;

/// <summary>A weekly review as a JSON document; the week after reads its <c>runbook_changes</c> and <c>failure_classes</c>.</summary>
public static class WeeklyJson
{
    /// <summary>The document: indented, lines end in a line feed. It can be printed in a CI job.</summary>
    /// <param name="result">The review.</param>
    public static string Text(WeeklyReviewResult result) => Document(json =>
    {
        json.WriteString("schema_version", EvidenceJson.SchemaVersion);
        json.WriteString("decision", result.Decision.ToString());
        json.WriteString("from", Day(result.Days[0].Day));
        json.WriteString("day", Day(result.Day));
        json.WriteString("runbook", result.Runbook);
        json.WriteString("runbook_digest", result.RunbookDigest);
        Texts(json, "sources", result.Sources);
        Days(json, result);
        Texts(json, "missing_days", result.MissingDays.Select(Day));
        Failed(json, result);
        Alerts(json, result);
        Objects(json, "interventions", result.Interventions, reason =>
        {
            json.WriteString("reason", reason.Name);
            json.WriteNumber("total", reason.Total);
        });
        Objects(json, "incidents", result.Incidents, incident =>
        {
            json.WriteString("incident", incident.Id);
            json.WriteString("class", incident.Class);
            json.WriteString("severity", incident.Severity);
            json.WriteString("from", InvariantText.Time(incident.From));
            json.WriteString("to", incident.To is { } to ? InvariantText.Time(to) : null);
            json.WriteString("last", incident.Last);
        });
        Asked(json, result);
        Findings(json, result.Findings);
    });

    private static void Days(Utf8JsonWriter json, WeeklyReviewResult result) => Objects(json, "days", result.Days, day =>
    {
        json.WriteString("day", Day(day.Day));
        json.WriteString("path", day.Path);
        if (day.Ok is { } ok)
            json.WriteBoolean("ok", ok);
        else
            json.WriteNull("ok");
        json.WriteString("decision", day.Decision?.ToString());
        json.WriteString("severity", day.Severity);
        Number(json, "event_total", day.EventTotal);
        Number(json, "run_total", day.RunTotal);
        Number(json, "availability_rate", day.AvailabilityRate);
        Number(json, "error_rate", day.ErrorRate);
        Texts(json, "failures", day.Failures);
        Texts(json, "problems", day.Problems);
    });

    private static void Failed(Utf8JsonWriter json, WeeklyReviewResult result) => Objects(json, "failure_classes", result.FailureClasses, failed =>
    {
        json.WriteString("id", failed.Id);
        json.WriteNumber("total", failed.Total);
        json.WriteNumber("days_seen", failed.DaysSeen);
        json.WriteStartArray("per_day");
        foreach (var count in failed.PerDay)
        {
            if (count is { } number)
                json.WriteNumberValue(number);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
        json.WriteString("trend", WeeklyTables.Word(failed.Trend));
        Number(json, "last_week", failed.LastWeek);
    });

    private static void Alerts(Utf8JsonWriter json, WeeklyReviewResult result)
    {
        Objects(json, "alert_groups", result.AlertGroups, group =>
        {
            json.WriteString("key", group.Key);
            json.WriteNumber("total", group.Total);
            json.WriteNumber("false_positives", group.FalsePositives);
            json.WriteNumber("acted_on", group.ActedOn);
            json.WriteNumber("duplicates", group.Duplicates);
            Texts(json, "varying_labels", group.Varying);
            Texts(json, "reductions", group.Reductions);
        });
        Objects(json, "unresolved_alerts", result.UnresolvedAlerts, alert =>
        {
            json.WriteString("key", alert.Key);
            json.WriteString("starts_at", alert.StartsAt is { } at ? InvariantText.Time(at) : null);
            json.WriteString("state", alert.State);
            json.WriteBoolean("muted", alert.IsMuted);
            json.WriteString("summary", alert.Summary);
            json.WriteStartObject("labels");
            foreach (var (name, value) in alert.Labels.OrderBy(l => l.Key, StringComparer.Ordinal))
                json.WriteString(name, value);
            json.WriteEndObject();
        });
    }

    private static void Asked(Utf8JsonWriter json, WeeklyReviewResult result)
    {
        Objects(json, "runbook_changes", result.Changes, change =>
        {
            json.WriteString("id", change.Id);
            json.WriteString("title", change.Title);
            json.WriteString("owner", change.Owner);
            json.WriteString("due", change.Due is { } due ? Day(due) : null);
            json.WriteString("opened", change.Opened is { } opened ? Day(opened) : null);
            json.WriteString("closed", change.Closed is { } closed ? Day(closed) : null);
            json.WriteBoolean("open", change.IsOpen);
            json.WriteBoolean("carried", change.Carried);
            json.WriteBoolean("overdue", change.Overdue);
        });
        Objects(json, "threshold_proposals", result.Thresholds, threshold =>
        {
            json.WriteString("name", threshold.Name);
            Number(json, "current", threshold.Current);
            Number(json, "proposed", threshold.Proposed);
            json.WriteString("reason", threshold.Reason);
            json.WriteStartArray("values");
            foreach (var value in threshold.Values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            Number(json, "lowest", threshold.Lowest);
            Number(json, "median", threshold.Median);
            Number(json, "highest", threshold.Highest);
        });
    }
}
