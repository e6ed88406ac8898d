using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Waits for the votes of a poll, and comes to its decision.</summary>
internal static class PollLooks
{
    /// <summary>
    /// Waits until each role has voted, one has said no, or the step's time is over; then counts, and judges the poll's gate as well.
    /// Whoever is here is asked for each role that hasn't voted; the others vote by <c>releaseops vote</c>.
    /// </summary>
    public static async Task<GateResult> DecideAsync(RunContext run, PlannedStep step, Poll poll, CancellationToken cancellation)
    {
        GateResult Count() => PollTally.Count(poll, run.Mail.Votes, run.Plan.BallotDigest);
        GateResult? Settled() =>
            Count() is var now && (now.Decision != Decision.Hold || Answered(poll, run) == poll.Asks.Count) ? now : null;

        var votes = await People.WaitAsync(run, step.Timeout, Settled, async token =>
        {
            await AskEachAsync(run, poll, token).ConfigureAwait(false);
            return Settled();
        }, cancellation).ConfigureAwait(false) ?? Count();
        return await WithGateAsync(run, poll, votes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Adds the criteria of the poll's gate: the worse of both decides.</summary>
    public static async Task<GateResult> WithGateAsync(RunContext run, Poll poll, GateResult votes, CancellationToken cancellation)
    {
        if (poll.Gate is not { } name)
            return votes;
        var gate = await run.Gates.JudgeAsync(run.Plan.Runbook.Gates.First(g => g.Name == name), null, cancellation).ConfigureAwait(false);
        return votes with
        {
            Decision = votes.Decision.Worse(gate.Decision),
            Findings = [.. votes.Findings, .. gate.Findings],
            Score = gate.Score,
        };
    }

    private static int Answered(Poll poll, RunContext run) =>
        poll.Asks.Count(a => run.Mail.Votes.Any(v => v.Poll == poll.Name && v.Role == a.Role && v.PlanDigest == run.Plan.BallotDigest));

    private static async Task AskEachAsync(RunContext run, Poll poll, CancellationToken cancellation)
    {
        foreach (var ask in poll.Asks)
        {
            if (run.Mail.Votes.Any(v => v.Poll == poll.Name && v.Role == ask.Role && v.PlanDigest == run.Plan.BallotDigest))
                continue;
            if (await People.AskAsync(run, new Question(poll.Name, $"{ask.Question} (yes is GO, no is NO-GO)", ask.Role), cancellation).ConfigureAwait(false)
                is { } answer)
                run.Mail.Cast(new Vote(
                    poll.Name, ask.Role, answer.Confirmed ? VoteChoice.Go : VoteChoice.NoGo, answer.By, answer.At, run.Plan.BallotDigest));
        }
    }
}
