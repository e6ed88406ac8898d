using ReleaseOps.Probes.Contracts;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>
/// Asks URLs and says what they answered: <c>status</c>, <c>headers</c> (by lower-case name), <c>body</c> (JSON, or text), <c>text</c>,
/// <c>latency</c> and <c>latency_ms</c> (to the last byte), <c>url</c>. Every status is an answer; criteria judge it.
/// </summary>
/// <remarks>
/// The whole exchange of one URL is under one deadline: name lookup, connection, TLS, redirects, headers, body. TLS is always validated
/// in full. Proxies come from the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c> ...), except for this machine itself. No cookie is
/// kept, no login of the user is sent, and nothing is tried twice.
/// </remarks>
internal static class HttpProbe
{
    /// <summary>Asks each URL, one after the other; one observation each, in their order.</summary>
    /// <param name="look">What is asked.</param>
    /// <param name="context">Time-out (for each URL), mask, clock and log folder.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<IReadOnlyList<Observation>> LookAsync(HttpLook look, LookContext context, CancellationToken cancellation) =>
        LookAsync(look, context, HttpConnections.Shared, cancellation);

    internal static async Task<IReadOnlyList<Observation>> LookAsync(
        HttpLook look, LookContext context, HttpConnections connections, CancellationToken cancellation)
    {
        var contract = look.Schema is { } schema
            ? await AnswerContract.LoadAsync(schema, context, connections, cancellation).ConfigureAwait(false)
            : null;
        var observations = new List<Observation>(look.Urls.Count);
        foreach (var url in look.Urls)
            observations.Add(await LookAtAsync(url, look, context, connections, contract, cancellation).ConfigureAwait(false));
        return observations;
    }

    private static async Task<Observation> LookAtAsync(
        Uri url, HttpLook look, LookContext context, HttpConnections connections, AnswerContract? contract, CancellationToken cancellation)
    {
        var log = HttpLog.For(context);
        var exchange = new HttpExchange(look, context, connections, log, contract);
        var seen = await Looking.MakeAsync(
            context,
            token => exchange.AskAsync(url, token),
            () => Invariant($"no full answer within {Durations.Format(context.Timeout)}: {exchange.Progress}"),
            cancellation).ConfigureAwait(false);
        var path = url.IsAbsoluteUri ? url.AbsolutePath : url.OriginalString;
        seen = seen with { Detail = $"{OutsideText.OneLine(path, context.Mask, 80)} {seen.Detail}" };
        return Logged(look.NoAnswerFails && IsSilence(seen) ? Silent(seen, url, contract) : seen, log, context);
    }

    private static bool IsSilence(Observation seen) => seen.CouldNotTell is ErrorId.Unreachable or ErrorId.TimedOut or ErrorId.TlsFailed;

    /// <summary>Silence as an answer: status 0, which no criterion about a status takes for good.</summary>
    private static Observation Silent(Observation seen, Uri url, AnswerContract? contract) => seen with
    {
        CouldNotTell = null,
        Findings = contract is null ? [] : [AnswerContract.CantTell(seen.CouldNotTell!.Value, "no body came that could be held against the schema")],
        Values = new Dictionary<string, object?>
        {
            ["status"] = 0L,
            ["headers"] = new Dictionary<string, object?>(),
            ["text"] = "",
            ["url"] = url.ToString(),
            ["latency_ms"] = seen.Elapsed.TotalMilliseconds,
        },
        Notes = [.. seen.Notes, "No answer counts as a failure here (no-answer: fails)."],
    };

    private static Observation Logged(Observation seen, HttpLog? log, LookContext context)
    {
        if (log is null)
            return seen;
        if (seen.CouldNotTell is not null)
            log.Failed(seen.Detail);
        using var file = new StepLog(context.LogFolder, context.Step);
        log.WriteTo(file);
        return file.Failure is null ? seen with { Log = file.Name } : seen with
        {
            // What can't be proved isn't a pass.
            CouldNotTell = seen.CouldNotTell ?? file.Failure,
            Notes = [.. seen.Notes, $"the log could not be written: {OutsideText.OneLine(file.FailureText ?? "", context.Mask)}"],
        };
    }
}
