using ReleaseOps.Contracts;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Probes.Contracts;

/// <summary>Fetches an API description, with the other files that it refers to: from a folder, a git revision or a server.</summary>
public static class ApiDocumentLoader
{
    /// <summary>Loads a description.</summary>
    /// <param name="specification">
    /// A path, an <c>http://</c> or <c>https://</c> URL, or <c>REV:path</c> as <c>git show</c> takes it (<c>main:api/openapi.yaml</c>). A
    /// file
    /// of that very name wins over a revision.
    /// </param>
    /// <param name="folder">Full path of the current folder.</param>
    /// <param name="mask">Hides secrets in what is said.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">
    /// The description itself can't be had: FileUnreadable, GitFailed (no such repository, revision or path, in git's own words),
    /// ProgramNotFound,
    /// Unreachable, TlsFailed, RedirectRefused, AccessDenied, ServerFailed, BodyTooLarge, TimedOut, BadValue (no such kind of URL), or
    /// BadDocument (it can't be read). What only another file needs is no error here: the reference to it is Inconclusive when it is
    /// asked for.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<ApiDocument> LoadAsync(
        string specification, string folder, SecretMask mask, TimeSpan timeout, CancellationToken cancellation) =>
        LoadAsync(specification, folder, new LookContext("", "", timeout, mask, TimeProvider.System), HttpConnections.Shared, cancellation);

    /// <summary>Loads the description of a git revision, and never a file that is named like it.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="path">The path in it.</param>
    /// <param name="folder">Full path of a folder of the repository.</param>
    /// <param name="mask">Hides secrets in what is said.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">GitFailed, ProgramNotFound, BodyTooLarge, TimedOut, BadDocument, as the other one has them.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<ApiDocument> OfRevisionAsync(
        string revision, string path, string folder, SecretMask mask, TimeSpan timeout, CancellationToken cancellation) =>
        LoadAsync($"{revision}:{path}", new LookContext("", "", timeout, mask, TimeProvider.System), async (specification, token) =>
        {
            var git = await GitPlace.FindAsync(specification, folder, mask, token).ConfigureAwait(false);
            return (git, git.Start);
        }, ApiDocumentReader.Read, cancellation);

    internal static Task<ApiDocument> LoadAsync(
        string specification, string folder, LookContext context, HttpConnections connections, CancellationToken cancellation) =>
        LoadAsync(specification, folder, context, connections, ApiDocumentReader.Read, cancellation);

    /// <summary>Loads a description, as above; what is read of its first file is up to the caller.</summary>
    internal static Task<ApiDocument> LoadAsync(
        string specification, string folder, LookContext context, HttpConnections connections,
        Func<ReadOnlyMemory<byte>, string, ApiDocument> read, CancellationToken cancellation) =>
        LoadAsync(specification, context, (given, token) => PlaceAsync(given, folder, context, connections, token), read, cancellation);

    private static async Task<ApiDocument> LoadAsync(
        string specification, LookContext context, Func<string, CancellationToken, Task<(IApiPlace Place, string Start)>> find,
        Func<ReadOnlyMemory<byte>, string, ApiDocument> read, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(context.Timeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var subject = OutsideText.OneLine(Shown(specification), context.Mask);
        try
        {
            var (place, start) = await find(specification, either.Token).ConfigureAwait(false);
            // Parsing obeys no token; the caller goes on at the deadline all the same.
            return await Task.Run(() => LoadAsync(place, start, read, either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (CouldNotTellException e) when (!either.IsCancellationRequested)
        {
            throw new ReleaseOpsException(e.Id, context.Mask.Apply(e.Message).TrimEnd('.') + ".", subject: subject);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is OperationCanceledException or CouldNotTellException)
        {
            throw new ReleaseOpsException(
                ErrorId.TimedOut, $"{subject} wasn't there within {Durations.Format(context.Timeout)}.", subject: subject);
        }
    }

    private static async Task<(IApiPlace Place, string Start)> PlaceAsync(
        string specification, string folder, LookContext context, HttpConnections connections, CancellationToken cancellation)
    {
        if (specification.Contains("://", StringComparison.Ordinal) && !File.Exists(Path.GetFullPath(specification, folder)))
        {
            if (!Uri.TryCreate(specification, UriKind.Absolute, out var url)
                || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
                throw new CouldNotTellException(ErrorId.BadValue, "only URLs of http and https are read");
            var server = new ServerPlace(url, context, connections);
            return (server, server.Start);
        }
        if (GitPlace.Colon(specification) > (OperatingSystem.IsWindows() ? 1 : 0) && !File.Exists(Path.GetFullPath(specification, folder)))
        {
            var git = await GitPlace.FindAsync(specification, folder, context.Mask, cancellation).ConfigureAwait(false);
            return (git, git.Start);
        }
        var files = new FolderPlace(specification, folder, context.Mask);
        return (files, files.Start);
    }

    private static async Task<ApiDocument> LoadAsync(
        IApiPlace place, string start, Func<ReadOnlyMemory<byte>, string, ApiDocument> read, CancellationToken cancellation)
    {
        var left = ApiDocumentReader.MaxBytes;
        var first = await place.ReadAsync(start, left, cancellation).ConfigureAwait(false);
        var main = read(first.Bytes, first.Name);
        if (main.Files[0].Elsewhere.Count == 0)
            return main;
        left -= first.Bytes.Length;
        var files = new List<ApiFile>(main.Files);
        var locations = new List<string> { first.Location };
        var known = new Dictionary<string, ApiLink>(StringComparer.Ordinal) { [start] = new(0), [first.Location] = new(0) };
        var links = new Dictionary<(int, string), ApiLink>();
        for (var file = 0; file < files.Count; file++)
        {
            foreach (var elsewhere in files[file].Elsewhere)
                links[(file, elsewhere)] = await LinkAsync(file, elsewhere).ConfigureAwait(false);
        }
        return new ApiDocument(files, main.Version, links);

        async Task<ApiLink> LinkAsync(int from, string elsewhere)
        {
            try
            {
                var location = place.Locate(locations[from], elsewhere);
                return known.TryGetValue(location, out var link) ? link : known[location] = await ReadAsync(location).ConfigureAwait(false);
            }
            catch (CouldNotTellException e) when (!cancellation.IsCancellationRequested)
            {
                return ApiLink.Broken(e.Id, e.Message);
            }
            catch (IOException e)
            {
                // Links that lead in a circle.
                return ApiLink.Broken(ErrorId.FileUnreadable, e.Message);
            }
        }

        async Task<ApiLink> ReadAsync(string location)
        {
            if (files.Count == ApiNode.MaxFiles)
                return ApiLink.Broken(
                    ErrorId.BadDocument, Invariant($"more than {ApiNode.MaxFiles} files belong to this description, the most there may be"));
            try
            {
                var fetched = await place.ReadAsync(location, left, cancellation).ConfigureAwait(false);
                left -= fetched.Bytes.Length;
                files.Add(ApiDocumentReader.ReadFile(fetched.Bytes, fetched.Name, files.Count));
                locations.Add(fetched.Location);
                return new ApiLink(files.Count - 1);
            }
            catch (CouldNotTellException e) when (!cancellation.IsCancellationRequested)
            {
                return ApiLink.Broken(e.Id, e.Message);
            }
            catch (ReleaseOpsException e)
            {
                return ApiLink.Broken(e.Id, e.Message.TrimEnd('.'));
            }
        }
    }

    // Without what may be a secret: a login, a query.
    private static string Shown(string specification) => Uri.TryCreate(specification, UriKind.Absolute, out var url) && url.Host.Length > 0
        ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : specification;
}
