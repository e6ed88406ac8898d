using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseOps.Channels;

/// <summary>JSON as it goes out: one line, letters of all scripts as they are.</summary>
internal static class ChannelJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a document.</summary>
    internal static string Text(JsonNode document) => document.ToJsonString(Options);

    /// <summary>A text as it stands between the quotes of a JSON string.</summary>
    internal static string Escape(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    /// <summary>The facts as an object; of two with one name the last counts.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="longest">The longest that names and values may be together, in UTF-16 units.</param>
    internal static JsonObject Facts(Notice notice, int longest = int.MaxValue)
    {
        var facts = new JsonObject();
        foreach (var fact in notice.Facts)
        {
            var (name, value) = (OneLine.Of(fact.Name), OneLine.Of(fact.Value));
            if ((longest -= name.Length + value.Length) < 0)
                break;
            facts[name] = value;
        }
        return facts;
    }
}
