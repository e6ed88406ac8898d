using ReleaseOps.Contracts;
using ReleaseOps.Probes.Contracts;

namespace ReleaseOps.Hotfixes;

/// <summary>Holds one API description against another: files, URLs, or files of a git revision.</summary>
public static class ContractDrift
{
    private const string Subject = "contract";

    /// <summary>How long it may take to fetch a description, with all that it refers to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Compares two descriptions.</summary>
    /// <param name="older">The older one: a file, a URL, or <c>REVISION:path</c> of a git repository.</param>
    /// <param name="newer">The newer one; likewise.</param>
    /// <param name="folder">The folder that relative paths start from, and the repository; full path.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">
    /// FileUnreadable, GitFailed, ProgramNotFound, Unreachable, TlsFailed, RedirectRefused, AccessDenied, ServerFailed, BodyTooLarge, TimedOut,
    /// BadValue, BadDocument: one of them, or the list of accepted differences, can't be read.
    /// </exception>
    public static async Task<ContractResult> CompareAsync(string older, string newer, string folder, ContractOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var accepted = options.Ignore is { } list ? await AcceptedDifferences.OfFileAsync(list, cancellation).ConfigureAwait(false) : [];
        return await CompareAsync(Load(older), Load(newer), accepted, options, cancellation).ConfigureAwait(false);

        Func<Task<ApiDocument>> Load(string specification) => () => ReadAsync(specification, folder, cancellation);
    }

    private static async Task<ApiDocument> ReadAsync(string specification, string folder, CancellationToken cancellation)
    {
        try
        {
            return await ApiDocumentLoader.LoadAsync(specification, folder, SecretMask.None, Patience, cancellation).ConfigureAwait(false);
        }
        catch (ReleaseOpsException why)
        {
            throw new ReleaseOpsException(why.Id, $"The API description {why.Subject} can't be read: {why.Message}",
                why.Remedy ?? "A description is a file, a URL, or a file of a git revision: main:api/openapi.yaml.", why.Subject, why);
        }
    }

    private static async Task<ContractResult> CompareAsync(
        Func<Task<ApiDocument>> older, Func<Task<ApiDocument>> newer, IReadOnlyList<ContractIgnore> accepted, ContractOptions options,
        CancellationToken cancellation)
    {
        // Side by side: reading is most of the work.
        var reading = Task.Run(newer, cancellation);
        ApiDocument before, after;
        try
        {
            before = await Task.Run(older, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }
        after = await reading.ConfigureAwait(false);
        return ResultOf(before, after, accepted, options);
    }

    /// <summary>
    /// The description of a commit against that of its base, as git has them, and with the accepted differences that the commit has: what lies
    /// in the working tree was not judged. What can't be had or read is a finding: nobody can say that nothing breaks.
    /// </summary>
    internal static async Task<ContractResult> OfCommitsAsync(
        string folder, string baseCommit, string commit, string path, SecretMask mask, ContractOptions options, CancellationToken cancellation)
    {
        try
        {
            var accepted = options.Ignore is not { } list ? []
                : Path.IsPathRooted(list) ? await AcceptedDifferences.OfFileAsync(list, cancellation).ConfigureAwait(false)
                : await AcceptedDifferences.OfCommitAsync(folder, commit, list, mask, cancellation).ConfigureAwait(false);
            return Masked(await CompareAsync(Load(baseCommit), Load(commit), accepted, options, cancellation).ConfigureAwait(false), mask);
        }
        catch (ReleaseOpsException why)
        {
            return new ContractResult
            {
                Decision = Decision.Hold,
                Base = $"{baseCommit}:{path}",
                Revision = $"{commit}:{path}",
                FailOn = options.FailOn,
                Findings = [new Finding(Subject, Verdict.Inconclusive, $"the API's description can't be compared: {mask.Apply(why.Message)}") { Reason = why.Id }],
            };
        }

        Func<Task<ApiDocument>> Load(string revision) =>
            () => ApiDocumentLoader.OfRevisionAsync(revision, path, folder, mask, Patience, cancellation);
    }

    private static ContractResult Masked(ContractResult result, SecretMask mask)
    {
        return result with
        {
            Changes = [.. result.Changes.Select(Change)],
            Ignored = [.. result.Ignored.Select(i => i with { Change = Change(i.Change), Reason = mask.Apply(i.Reason) })],
            Findings = [.. result.Findings.Select(f => f with { Text = mask.Apply(f.Text), Observed = Text(f.Observed), Source = Text(f.Source) })],
        };

        ContractChange Change(ContractChange change) => change with { Text = mask.Apply(change.Text), Path = Text(change.Path), OperationId = Text(change.OperationId) };

        string? Text(string? text) => text is null ? null : mask.Apply(text);
    }

    private static ContractResult ResultOf(ApiDocument before, ApiDocument after, IReadOnlyList<ContractIgnore> accepted, ContractOptions options)
    {
        var found = ContractComparer.Compare(before, after, options.Today);
        var kept = ContractIgnores.Apply(found.Changes, accepted, options.Today);
        return new ContractResult
        {
            Decision = kept.Changes.Any(c => c.Level >= options.FailOn) ? Decision.NoGo : found.Untold.Count > 0 ? Decision.Hold : Decision.Go,
            Base = before.Name,
            Revision = after.Name,
            FailOn = options.FailOn,
            Changes = kept.Changes,
            Ignored = kept.Ignored,
            Findings = [.. found.Untold, .. kept.Findings],
        };
    }
}
