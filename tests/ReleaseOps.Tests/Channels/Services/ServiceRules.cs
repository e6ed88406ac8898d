using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>A request as a stand-in read it.</summary>
public sealed record StandInRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";

    internal JsonElement Json()
    {
        ServiceRules.Rule(Header("Content-Type").StartsWith("application/json", StringComparison.Ordinal), "the content type is application/json");
        try
        {
            return JsonElement.Parse(Body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new RuleBrokenException("the body is JSON: " + e.Message);
        }
    }
}

/// <summary>What a stand-in answers.</summary>
public sealed record StandInAnswer(int Status, string Body, string ContentType = "application/json");

/// <summary>A published rule that a request breaks; it is answered 400, and remembered.</summary>
public sealed class RuleBrokenException(string rule) : Exception("a rule is broken: " + rule);

/// <summary>What a service asks of a request by its published rules, what it makes of it, and how it answers. One request at a time.</summary>
internal abstract class ServiceRules
{
    private readonly Dictionary<string, int> _accepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);

    internal abstract ChannelKind Kind { get; }

    /// <summary>The address of a channel that leads to it.</summary>
    internal abstract string Address(string server);

    /// <summary>The API's address that such a channel has; null where the address says it all.</summary>
    internal virtual string? Api(string server) => server;

    internal virtual string? Secret => null;

    internal abstract StandInAnswer Take(StandInRequest request);

    /// <summary>How often each notice was accepted, by its key (or by what the service has instead).</summary>
    internal IReadOnlyDictionary<string, int> Accepted => _accepted;

    /// <summary>How often people see each of them: a service that dedups shows once what it accepted twice.</summary>
    internal IReadOnlyDictionary<string, int> Shown => _shown;

    /// <summary>Throws where a rule is broken.</summary>
    internal static void Rule(bool holds, string rule)
    {
        if (!holds)
            throw new RuleBrokenException(rule);
    }

    internal static void Longest(string text, int longest, string what) =>
        Rule(text.Length > 0 && text.Length <= longest, $"{what} has 1 to {longest} characters: {text.Length}");

    protected void Accept(string key, bool isNew = true)
    {
        _accepted[key] = _accepted.GetValueOrDefault(key) + 1;
        if (isNew)
            _shown[key] = _shown.GetValueOrDefault(key) + 1;
    }

    protected bool WasAccepted(string key) => _accepted.ContainsKey(key);

    internal static string Text(JsonElement element, string name)
    {
        var value = element.At(name);
        Rule(value.ValueKind == JsonValueKind.String, $"'{name}' is a text");
        return value.GetString()!;
    }

    internal static void Only(JsonElement element, params string[] names)
    {
        foreach (var property in element.EnumerateObject())
            Rule(names.Contains(property.Name), $"there is no field '{property.Name}'");
    }
}
