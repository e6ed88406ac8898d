using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>
/// Fills in a step's work. The plan binds without secrets and for the eye, the run binds again with them, by the same code: what was
/// shown is what is done.
/// </summary>
internal static class LookBinder
{
    /// <summary>The look that a piece of work stands for; null for work that is more than one look (a gate, a measurement, a poll, a message).</summary>
    /// <param name="work">The work.</param>
    /// <param name="runbook">The runbook, for its sources.</param>
    /// <param name="scope">Parameters, release and, in a real run, secrets.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    /// <exception cref="ReleaseOpsException">MissingParameter, BindingFailed, BadValue (a URL that isn't one).</exception>
    public static Look? Bind(StepWork work, Runbook runbook, BindingScope scope, string folder) => work switch
    {
        CommandWork command => Command(command, scope, folder),
        ScriptWork script => Script(script, scope, folder),
        HttpWork http => new HttpLook([.. http.Urls.Select(u => ToUri(scope.Bind(u), u))])
        {
            Method = http.Method,
            Headers = http.Headers.ToDictionary(h => h.Key, h => scope.Bind(h.Value), StringComparer.OrdinalIgnoreCase),
            Body = http.Body is null ? null : scope.Bind(http.Body),
            Redirects = http.Redirects,
            MaxBody = http.MaxBody,
            NoAnswerFails = http.NoAnswerFails,
            Schema = Schema(http, scope, folder),
        },
        GitWork git => new GitLook(FullPath(scope.Bind(git.Folder), folder)),
        FileWork file => File(file.Path, FileKind.Facts, file.MaxAge, scope, folder),
        ChecksumsWork sums => File(sums.Path, FileKind.Checksums, null, scope, folder),
        DocumentWork document => File(document.Path, FileKind.Document, document.MaxAge, scope, folder),
        JUnitWork junit => File(junit.Path, FileKind.JUnit, junit.MaxAge, scope, folder),
        ConfirmWork confirm => new ConfirmLook(scope.Bind(confirm.Statement), confirm.By),
        SqlWork sql => new SqlLook(SourceOf(sql.Source, runbook, scope), sql.Query, scope.Parameters.Values),
        AlertsWork alerts => new AlertsLook(SourceOf(alerts.Source, runbook, scope), Bound(alerts.Match, scope)),
        _ => null,
    };

    private static SchemaLook? Schema(HttpWork http, BindingScope scope, string folder)
    {
        if (http.Contract is { } contract)
            return new SchemaLook(scope.Bind(contract), folder);
        if (http.Schema is null)
            return null;
        var parts = scope.Bind(http.Schema).Split('#', 2);
        return new SchemaLook(parts[0], folder) { Pointer = parts.Length == 1 ? "" : parts[1] };
    }

    private static BoundSource SourceOf(string name, Runbook runbook, BindingScope scope) =>
        BoundSource.Of(runbook.Sources.First(s => s.Name == name), scope);

    private static CommandLook Command(CommandWork work, BindingScope scope, string folder)
    {
        var bound = work.Arguments.Select(scope.Bind).ToList();
        return new CommandLook(bound[0], bound[1..])
        {
            Environment = Bound(work.Environment, scope),
            Folder = FolderOf(work.Folder, scope, folder),
            PytestExitCodes = work.ExitCodes == ExitCodes.Pytest,
        };
    }

    private static CommandLook Script(ScriptWork work, BindingScope scope, string folder)
    {
        var environment = Bound(work.Environment, scope);
        foreach (var name in scope.Parameters.Values.Keys)
            environment.TryAdd("PARAM_" + name.ToUpperInvariant(), scope.Parameters.Text(name));
        // The script is one argument of its shell, not a file that someone could change in between; it can hold no secret.
        var (program, arguments) = work.Shell switch
        {
            ScriptShell.Bash => ("bash", new[] { "-euo", "pipefail", "-c", work.Script }),
            ScriptShell.Sh => ("sh", ["-eu", "-c", work.Script]),
            _ => ("pwsh", ["-NoProfile", "-NonInteractive", "-Command", "$ErrorActionPreference = 'Stop'\n" + work.Script]),
        };
        return new CommandLook(program, arguments)
        {
            Environment = environment,
            Folder = FolderOf(work.Folder, scope, folder),
            PytestExitCodes = work.ExitCodes == ExitCodes.Pytest,
        };
    }

    private static Dictionary<string, string> Bound(IReadOnlyDictionary<string, Template> values, BindingScope scope) =>
        values.ToDictionary(v => v.Key, v => scope.Bind(v.Value), StringComparer.Ordinal);

    private static FileLook File(Template path, FileKind kind, TimeSpan? maxAge, BindingScope scope, string folder) =>
        new(FullPath(scope.Bind(path), folder), kind) { MaxAge = maxAge };

    private static string FolderOf(Template? given, BindingScope scope, string folder) =>
        given is null ? folder : FullPath(scope.Bind(given), folder);

    private static string FullPath(string path, string folder) => Path.GetFullPath(path, folder);

    private static Uri ToUri(string text, Template from) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? uri
            : throw new ReleaseOpsException(
                ErrorId.BadValue, $"'{text}' ({from.At}) is not an http or https URL.", "Give a full URL such as https://host/health.", text);
}
