using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>Whether a hotfix may go out: plan it, look at the plan, judge the change and run its checks, and approve it.</summary>
public static class HotfixReadiness
{
    /// <summary>Every check that a hotfix may need; which of them a change does need is told from the change.</summary>
    /// <param name="runbook">The runbook; it has a section <c>hotfix</c>.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun, UnknownParameter, ParameterType, ParameterPattern, BindingFailed.</exception>
    public static Plan Plan(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        if (runbook.Hotfix is null)
            throw new ReleaseOpsException(
                ErrorId.NothingToRun, $"The runbook '{runbook.Name}' doesn't say what a hotfix may be.", "Add a section 'hotfix', or take 'aris3-hotfix'.", runbook.Name);
        return Planner.Make(runbook, given, new Selection([.. runbook.Phases.Select(p => p.Name)], []));
    }

    /// <summary>What would be checked; starts nothing, opens nothing, writes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="clock">The clock.</param>
    public static HotfixResult DryRun(Plan plan, string actor, TimeProvider clock) => new()
    {
        Runbook = plan.Runbook.Name,
        Title = plan.Runbook.Title,
        Release = plan.Release,
        StartedAt = clock.GetUtcNow(),
        Actor = actor,
        Plan = plan,
    };

    /// <summary>Judges a change, runs the checks that it needs, and decides.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="cancellation">Ends it: children are ended, the ledger is closed.</param>
    /// <exception cref="ReleaseOpsException">
    /// Usage: no such class, severity or condition. GitFailed, ProgramNotFound: what changed can't be told. MissingParameter, MissingSecret,
    /// SecretTooShort before anything is done; LedgerHeld, LedgerTampered, LedgerLost, LedgerUnwritable, DiskFull, EvidenceUnwritable.
    /// </exception>
    public static async Task<HotfixResult> RunAsync(Plan plan, HotfixOptions options, CancellationToken cancellation)
    {
        var ask = HotfixQuestion.Of(plan, options);
        var bound = ReleaseRun.Bound(plan, options.Run, out var mask);
        var change = await ChangeAsync(plan, options, bound, mask, cancellation).ConfigureAwait(false);
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var path in HotfixRules.NeededTexts(ask.Hotfix.Rules, change))
            texts[path] = await TextAsync(options, change.Commit, path, cancellation).ConfigureAwait(false);
        var scope = HotfixScope.Of(ask.Hotfix, change, ask.Class, texts, mask);
        using var run = ReleaseRun.Begin(plan with { Steps = [.. ask.Steps(scope)] }, RunJob.Hotfix, options.Run);
        return await new HotfixRun(run, plan, ask, change, scope).RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Approves a hotfix in a role, or confirms what one of its checks asks; bound to the runbook and to the commits.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="subject">Id of the step that is confirmed; null to approve the hotfix.</param>
    /// <param name="role">The role.</param>
    /// <param name="given">True for yes.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="cancellation">Ends the look at the change.</param>
    /// <exception cref="ReleaseOpsException">
    /// NothingToRun, UnknownStep, RoleMayNot, MissingParameter (of the base alone), GitFailed, ProgramNotFound, LedgerTampered,
    /// LedgerUnwritable, DiskFull.
    /// </exception>
    public static async Task<HotfixApproval> ApproveAsync(
        Plan plan, string? subject, string role, bool given, HotfixOptions options, CancellationToken cancellation)
    {
        // Whoever approves starts nothing: what only the checks need isn't asked of them.
        var there = plan.Secrets.Where(name => options.Run.Secrets(name) is { } value && !SecretMask.TooShort(value));
        var secrets = EnvironmentSecrets.Resolve(there, options.Run.Secrets);
        var scope = BindingScope.ForRun(plan.Bound!, plan.Release, secrets);
        var change = await ChangeAsync(plan, options, scope, new SecretMask([.. secrets.Values]), cancellation).ConfigureAwait(false);
        var digest = HotfixBallot.DigestOf(plan.Runbook, change.Base, change.Commit);
        var (actor, at) = (options.Run.Actor, options.Run.Clock.GetUtcNow());
        if (subject is null)
        {
            var poll = PollOf(plan.Runbook);
            Refuse(role, [.. poll.Asks.Select(a => a.Role)], "The approval of a hotfix");
            var vote = new Vote(poll.Name, role, given ? VoteChoice.Go : VoteChoice.NoGo, actor, at, digest);
            return Given(Letters.Deliver(plan.Release, options.Run, Mailbox.VoteCast, data => Mailbox.Write(data, vote)));
        }
        var asks = plan.Steps.Where(s => s.Kind == "confirm").ToList();
        if (asks.Find(s => s.Id == subject) is not { } step)
            throw new ReleaseOpsException(
                ErrorId.UnknownStep, $"No check of '{plan.Runbook.Name}' asks a person '{subject}'.",
                asks.Count == 0 ? "It asks nothing." : "What does: " + string.Join(", ", asks.Select(s => s.Id)) + ".", subject);
        if (step.Role is { } asked)
            Refuse(role, [asked], $"'{subject}'");
        var approval = new Approval(subject, role, given, actor, at, digest);
        return Given(Letters.Deliver(plan.Release, options.Run, Mailbox.ApprovalGiven, data => Mailbox.Write(data, approval)));

        HotfixApproval Given(Delivery delivery) => new(change.Commit, subject, role, given, actor, at) { Delivery = delivery };
    }

    private static Poll PollOf(Runbook runbook) => runbook.Polls.FirstOrDefault(p => p.Name == runbook.Hotfix?.Approvals)
        ?? throw new ReleaseOpsException(
            ErrorId.NothingToRun, $"The runbook '{runbook.Name}' asks for no approval of a hotfix.", "Name a poll by 'approvals' in its section 'hotfix'.", runbook.Name);

    private static void Refuse(string role, IReadOnlyList<string> asked, string what)
    {
        if (!asked.Contains(role))
            throw new ReleaseOpsException(ErrorId.RoleMayNot, $"{what} isn't asked of the role '{role}'.", "It is asked of: " + string.Join(", ", asked) + ".", role);
    }

    private static async Task<GitChange> ChangeAsync(
        Plan plan, HotfixOptions options, BindingScope scope, SecretMask mask, CancellationToken cancellation)
    {
        try
        {
            var change = await GitChanges.ReadAsync(
                options.Run.Folder, options.Base ?? scope.Bind(plan.Runbook.Hotfix!.Base), options.Revision, mask, cancellation).ConfigureAwait(false);
            return change.Branch.Length > 0 || !change.IsCheckedOut ? change
                : change with { Branch = CiBranch.Of(options.Environment)?.Name ?? "" };
        }
        catch (CouldNotTellException why)
        {
            throw new ReleaseOpsException(why.Id, $"What the hotfix changes can't be told: {why.Message}",
                "Run it in the hotfix's working tree, and name what is live by --base (-Base) if the runbook's isn't there.", cause: why);
        }
    }

    private static async Task<string?> TextAsync(HotfixOptions options, string commit, string path, CancellationToken cancellation)
    {
        try
        {
            return await GitChanges.TextAsync(options.Run.Folder, commit, path, SecretMask.None, cancellation).ConfigureAwait(false);
        }
        catch (CouldNotTellException)
        {
            // A rule that asks for it says that it can't be told.
            return null;
        }
    }
}
