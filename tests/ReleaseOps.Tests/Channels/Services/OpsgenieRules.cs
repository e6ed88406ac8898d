using System.Text.Json.Nodes;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>Opsgenie's alert API, with its alerts: https://docs.opsgenie.com/docs/alert-api.</summary>
internal sealed class OpsgenieRules : ServiceRules
{
    internal const string Key = "eb243592-faa2-4ba2-a551-1afdf565c889";

    internal override ChannelKind Kind => ChannelKind.Opsgenie;

    internal override string Address(string server) => Key;

    internal sealed record Alert(string Message)
    {
        public string Status { get; set; } = "open";
        public int Count { get; set; } = 1;
        public bool Acknowledged { get; set; }
        public List<string> Notes { get; } = [];
    }

    internal Dictionary<string, Alert> Alerts { get; } = new(StringComparer.Ordinal);

    internal override StandInAnswer Take(StandInRequest request)
    {
        if (request.Header("Authorization") != "GenieKey " + Key)
            return new StandInAnswer(401, """{"message":"Key format is not valid!","took":0.001,"requestId":"x"}""");
        var path = request.Path.Split('?')[0];
        if (request is { Method: "POST", Path: "/v2/alerts" })
            Create(request);
        else if (path.StartsWith("/v2/alerts/", StringComparison.Ordinal) && request.Path.Contains("?identifierType=alias", StringComparison.Ordinal))
        {
            var parts = path["/v2/alerts/".Length..].Split('/');
            var alert = Alerts.GetValueOrDefault(Uri.UnescapeDataString(parts[0]));
            if (request.Method == "GET" && parts[1] == "notes")
            {
                return alert is null ? new StandInAnswer(404, """{"message":"Alert does not exist"}""")
                    : new StandInAnswer(200, new JsonObject { ["data"] = new JsonArray([.. alert.Notes.Select(n => (JsonNode)new JsonObject { ["note"] = n })]) }.ToJsonString());
            }
            Rule(request.Method == "POST", "POST");
            Change(alert, parts[1], request);
        }
        else
        {
            return new StandInAnswer(404, """{"message":"not found"}""");
        }
        return new StandInAnswer(202, """{"result":"Request will be processed","took":0.302,"requestId":"43a29c5c-3dbf-4fa4-9c26-f4f71023e120"}""");
    }

    private void Create(StandInRequest request)
    {
        var body = request.Json();
        Only(body, "message", "alias", "description", "priority", "source", "entity", "tags", "details", "note", "user", "responders");
        Longest(Text(body, "message"), 130, "message");
        Longest(Text(body, "alias"), 512, "alias");
        Rule(Text(body, "description").Length <= 15_000, "a description of at most 15,000 characters");
        Rule(Text(body, "priority") is "P1" or "P2" or "P3" or "P4" or "P5", "a priority");
        Longest(Text(body, "source"), 100, "source");
        Longest(Text(body, "entity"), 512, "entity");
        Rule(body.At("tags").EnumerateArray().Count() <= 20 && body.At("tags").EnumerateArray().All(t => t.GetString()!.Length <= 50), "20 tags of 50 characters");
        Rule(body.At("details").EnumerateObject().Sum(d => d.Name.Length + d.Value.GetString()!.Length) <= 8000, "details of 8,000 characters");
        var alias = Text(body, "alias");
        if (Alerts.TryGetValue(alias, out var open) && open.Status == "open")
            open.Count++;
        else
            Alerts[alias] = new Alert(Text(body, "message"));
        Accept(alias, isNew: Alerts[alias].Count == 1);
    }

    private void Change(Alert? alert, string what, StandInRequest request)
    {
        var body = request.Json();
        Only(body, "note", "source", "user");
        Longest(Text(body, "note"), 25_000, "note");
        Longest(Text(body, "source"), 100, "source");
        Rule(what is "notes" or "acknowledge" or "close", "no such action");
        // It answers the same where there is no such alert.
        if (alert is null)
            return;
        alert.Notes.Add(Text(body, "note"));
        alert.Acknowledged |= what == "acknowledge";
        if (what == "close")
            alert.Status = "closed";
        var note = alert.Notes[^1];
        Accept(note[(note.LastIndexOf('[') + 1)..^1]);
    }
}
