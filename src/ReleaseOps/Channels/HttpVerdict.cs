using System.Text.Json;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Channels;

/// <summary>What an answer means, by HTTP's own rules (RFC 9110): what is refused for now, and what for good.</summary>
internal static class HttpVerdict
{
    /// <summary>The outcome that an answer's status stands for.</summary>
    internal static SendOutcome Of(HttpResponseMessage response, string body, DateTimeOffset now, SecretMask mask)
    {
        var status = (int)response.StatusCode;
        var head = Invariant($"{status} {OutsideText.OneLine(response.ReasonPhrase ?? "", mask, 60)}").TrimEnd();
        if (response.IsSuccessStatusCode)
            return new SendOutcome(SendState.Sent, head);
        var said = Said(body) is { } text ? ": " + OutsideText.OneLine(text, mask) : "";
        // 420 is what Statuspage says where others say 429.
        return status is 408 or 420 or 425 or 429 or >= 500
            ? new SendOutcome(SendState.Later, head + said) { After = After(response, now) }
            : new SendOutcome(SendState.Refused, head + said);
    }

    // Retry-After: seconds or a date (RFC 9110 10.2.3).
    private static TimeSpan? After(HttpResponseMessage response, DateTimeOffset now)
    {
        var after = response.Headers.RetryAfter is { } asked ? asked.Delta ?? asked.Date - now : null;
        return after is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, ChannelHttp.LongestWait.Ticks)) : null;
    }

    /// <summary>What a service says about its refusal: the usual fields of its JSON, or its text; null for pages.</summary>
    internal static string? Said(string body)
    {
        var text = body.Trim();
        if (text.Length == 0 || text[0] == '<')
            return null;
        if (text[0] is not ('{' or '['))
            return text;
        try
        {
            var json = StrictJson.Parse(text);
            return json.ValueKind != JsonValueKind.Object ? text : string.Join("; ", json.EnumerateObject()
                .Where(p => p.Name is "error" or "errors" or "message" or "status").Select(p => p.Value.ToString()));
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
