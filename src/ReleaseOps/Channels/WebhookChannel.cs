using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseOps.Channels;

/// <summary>
/// Any service that takes JSON by POST. Unless the channel has a body of its own it gets, shaped as Standard Webhooks recommends:
/// <code>
/// { "type": "releaseops.notice", "timestamp": "2026-11-21T18:45:46Z",
///   "data": { "key", "thread", "title", "text", "markdown", "release": text; "status", "severity": text or null;
///             "severityRank": number or null, 0 for the worst; "mayBeRepeat": true or false; "facts": { name: text } } }
/// </code>
/// With a secret it is signed by HMAC-SHA256 as Standard Webhooks 1.0 has it
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). A notice has the same
/// <c>webhook-id</c> and <c>Idempotency-Key</c> however often it is sent: a receiver that heeds one of them takes it once; whether it does, nobody
/// here can know.
/// </summary>
internal sealed class WebhookChannel(BoundChannel bound, ChannelHttp http) : HttpChannel(bound, http)
{
    private const string SecretPrefix = "whsec_";
    private const int LongestText = 60_000;

    public override bool Dedups => true;

    protected override HttpCall Call(BoundChannel channel, Notice notice, string? remote)
    {
        var body = channel.Body is { } template ? JsonTemplate.Render(channel.Name, template, notice) : ChannelJson.Text(Own(notice));
        var id = Id(notice);
        List<KeyValuePair<string, string>> headers =
        [
            .. channel.Headers.Where(h => !IsOwn(h.Key)),
            new("Idempotency-Key", id),
            new("webhook-id", id),
        ];
        if (channel.Secret is { } secret)
        {
            var timestamp = Http.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            headers.Add(new("webhook-timestamp", timestamp));
            headers.Add(new("webhook-signature", "v1," + Signature(channel.Name, secret, $"{id}.{timestamp}.{body}")));
        }
        return new HttpCall(HttpMethod.Post, channel.Address, body)
        {
            ContentType = channel.Headers.TryGetValue("Content-Type", out var type) ? type : HttpCall.Json,
            Headers = headers,
        };
    }

    // A receiver's answer is its own affair.
    protected override SendOutcome Read(HttpReply reply, Notice notice) => reply.Outcome;

    /// <summary>The notice's id for receivers. What is signed is divided by dots, so it has none.</summary>
    internal static string Id(Notice notice) => "releaseops_" + DedupKeys.Digest(notice.Key);

    private static bool IsOwn(string name) => name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase) || name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase);

    private static string Signature(string channel, string secret, string signed)
    {
        // A preview doesn't know it.
        if (secret == SecretMask.Stars)
            return SecretMask.Stars;
        var key = Encoding.UTF8.GetBytes(secret);
        if (secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            key = new byte[secret.Length];
            if (!Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) || length == 0)
            {
                throw NoticeRules.Refused(channel, $"the secret of channel {channel} begins with {SecretPrefix}, but what follows isn't base64",
                    "Correct the secret.");
            }
            key = key[..length];
        }
        return Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }

    private static JsonObject Own(Notice notice) => new()
    {
        ["type"] = "releaseops.notice",
        ["timestamp"] = NoticeText.Time(notice.At),
        ["data"] = new JsonObject
        {
            ["key"] = notice.Key,
            ["thread"] = notice.Thread,
            ["title"] = NoticeText.Title(notice),
            ["text"] = NoticeText.Plain(notice, LongestText),
            ["markdown"] = MarkdownNotice.Text(notice),
            ["release"] = notice.Release,
            ["status"] = notice.Status?.ToString(),
            ["severity"] = notice.Severity,
            ["severityRank"] = notice.SeverityRank,
            ["mayBeRepeat"] = notice.MayBeRepeat,
            ["facts"] = ChannelJson.Facts(notice),
        },
    };
}
