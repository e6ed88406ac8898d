using System.Globalization;
using System.Text.Json;

namespace ReleaseOps.Probes.Metrics;

/// <summary>What an alert does; the order is the one in which alerts are listed.</summary>
internal enum AlertState
{
    /// <summary>It fires, and somebody is told.</summary>
    Firing,
    /// <summary>Its condition holds, not yet for long enough.</summary>
    Pending,
    /// <summary>It fires, and a person silenced it.</summary>
    Silenced,
    /// <summary>It fires, and another alert makes it needless.</summary>
    Inhibited,
}

/// <summary>An alert.</summary>
internal sealed record Alert(AlertState State, Dictionary<string, object?> Labels, Dictionary<string, object?> Annotations, DateTimeOffset? Since)
{
    internal string Name => Labels.TryGetValue("alertname", out var name) && name is string text ? text : "(unnamed)";

    /// <summary>As criteria see it.</summary>
    internal Dictionary<string, object?> ToMap() => new()
    {
        ["name"] = Name,
        ["state"] = State.ToString().ToLowerInvariant(),
        ["labels"] = Labels,
        ["annotations"] = Annotations,
        ["since"] = Since,
    };
}

/// <summary>The alerts in a server's answer. What isn't as the server's API says is refused: an alert that is overlooked looks like peace.</summary>
internal static class Alerts
{
    /// <summary>The answer to <c>/api/v1/alerts</c>.</summary>
    /// <exception cref="CouldNotTellException">BadDocument, PartialAnswer.</exception>
    internal static List<Alert> OfPrometheus(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || Text(answer, "status") != "success"
            || !answer.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("alerts", out var alerts) || alerts.ValueKind != JsonValueKind.Array)
            throw Bad("it isn't Prometheus' list of alerts");
        // Thanos and the like say in words that a rule server didn't answer.
        if (answer.TryGetProperty("warnings", out var warnings) && warnings.ValueKind == JsonValueKind.Array && warnings.GetArrayLength() > 0)
            throw new CouldNotTellException(ErrorId.PartialAnswer, "the server warns that its answer may not be whole");
        return [.. alerts.EnumerateArray().Select(alert => new Alert(
            Text(alert, "state") switch
            {
                "firing" => AlertState.Firing,
                "pending" => AlertState.Pending,
                _ => throw Bad("the state of an alert isn't firing or pending"),
            },
            Map(alert, "labels"), Map(alert, "annotations"), Time(alert, "activeAt")))];
    }

    /// <summary>The answer to <c>/api/v2/alerts</c>.</summary>
    /// <exception cref="CouldNotTellException">BadDocument.</exception>
    internal static List<Alert> OfAlertmanager(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Array)
            throw Bad("it isn't Alertmanager's list of alerts");
        return [.. answer.EnumerateArray().Select(alert => new Alert(StateOf(alert), Map(alert, "labels"), Map(alert, "annotations"), Time(alert, "startsAt")))];
    }

    private static AlertState StateOf(JsonElement alert)
    {
        if (alert.ValueKind != JsonValueKind.Object || !alert.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
            throw Bad("an alert has no status");
        return Text(status, "state") switch
        {
            // Unprocessed: it has just come in, and nothing holds it back yet.
            "active" or "unprocessed" => AlertState.Firing,
            "suppressed" when status.TryGetProperty("silencedBy", out var by) && by.ValueKind == JsonValueKind.Array && by.GetArrayLength() > 0 =>
                AlertState.Silenced,
            "suppressed" => AlertState.Inhibited,
            _ => throw Bad("the state of an alert isn't active, unprocessed or suppressed"),
        };
    }

    private static string? Text(JsonElement map, string name) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Dictionary<string, object?> Map(JsonElement alert, string name)
    {
        if (!alert.TryGetProperty(name, out var map))
            return [];
        if (map.ValueKind != JsonValueKind.Object || map.EnumerateObject().Any(l => l.Value.ValueKind != JsonValueKind.String))
            throw Bad($"the {name} of an alert aren't texts");
        return map.EnumerateObject().ToDictionary(l => l.Name, l => (object?)l.Value.GetString(), StringComparer.Ordinal);
    }

    private static DateTimeOffset? Time(JsonElement alert, string name) =>
        DateTimeOffset.TryParse(Text(alert, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    private static CouldNotTellException Bad(string why) => new(ErrorId.BadDocument, "the answer can't be used: " + why);
}
