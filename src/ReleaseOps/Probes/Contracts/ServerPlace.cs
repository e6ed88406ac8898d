using System.Text;
using System.Text.RegularExpressions;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Probes.Contracts;

/// <summary>A server. Other files come from the same origin only; user name and password of the URL go to it alone, in a header.</summary>
internal sealed partial class ServerPlace : IApiPlace
{
    private const int Redirects = 5;

    private readonly LookContext _context;
    private readonly HttpConnections _connections;
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Accept"] = "application/json, application/yaml, */*",
    };

    private readonly Uri _home;
    private readonly string? _login;

    /// <param name="url">The description's URL.</param>
    /// <param name="context">Mask and clock.</param>
    /// <param name="connections">What it is asked over.</param>
    public ServerPlace(Uri url, LookContext context, HttpConnections connections)
    {
        _context = context;
        _connections = connections;
        _home = new UriBuilder(url) { UserName = "", Password = "", Fragment = "" }.Uri;
        _login = url.UserInfo.Length == 0
            ? null
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
        Start = _home.AbsoluteUri;
    }

    /// <summary>The description itself.</summary>
    public string Start { get; }

    public string Locate(string from, string elsewhere)
    {
        if (!Uri.TryCreate(new Uri(from), elsewhere, out var url))
            throw new CouldNotTellException(ErrorId.PathOutside, "it isn't a URL");
        if (url.UserInfo.Length > 0 || Origin(url) != Origin(new Uri(from)))
            throw new CouldNotTellException(ErrorId.PathOutside, "it leads to another server");
        return new UriBuilder(url) { Fragment = "" }.Uri.AbsoluteUri;
    }

    public async Task<FetchedFile> ReadAsync(string location, int most, CancellationToken cancellation)
    {
        var url = new Uri(location);
        var headers = new Dictionary<string, string>(_headers, StringComparer.OrdinalIgnoreCase);
        if (_login is not null && Origin(url) == Origin(_home))
            headers["Authorization"] = _login;
        var look = new HttpLook([url]) { Method = "GET", Headers = headers, Redirects = Redirects, MaxBody = most };
        var (from, status, bytes) = await FetchAsync(look, url, cancellation).ConfigureAwait(false);
        if (status != 200)
            throw new CouldNotTellException(
                status switch { 401 or 403 => ErrorId.AccessDenied, 429 or >= 500 => ErrorId.ServerFailed, _ => ErrorId.FileUnreadable },
                Invariant($"{Name(from)} answered with status {status}, not 200"));
        return new FetchedFile(
            bytes ?? throw new CouldNotTellException(
                ErrorId.BadDocument, $"{Name(from)} came packed in a way that isn't known (its Content-Encoding)"),
            Name(url), from.AbsoluteUri);
    }

    private async Task<(Uri From, int Status, ReadOnlyMemory<byte>? Body)> FetchAsync(
        HttpLook look, Uri url, CancellationToken cancellation)
    {
        try
        {
            return await new HttpExchange(look, _context, _connections, log: null).FetchAsync(url, cancellation).ConfigureAwait(false);
        }
        catch (CouldNotTellException e)
        {
            throw new CouldNotTellException(e.Id, e.Id == ErrorId.BodyTooLarge
                ? Invariant($"{Name(url)} is too large: with the files that refer to it more than {look.MaxBody} bytes")
                : Query().Replace(e.Message, ""));
        }
    }

    // The query may hold a key.
    private string Name(Uri url) =>
        OutsideText.OneLine(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), _context.Mask);

    private static string Origin(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.StrongPort, UriFormat.UriEscaped).ToLowerInvariant();

    [GeneratedRegex(@"\?\S*")]
    private static partial Regex Query();
}
