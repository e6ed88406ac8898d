using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>Votes and approvals, from any terminal: straight into the ledger, or by letter to the run that holds it.</summary>
public static class ReleaseVotes
{
    /// <summary>Casts a vote, bound to the plan.</summary>
    /// <param name="plan">The plan: the runbook with the parameters of the release.</param>
    /// <param name="poll">Name of the poll; null for the only one.</param>
    /// <param name="role">The role that votes.</param>
    /// <param name="choice">What it says.</param>
    /// <param name="comment">What the voter adds; null for nothing.</param>
    /// <param name="options">Where the ledger is, and who votes.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun, RoleMayNot, LedgerTampered, LedgerUnwritable, DiskFull.</exception>
    public static (Vote Vote, Delivery Delivery) Cast(Plan plan, string? poll, string role, VoteChoice choice, string? comment, RunOptions options)
    {
        var asked = PollOf(plan.Runbook, poll);
        if (asked.Asks.All(a => a.Role != role))
            throw new ReleaseOpsException(
                ErrorId.RoleMayNot, $"The poll '{asked.Name}' doesn't ask the role '{role}'.",
                "It asks: " + string.Join(", ", asked.Asks.Select(a => a.Role)) + ".", role);
        var vote = new Vote(asked.Name, role, choice, options.Actor, options.Clock.GetUtcNow(), plan.BallotDigest) { Comment = comment };
        return (vote, Letters.Deliver(plan.Release, options, Mailbox.VoteCast, data => Mailbox.Write(data, vote)));
    }

    /// <summary>Approves a step, a stage or a hotfix, or refuses it; bound to the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="subject">Id of the step, <c>phase:stage</c>, or <c>hotfix</c>.</param>
    /// <param name="role">The role that approves it.</param>
    /// <param name="given">True for yes.</param>
    /// <param name="options">Where the ledger is, and who approves.</param>
    /// <exception cref="ReleaseOpsException">UnknownStep, RoleMayNot, LedgerTampered, LedgerUnwritable, DiskFull.</exception>
    public static (Approval Approval, Delivery Delivery) Approve(Plan plan, string subject, string role, bool given, RunOptions options)
    {
        var subjects = Subjects(plan.Runbook).ToDictionary(s => s.Subject, s => s.Role, StringComparer.Ordinal);
        if (!subjects.TryGetValue(subject, out var asked))
            throw new ReleaseOpsException(
                ErrorId.UnknownStep, $"Nothing in '{plan.Runbook.Name}' waits for an approval of '{subject}'.",
                subjects.Count == 0 ? "It asks for no approval at all." : "What does: " + string.Join(", ", subjects.Select(s => $"{s.Key} ({s.Value})")) + ".",
                subject);
        if (asked != role)
            throw new ReleaseOpsException(ErrorId.RoleMayNot, $"'{subject}' is approved by {asked}, not by {role}.", $"Give --role {asked}.", role);
        var approval = new Approval(subject, role, given, options.Actor, options.Clock.GetUtcNow(), plan.BallotDigest);
        return (approval, Letters.Deliver(plan.Release, options, Mailbox.ApprovalGiven, data => Mailbox.Write(data, approval)));
    }

    /// <summary>Everything of a runbook that waits for an approval, with the role that gives it.</summary>
    /// <param name="runbook">The runbook.</param>
    public static IEnumerable<(string Subject, string Role)> Subjects(Runbook runbook)
    {
        foreach (var phase in runbook.Phases)
            foreach (var stage in phase.Rollout?.Stages ?? [])
                if (stage.Approval is { } role)
                    yield return ($"{phase.Name}:{stage.Name}", role);
        foreach (var step in runbook.AllSteps())
            if (step.Approval is { } role)
                yield return (step.Id, role);
        if (runbook.Windows?.Hotfix is { } hotfix)
            yield return ("hotfix", hotfix);
    }

    /// <summary>The poll of that name, or the only one.</summary>
    internal static Poll PollOf(Runbook runbook, string? name) =>
        (name is null && runbook.Polls.Count == 1 ? runbook.Polls[0] : runbook.Polls.FirstOrDefault(p => p.Name == name))
        ?? throw new ReleaseOpsException(
            ErrorId.NothingToRun,
            name is not null ? $"The runbook '{runbook.Name}' has no poll '{name}'."
                : runbook.Polls.Count == 0 ? $"The runbook '{runbook.Name}' has no poll." : $"The runbook '{runbook.Name}' has several polls.",
            runbook.Polls.Count == 0 ? "Add one under 'polls'." : "Name one: " + string.Join(", ", runbook.Polls.Select(p => p.Name)) + ".", name);
}
