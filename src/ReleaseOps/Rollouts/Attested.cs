using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>What kind of word a person gave.</summary>
public enum AttestedKind
{
    /// <summary>A vote in the rollout's poll.</summary>
    Vote,
    /// <summary>An approval, or a refusal, of a step, a stage or a hotfix.</summary>
    Approval,
    /// <summary>A word to the running rollout.</summary>
    Signal,
}

/// <summary>What a person said to a rollout, as the ledger has it.</summary>
/// <param name="By">Who: a login name.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">A vote, an approval, a signal.</param>
/// <param name="What">What was said: go, no-go, postpone; approved, refused; pause, resume, promote, abort.</param>
public sealed record Attested(string By, DateTimeOffset At, AttestedKind Kind, string What)
{
    /// <summary>In which role; null where that wasn't asked.</summary>
    public string? Role { get; init; }

    /// <summary>What it was about: the poll, the step, the stage; null for a signal.</summary>
    public string? Subject { get; init; }

    /// <summary>What they added; null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>What people said that bears on a run: on its plan, or while it ran; void votes and approvals left out.</summary>
    internal static IReadOnlyList<Attested> Of(IEnumerable<LedgerEvent> events, Plan plan, string run)
    {
        var polls = plan.Runbook.Phases.Where(p => plan.Phases.Contains(p.Name)).Select(p => p.Rollout?.Poll).ToHashSet(StringComparer.Ordinal);
        return [.. events.Select(e => Read(e, run)).Where(a => a.Plan is null || a.Plan == plan.BallotDigest).Select(a => a.Said).OfType<Attested>()
            .Where(a => a.Kind != AttestedKind.Vote || polls.Contains(a.Subject)).OrderBy(a => a.At)];
    }

    private static (Attested? Said, string? Plan) Read(LedgerEvent e, string run)
    {
        if (Mailbox.VoteOf(e.Type, e.Data) is { } vote)
            return (new Attested(vote.By, vote.At, AttestedKind.Vote, Word(vote.Choice)) { Role = vote.Role, Subject = vote.Poll, Reason = vote.Comment },
                vote.PlanDigest);
        if (Mailbox.ApprovalOf(e.Type, e.Data) is { } approval)
            return (new Attested(approval.By, approval.At, AttestedKind.Approval, approval.Given ? "approved" : "refused")
            {
                Role = approval.Role,
                Subject = approval.Subject,
            }, approval.PlanDigest);
        return e.Run == run && Mailbox.SignalOf(e.Type, e.Data) is { } signal
            ? (new Attested(signal.By, signal.At, AttestedKind.Signal, signal.Kind.ToString().ToLowerInvariant()) { Reason = signal.Reason }, null)
            : (null, null);
    }

    private static string Word(VoteChoice choice) => choice switch { VoteChoice.Go => "go", VoteChoice.NoGo => "no-go", _ => "postpone" };
}
