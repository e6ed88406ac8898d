using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>What must be so before a rollout starts: the hour, the poll; and what is worth saying: a way back that nobody rehearsed.</summary>
internal static class StartGuards
{
    /// <summary>Looks at them.</summary>
    /// <returns>What is worth knowing but doesn't stop it.</returns>
    /// <exception cref="ReleaseOpsException">OutsideWindow, NotApproved, PollNotGo.</exception>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(RolloutScope scope, bool hotfix, CancellationToken cancellation)
    {
        scope.Context.Mail.Collect();
        var findings = new List<Finding>();
        if (await WindowAsync(scope, hotfix, cancellation).ConfigureAwait(false) is { } window)
            findings.Add(window);
        if (await PollAsync(scope, cancellation).ConfigureAwait(false) is { } poll)
            findings.AddRange(poll);
        if (Unrehearsed(scope.Run.Ledger.ReadAll(), scope.Plan) is { } unrehearsed)
            findings.Add(unrehearsed);
        return findings;
    }

    /// <summary>A way back that was never rehearsed on this release with this runbook; null where it was, or there is none.</summary>
    public static Finding? Unrehearsed(IEnumerable<LedgerEvent> events, Plan plan)
    {
        if (plan.Runbook.Rollback is null)
            return new Finding("rollback", Verdict.Inconclusive, "the runbook has no way back") { Required = false };
        var rehearsed = events.Any(e => e.Type == "rollback.rehearsed"
            && e.Data.TryGetProperty("runbookDigest", out var digest) && digest.ValueEquals(plan.Runbook.Digest)
            && e.Data.TryGetProperty("verdict", out var verdict) && verdict.ValueEquals(nameof(Verdict.Passed)));
        return rehearsed ? null : new Finding("rollback:rehearsed", Verdict.Inconclusive,
            "the way back was never rehearsed on this release with this runbook: releaseops rollback --rehearse, Invoke-ReleaseRollback -Rehearse")
        { Required = false };
    }

    private static async Task<Finding?> WindowAsync(RolloutScope scope, bool hotfix, CancellationToken cancellation)
    {
        if (scope.Plan.Runbook.Windows is not { } windows)
            return null;
        var finding = WindowJudge.Judge(windows, scope.Now);
        if (finding.Verdict == Verdict.Passed)
            return finding with { Required = false };
        if (!hotfix || windows.Hotfix is not { } role)
            throw new ReleaseOpsException(
                ErrorId.OutsideWindow, $"The rollout doesn't start: {finding.Text}.",
                windows.Hotfix is { } may ? $"Wait for the window; a hotfix (--hotfix, -Hotfix) may start with the approval of {may}." : "Wait for the window.",
                scope.Plan.Runbook.Name);
        var answer = await People.ApproveAsync(
            scope.Context, "hotfix", $"{finding.Text}. Shall this hotfix start all the same?", role, scope.Rollout.HoldLimit, cancellation)
            .ConfigureAwait(false);
        if (answer is not { Given: true })
            throw new ReleaseOpsException(
                ErrorId.NotApproved,
                answer is null ? $"The hotfix doesn't start: nobody approved it as {role} within {Durations.Format(scope.Rollout.HoldLimit)}."
                    : $"The hotfix doesn't start: {answer.By} as {role} said no.",
                $"Approve it with: releaseops approve {scope.Plan.Runbook.Name} hotfix --role {role}.", role);
        return finding with { Required = false, Text = $"{finding.Text}; {answer.By} as {role} approved the hotfix" };
    }

    private static async Task<IReadOnlyList<Finding>> PollAsync(RolloutScope scope, CancellationToken cancellation)
    {
        if (scope.Rollout.Poll is not { } name)
            return [];
        var poll = scope.Plan.Runbook.Polls.First(p => p.Name == name);
        var votes = PollTally.Count(poll, scope.Context.Mail.Votes, scope.Plan.BallotDigest);
        var result = await PollLooks.WithGateAsync(scope.Context, poll, votes, cancellation).ConfigureAwait(false);
        if (result.Decision == Decision.Go)
            return [.. result.Findings.Select(f => f with { Required = false })];
        var why = string.Join("; ", result.Findings.Where(f => f.Required && f.Verdict != Verdict.Passed).Select(f => f.Text));
        throw new ReleaseOpsException(
            ErrorId.PollNotGo, $"The rollout doesn't start: the poll '{name}' is {(result.Decision == Decision.NoGo ? "NO-GO" : "not GO yet")}: {why}.",
            $"Vote with: releaseops vote {scope.Plan.Runbook.Name} {name} --role ROLE go, with the same parameters.", name);
    }
}
