using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>
/// A daily review as a JSON document: first what the workflow's own script writes, with its names and in its order, then what is ours under the
/// key <c>releaseops</c>. The same bytes in every culture and time zone.
/// </summary>
public static class ReviewJson
{
    /// <summary>The key that everything of ours stands under.</summary>
    public const string OwnKey = "releaseops";

    internal static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document: indented, lines end in a line feed. It can be printed in a CI job.</summary>
    /// <param name="result">The review.</param>
    public static string Text(DailyReviewResult result) => Document(json =>
    {
        json.WriteBoolean("ok", result.Ok);
        json.WriteString("day", Day(result.Day));
        Judged(json, result);
        Items(json, result);
        json.WriteStartObject(OwnKey);
        Own(json, result);
        json.WriteEndObject();
    });

    /// <summary>A document of one object.</summary>
    internal static string Document(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return EvidenceJson.Printable(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number, or null.</summary>
    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>A list of texts.</summary>
    internal static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>A list of objects.</summary>
    internal static void Objects<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Findings, each with its arithmetic.</summary>
    internal static void Findings(Utf8JsonWriter json, IReadOnlyList<Finding> findings) => Objects(json, "findings", findings, finding =>
    {
        json.WriteString("subject", finding.Subject);
        json.WriteString("verdict", finding.Verdict.ToString());
        json.WriteBoolean("required", finding.Required);
        json.WriteString("text", finding.Text);
        foreach (var (name, text) in new[] { ("condition", finding.Condition), ("observed", finding.Observed), ("source", finding.Source),
            ("reason", finding.Reason?.ToString()) })
        {
            if (text is not null)
                json.WriteString(name, text);
        }
    });

    private static void Judged(Utf8JsonWriter json, DailyReviewResult result)
    {
        json.WriteStartObject("thresholds");
        json.WriteNumber("min_availability_rate", result.Thresholds.MinAvailabilityRate);
        json.WriteNumber("max_error_rate", result.Thresholds.MaxErrorRate);
        json.WriteEndObject();
        json.WriteStartObject("slo");
        json.WriteNumber("event_total", result.Slo.EventTotal);
        json.WriteNumber("error_total", result.Slo.ErrorTotal);
        json.WriteNumber("error_rate", result.Slo.ErrorRate);
        json.WriteNumber("run_total", result.Slo.RunTotal);
        json.WriteNumber("success_run_total", result.Slo.SuccessRunTotal);
        json.WriteNumber("availability_rate", result.Slo.AvailabilityRate);
        Objects(json, "stage_error_top", result.Slo.StageErrorTop, stage =>
        {
            json.WriteString("stage", stage.Stage);
            json.WriteNumber("error_total", stage.ErrorTotal);
        });
        json.WriteEndObject();
        json.WriteStartObject("incident");
        foreach (var counter in result.Incident)
            json.WriteNumber(counter.Name, counter.Total);
        json.WriteEndObject();
        json.WriteStartObject("policy");
        json.WriteString("escalation_level", result.Policy.EscalationLevel);
        json.WriteString("severity", result.Policy.Severity);
        json.WriteString("ownership", result.Policy.Ownership);
        json.WriteBoolean("manual_approval_only", result.Policy.ManualApprovalOnly);
        json.WriteString("oncall_escalation", result.Policy.OncallEscalation);
        json.WriteEndObject();
        json.WriteStartObject("signoff");
        json.WriteBoolean("approved", result.Signoff.Approved);
        json.WriteString("go_live_decision", result.Signoff.GoLiveDecision);
        json.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter json, DailyReviewResult result)
    {
        Objects(json, "checklist", result.Checklist, item =>
        {
            json.WriteString("id", item.Id);
            json.WriteString("title", item.Title);
            json.WriteBoolean("required", item.Required);
            json.WriteBoolean("passed", item.Passed);
            json.WriteString("evidence", item.Evidence);
        });
        json.WriteNumber("required_total", result.RequiredTotal);
        json.WriteNumber("required_pass_total", result.RequiredPassTotal);
        json.WriteNumber("required_fail_total", result.RequiredFailTotal);
        json.WriteNumber("failure_total", result.FailureTotal);
        Texts(json, "failures", result.Failures);
    }

    private static void Own(Utf8JsonWriter json, DailyReviewResult result)
    {
        json.WriteString("schema_version", EvidenceJson.SchemaVersion);
        json.WriteString("decision", result.Decision.ToString());
        json.WriteString("moment", ReviewMoment.Word(result.Moment));
        json.WriteString("zone", result.Zone);
        json.WriteString("runbook", result.Runbook);
        json.WriteString("runbook_digest", result.RunbookDigest);
        Texts(json, "sources", result.Sources);
        Findings(json, result.Findings);
        Objects(json, "latency", result.Latency, stage =>
        {
            json.WriteString("stage", stage.Stage);
            json.WriteNumber("pair_total", stage.Count);
            json.WriteNumber("unpaired_total", stage.Unpaired);
            Number(json, "p50_seconds", stage.P50);
            Number(json, "p95_seconds", stage.P95);
            Number(json, "p99_seconds", stage.P99);
            json.WriteNumber("relative_error", stage.RelativeError);
        });
        json.WriteStartObject("floor");
        foreach (var rule in result.Floor)
            json.WriteNumber(rule.Name, rule.Total);
        json.WriteEndObject();
        Objects(json, "error_budget", result.Budget, budget =>
        {
            json.WriteString("of", budget.Name);
            json.WriteNumber("allowed", budget.Allowed);
            json.WriteNumber("used", budget.Used);
            Number(json, "consumed_percent", budget.ConsumedPercent);
        });
        json.WriteStartObject("faults");
        json.WriteNumber("line_total", result.Faults.Lines);
        json.WriteNumber("blank_total", result.Faults.Blank);
        json.WriteNumber("malformed_total", result.Faults.Malformed);
        json.WriteNumber("undated_total", result.Faults.Undated);
        json.WriteNumber("wrong_type_total", result.Faults.WrongType);
        json.WriteNumber("unjudged_total", result.Faults.Unjudged);
        json.WriteNumber("too_long_total", result.Faults.TooLong);
        json.WriteNumber("among_day_total", result.Faults.AmongDay);
        json.WriteBoolean("truncated_end", result.Faults.TruncatedEnd);
        Texts(json, "broken", result.Faults.Broken);
        Texts(json, "places", result.Faults.Places);
        json.WriteEndObject();
        Texts(json, "due", result.Due);
    }
}
