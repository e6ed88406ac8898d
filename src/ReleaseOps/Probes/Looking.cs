namespace ReleaseOps.Probes;

/// <summary>What a look saw, before the time that it took is added.</summary>
/// <param name="Values">What criteria can speak of.</param>
/// <param name="Detail">One line for a person.</param>
internal sealed record Seen(IReadOnlyDictionary<string, object?> Values, string Detail)
{
    /// <summary>Why nothing could be told although something was seen; null otherwise.</summary>
    internal ErrorId? CouldNotTell { get; init; }

    /// <summary>What the probe judged of itself; subjects are empty.</summary>
    internal IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Further facts worth recording.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Ends a look that can't tell. It never leaves the probe: <see cref="Looking"/> makes an observation of it.</summary>
/// <param name="id">Why.</param>
/// <param name="detail">The sentence for the observation; masked and bounded already.</param>
internal sealed class CouldNotTellException(ErrorId id, string detail) : Exception(detail)
{
    internal ErrorId Id { get; } = id;
}

/// <summary>
/// The frame that all looks share: one deadline over the whole look, the time it took, and one observation whatever happens.
/// </summary>
internal static class Looking
{
    /// <summary>Makes a look. Only the caller's cancellation and faults of ReleaseOps itself leave it as exceptions.</summary>
    /// <param name="context">The look's time-out and clock.</param>
    /// <param name="look">The look itself; its token ends at the deadline or when the caller cancels.</param>
    /// <param name="late">What to say when the deadline ended it.</param>
    /// <param name="cancellation">The caller's cancellation.</param>
    internal static async Task<Observation> MakeAsync(
        LookContext context, Func<CancellationToken, Task<Seen>> look, Func<string> late, CancellationToken cancellation)
    {
        var at = context.Clock.GetUtcNow();
        var start = context.Clock.GetTimestamp();
        cancellation.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(context.Timeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        Seen seen;
        try
        {
            // Not everything obeys a token (a name lookup, a stalled network disk); the look ends all the same.
            seen = await look(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (CouldNotTellException e) when (!either.IsCancellationRequested)
        {
            seen = Nothing(e.Id, e.Message);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is OperationCanceledException or CouldNotTellException)
        {
            seen = Nothing(ErrorId.TimedOut, late());
        }
        return new Observation
        {
            At = at,
            Elapsed = context.Clock.GetElapsedTime(start),
            Values = seen.Values,
            // Whatever a sentence was put together from (a host, a file's name), this is its last way out.
            Detail = context.Mask.Apply(seen.Detail),
            CouldNotTell = seen.CouldNotTell,
            Findings = seen.Findings,
            Notes = [.. seen.Notes.Select(context.Mask.Apply)],
        };
    }

    private static Seen Nothing(ErrorId id, string detail) => new(new Dictionary<string, object?>(), detail) { CouldNotTell = id };
}
