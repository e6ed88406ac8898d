using ReleaseOps.Gates;
using ReleaseOps.Probes;

namespace ReleaseOps.Steps;

/// <summary>Waits for a word from somebody: at this terminal where somebody is there, and by letter from any other.</summary>
internal static class People
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    /// <summary>Waits for an approval in a role; null where nobody answered in time.</summary>
    public static async Task<Approval?> ApproveAsync(
        RunContext run, string subject, string statement, string role, TimeSpan limit, CancellationToken cancellation)
    {
        var digest = run.Plan.BallotDigest;
        return await WaitAsync(
            run, limit, () => run.Mail.ApprovalOf(subject, role, digest),
            async token => await AskAsync(run, new Question(subject, statement, role), token).ConfigureAwait(false) is { } answer
                ? Given(run, new Approval(subject, role, answer.Confirmed, answer.By, answer.At, digest))
                : null,
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until something was said: looked for among the letters each second, and asked of whoever is here.</summary>
    /// <param name="run">The run.</param>
    /// <param name="limit">How long.</param>
    /// <param name="heard">What was said by letter; null for nothing yet.</param>
    /// <param name="ask">Asks whoever is here; null for no answer.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<T?> WaitAsync<T>(
        RunContext run, TimeSpan limit, Func<T?> heard, Func<CancellationToken, Task<T?>> ask, CancellationToken cancellation) where T : class
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var until = run.Clock.GetUtcNow() + limit;
        var asked = run.Options.Attendant is null ? null : ask(done.Token);
        try
        {
            while (true)
            {
                run.Mail.Collect();
                if (heard() is { } said)
                    return said;
                if (asked is { IsCompleted: true })
                {
                    if (await asked.ConfigureAwait(false) is { } answer)
                        return answer;
                    asked = null;
                }
                var left = until - run.Clock.GetUtcNow();
                if (left <= TimeSpan.Zero)
                    return null;
                var pulse = Task.Delay(left < Pulse ? left : Pulse, run.Clock, cancellation);
                if (asked is null)
                    await pulse.ConfigureAwait(false);
                else
                    await Task.WhenAny(pulse, asked).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // A question that another terminal has answered must not wait for a key here.
            await done.CancelAsync().ConfigureAwait(false);
            if (asked is not null)
                await asked.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    /// <summary>Asks whoever is here; an answer in another role than asked for is none.</summary>
    public static async Task<Attestation?> AskAsync(RunContext run, Question question, CancellationToken cancellation)
    {
        var masked = question with { Statement = run.Mask.Apply(question.Statement) };
        return await run.Options.Attendant!.AskAsync(masked, cancellation).ConfigureAwait(false) is { } answer
            && answer.By.Length > 0 && (question.Role is null || question.Role == answer.Role)
            ? answer with { By = OutsideText.OneLine(answer.By, run.Mask) }
            : null;
    }

    private static Approval Given(RunContext run, Approval approval)
    {
        run.Mail.Give(approval);
        return approval;
    }
}
