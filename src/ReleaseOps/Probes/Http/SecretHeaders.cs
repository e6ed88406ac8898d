namespace ReleaseOps.Probes.Http;

/// <summary>What headers may be shown, and which may leave their origin.</summary>
internal static class SecretHeaders
{
    // Headers to send are secrets unless they can't be: a runbook's own X-Anything may carry a key.
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Type", "User-Agent",
    };

    /// <summary>True for headers that may be sent to another origin and shown in a log.</summary>
    internal static bool IsHarmless(string name) => Harmless.Contains(name);

    /// <summary>The value of a header that came, as it may be shown. Of a cookie, the name and attributes stay, the value goes.</summary>
    internal static string Shown(string name, string value, SecretMask mask) => name switch
    {
        _ when name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) => mask.Apply(HideCookie(value)),
        _ when name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Authentication-Info", StringComparison.OrdinalIgnoreCase) => SecretMask.Stars,
        _ => mask.Apply(value),
    };

    private static string HideCookie(string cookie)
    {
        var attributes = cookie.IndexOf(';', StringComparison.Ordinal) is >= 0 and var semicolon ? cookie[semicolon..] : "";
        var pair = cookie[..^attributes.Length];
        return pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
            ? pair[..(equals + 1)] + SecretMask.Stars + attributes
            : SecretMask.Stars + attributes;
    }
}
