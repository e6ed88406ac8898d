using System.Text.Json.Nodes;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>Statuspage's API v1, with its incidents: https://developer.statuspage.io.</summary>
internal sealed class StatuspageRules : ServiceRules
{
    internal const string Token = "statuspage-token-secret";

    private readonly List<Incident> _incidents = [];

    internal override ChannelKind Kind => ChannelKind.Statuspage;

    internal override string Address(string server) => "kctbh9vrtdwd";

    internal override string? Secret => Token;

    internal IReadOnlyList<Incident> Incidents => _incidents;

    internal sealed record Incident(string Id)
    {
        public string Name { get; set; } = "";
        public string Status { get; set; } = "";
        public JsonNode? Metadata { get; set; }
        public List<string> Updates { get; } = [];
    }

    internal override StandInAnswer Take(StandInRequest request)
    {
        if (request.Header("Authorization") != "OAuth " + Token)
            return new StandInAnswer(401, """{"error":"Could not authenticate"}""");
        const string List = "/v1/pages/kctbh9vrtdwd/incidents";
        var incident = _incidents.Find(i => request.Path == $"{List}/{i.Id}");
        switch (request.Method)
        {
            case "GET" when request.Path.Split('?')[0] == List:
                return new StandInAnswer(200, new JsonArray([.. _incidents.AsEnumerable().Reverse().Take(100).Select(Json)]).ToJsonString());
            case "GET" when incident is not null:
                return new StandInAnswer(200, Json(incident).ToJsonString());
            case "POST" when request.Path == List:
                incident = new Incident($"p31zjtct2jer{_incidents.Count}");
                Update(incident, request);
                _incidents.Add(incident);
                return new StandInAnswer(201, Json(incident).ToJsonString());
            case "PATCH" when incident is not null:
                Update(incident, request);
                return new StandInAnswer(200, Json(incident).ToJsonString());
            default:
                return new StandInAnswer(404, """{"error":"Not found"}""");
        }
    }

    private void Update(Incident incident, StandInRequest request)
    {
        var asked = request.Json().At("incident");
        Only(asked, "name", "status", "body", "metadata");
        Longest(Text(asked, "name"), 255, "a name");
        Longest(Text(asked, "body"), 25_000, "a body");
        Rule(Text(asked, "status") is "investigating" or "identified" or "monitoring" or "resolved", "a status of a realtime incident");
        incident.Name = Text(asked, "name");
        incident.Status = Text(asked, "status");
        incident.Metadata = JsonNode.Parse(asked.At("metadata").GetRawText());
        incident.Updates.Add(Text(asked, "body"));
        Accept(asked.At("metadata", "releaseops", "key").GetString()!);
    }

    private static JsonNode Json(Incident incident) => new JsonObject
    {
        ["id"] = incident.Id,
        ["name"] = incident.Name,
        ["status"] = incident.Status,
        ["metadata"] = incident.Metadata?.DeepClone(),
        ["incident_updates"] = new JsonArray([.. incident.Updates.Select(u => (JsonNode)new JsonObject { ["body"] = u })]),
    };
}
