using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>How a decision is looked up.</summary>
/// <param name="Run">Where the ledger is, and who asks.</param>
public sealed record DecisionOptions(RunOptions Run)
{
    /// <summary>Name of the poll; null for the only one.</summary>
    public string? Poll { get; init; }

    /// <summary>People's answers to the questions of the decision tree, by question.</summary>
    public IReadOnlyDictionary<string, bool> Answers { get; init; } = new Dictionary<string, bool>();
}

/// <summary>Go or no-go at this moment: the poll, its criteria, how bad it is, and what the decision tree advises.</summary>
public sealed record DecisionReport
{
    /// <summary>Name of the runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>The release.</summary>
    public required Release Release { get; init; }

    /// <summary>When it was looked at, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The digest that votes and approvals bind to.</summary>
    public required string BallotDigest { get; init; }

    /// <summary>Go, Hold or NoGo: the worse of the votes and of the criteria.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The poll; null where the runbook has none.</summary>
    public GateResult? Votes { get; init; }

    /// <summary>The criteria, each with its threshold and what was seen; null where there are none.</summary>
    public GateResult? Criteria { get; init; }

    /// <summary>How bad it is; null where the runbook has no severities for the machine.</summary>
    public SeverityAnswer? Severity { get; init; }

    /// <summary>What the decision tree of the rollback advises; null where there is none.</summary>
    public RollbackAnswer? Advice { get; init; }

    /// <summary>What waits for an approval, with the role that gives it and whether it is there.</summary>
    public IReadOnlyList<Finding> Approvals { get; init; } = [];

    /// <summary>Every finding, worst first.</summary>
    public IReadOnlyList<Finding> Findings =>
        [.. (Votes?.Findings ?? []).Concat(Criteria?.Findings ?? []).OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)];
}

/// <summary>Go or no-go: what was voted, what is measured, what is advised. It looks, and changes nothing.</summary>
public static class ReleaseDecision
{
    /// <summary>Looks it up. The ledger is read, not taken: a run may be going on.</summary>
    /// <param name="plan">The plan of the whole runbook, with the parameters of the release.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun: neither poll, nor severities, nor a decision tree; MissingParameter, MissingSecret, LedgerTampered.</exception>
    public static async Task<DecisionReport> DecideAsync(Plan plan, DecisionOptions options, CancellationToken cancellation)
    {
        var runbook = plan.Runbook;
        var rungs = runbook.Rollback?.Decide ?? [];
        if (runbook.Polls.Count == 0 && runbook.Severities.All(s => s.When is null) && rungs.Count == 0)
            throw new ReleaseOpsException(
                ErrorId.NothingToRun, $"The runbook '{runbook.Name}' has nothing to decide by: no poll, no severities with 'when', no decision tree.",
                "Add 'polls', 'severities' or 'rollback: decide'.", runbook.Name);
        var poll = options.Poll is null && runbook.Polls.Count == 0 ? null : ReleaseVotes.PollOf(runbook, options.Poll);
        var scope = ReleaseRun.Bound(plan, options.Run, out var mask);
        using var gates = new GateLooks(plan, scope, mask, options.Run.Clock, options.Run.Folder);
        var (cast, given) = Said(ReleaseRun.FolderOf(plan.Release, options.Run));
        var votes = poll is null ? null : PollTally.Count(poll, cast, plan.BallotDigest);
        var criteria = poll?.Gate is { } gate
            ? await gates.JudgeAsync(runbook.Gates.First(g => g.Name == gate), null, cancellation).ConfigureAwait(false) : null;
        var input = await gates.LookAsync(
            runbook.Severities.Select(s => s.When).Concat(rungs.Select(r => r.When)).OfType<Criterion>(), cancellation).ConfigureAwait(false);
        return new DecisionReport
        {
            Runbook = runbook.Name,
            Release = plan.Release,
            At = options.Run.Clock.GetUtcNow(),
            BallotDigest = plan.BallotDigest,
            Decision = (votes?.Decision ?? Decision.Go).Worse(criteria?.Decision ?? (poll is null ? Decision.Hold : Decision.Go)),
            Votes = votes,
            Criteria = criteria,
            Severity = runbook.Severities.Any(s => s.When is not null) ? SeverityLadder.Judge(runbook.Severities, input) : null,
            Advice = rungs.Count > 0 ? RollbackTree.Decide(rungs, input, options.Answers) : null,
            Approvals = [.. ReleaseVotes.Subjects(runbook).Select(s => ApprovalOf(s.Subject, s.Role, given, plan.BallotDigest))],
        };
    }

    /// <summary>What people said: in the ledger, and in letters that nobody has recorded yet.</summary>
    private static (IReadOnlyList<Vote> Votes, IReadOnlyList<Approval> Approvals) Said(string releaseFolder)
    {
        var ledger = Path.Combine(releaseFolder, FileLedger.FileName);
        var events = File.Exists(ledger) ? FileLedger.Read(ledger).Select(e => (e.Type, e.Data)).ToList() : [];
        var all = events.Concat(Inbox.Waiting(releaseFolder).Select(l => (l.Type, l.Data))).ToList();
        return ([.. all.Select(e => Mailbox.VoteOf(e.Type, e.Data)).OfType<Vote>().OrderBy(v => v.At)],
            [.. all.Select(e => Mailbox.ApprovalOf(e.Type, e.Data)).OfType<Approval>().OrderBy(a => a.At)]);
    }

    private static Finding ApprovalOf(string subject, string role, IReadOnlyList<Approval> given, string digest)
    {
        var last = given.LastOrDefault(a => a.Subject == subject && a.Role == role && a.PlanDigest == digest);
        return last switch
        {
            { Given: true } => new Finding(subject, Verdict.Passed, $"approved by {last.By} as {role}") { Required = false },
            { } => new Finding(subject, Verdict.Failed, $"refused by {last.By} as {role}") { Required = false },
            null => new Finding(subject, Verdict.Inconclusive, $"waits for the approval of {role}") { Required = false },
        };
    }
}
