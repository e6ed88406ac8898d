using System.Net;

namespace ReleaseOps.Probes.Http;

/// <summary>What is asked at one hop.</summary>
/// <param name="Url">Whom.</param>
/// <param name="Method">The method.</param>
/// <param name="HasBody">Whether the body goes along.</param>
/// <param name="AtHome">True at the origin that the runbook names; its headers go nowhere else.</param>
internal sealed record Request(Uri Url, HttpMethod Method, bool HasBody, bool AtHome);

/// <summary>Where a redirect leads, and why it isn't followed.</summary>
internal static class Redirect
{
    internal static bool IsOne(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.NonValidated.Contains("Location");

    /// <summary>The next hop.</summary>
    /// <exception cref="CouldNotTellException">RedirectRefused: the place isn't allowed.</exception>
    internal static Request Next(Request request, HttpResponseMessage response, SecretMask mask)
    {
        var location = response.Headers.NonValidated["Location"].ToString();
        // Base and location as texts: a location such as //host or ?query is resolved as RFC 3986 says.
        if (!Uri.TryCreate(request.Url, location, out var target))
            throw Refused(location, "it isn't a URL", mask);
        if (target.Scheme != Uri.UriSchemeHttp && target.Scheme != Uri.UriSchemeHttps)
            throw Refused(location, "only http and https are followed", mask);
        if (target.UserInfo.Length > 0)
            throw Refused(target.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped),
                "a URL with a user name in it isn't followed", mask);
        if (request.Url.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp)
            throw Refused(location, "it leads from https to http", mask);
        // RFC 9110 15.4: 303 always turns into GET, 301 and 302 turn POST into GET as every client does, 307 and 308 keep method and body.
        var toGet = response.StatusCode == HttpStatusCode.SeeOther
            ? request.Method != HttpMethod.Head
            : request.Method == HttpMethod.Post && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found;
        var atHome = request.AtHome && SameOrigin(request.Url, target);
        var next = new Request(target, toGet ? HttpMethod.Get : request.Method, request.HasBody && !toGet, atHome);
        return next.HasBody && !next.AtHome ? throw Refused(location, "the body would go to another origin", mask) : next;
    }

    /// <summary>Why a redirect isn't followed, with the place.</summary>
    internal static CouldNotTellException Refused(string place, string why, SecretMask mask) =>
        new(ErrorId.RedirectRefused, $"the redirect to {OutsideText.OneLine(place, mask)} was not followed: {why}");

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
