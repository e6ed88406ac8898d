using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>A receiver that checks signatures as Standard Webhooks 1.0 has it, and takes each webhook-id once.</summary>
internal sealed class WebhookRules : ServiceRules
{
    internal const string SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    internal override ChannelKind Kind => ChannelKind.Webhook;

    internal override string Address(string server) => server + "/hook";

    internal override string? Api(string server) => null;

    internal override string? Secret => SigningSecret;

    internal override StandInAnswer Take(StandInRequest request)
    {
        Rule(request is { Method: "POST", Path: "/hook" }, "POST /hook");
        var body = request.Json();
        var id = request.Header("webhook-id");
        Rule(id.Length > 0 && !id.Contains('.') && id == request.Header("Idempotency-Key"), "an id without dots");
        var timestamp = request.Header("webhook-timestamp");
        Rule(long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out _), "a timestamp in seconds");
        var mac = HMACSHA256.HashData(Convert.FromBase64String(SigningSecret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{request.Body}"));
        Rule(request.Header("webhook-signature") == "v1," + Convert.ToBase64String(mac), "the signature is right");
        var key = body.At("data", "key").Text() ?? body.At("key").Text() ?? id;
        Accept(key, isNew: !WasAccepted(key));
        return new StandInAnswer(200, "thanks", "text/plain");
    }
}
