using ReleaseOps.Contracts;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>Runs the checks that a change needs, and puts together what is known of it.</summary>
/// <param name="run">The run; its plan has the needed steps alone.</param>
/// <param name="whole">Every check that a hotfix may need.</param>
/// <param name="ask">What is asked.</param>
/// <param name="change">The change.</param>
/// <param name="scope">What it is about.</param>
internal sealed class HotfixRun(ReleaseRun run, Plan whole, HotfixQuestion ask, GitChange change, HotfixScope scope)
{
    private readonly RunContext _context = run.Context;
    private readonly string _digest = HotfixBallot.DigestOf(whole.Runbook, change.Base, change.Commit);

    private Hotfix Hotfix => ask.Hotfix;

    private HotfixOptions Options => ask.Options;

    public async Task<HotfixResult> RunAsync(CancellationToken cancellation)
    {
        var names = HotfixNames.Of(Hotfix, _context.Scope, change, Options, _context.Mask);
        var told = Told(names.Ticket);
        run.Journal.Note(HotfixJournal.Looked, data => HotfixJournal.Write(data, told));
        var result = HotfixReadiness.DryRun(whole, Options.Run.Actor, _context.Clock) with
        {
            Run = run.History.Run,
            StartedAt = run.History.StartedAt,
            Folder = run.Folder,
            Change = told,
            Eligibility = Masked(scope.Findings),
            Naming = Masked(names.Findings),
        };
        var steps = new HotfixSteps(run, whole, _digest);
        try
        {
            result = result with { Contract = await ContractAsync(cancellation).ConfigureAwait(false) };
            await steps.RunAsync(cancellation).ConfigureAwait(false);
            if (await StillThereAsync(cancellation).ConfigureAwait(false) is { } moved)
                result = result with { Eligibility = [.. result.Eligibility, moved] };
            var conditions = await AnsweredAsync(steps.Results, cancellation).ConfigureAwait(false);
            result = result with { RollbackFirst = conditions, Way = RollbackFirst.WayOf(conditions) };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            result = result with { Interrupted = true };
        }
        return Decided(result with { Steps = steps.Results, Approvals = Approvals() });
    }

    private HotfixResult Decided(HotfixResult result)
    {
        IReadOnlyList<Finding> findings =
        [
            .. result.Eligibility, .. result.Naming, .. ContractFindings.Of(result.Contract), .. result.Steps.SelectMany(s => s.Findings),
            .. result.Approvals?.Findings ?? [], .. result.RollbackFirst,
        ];
        var decision = result.Interrupted ? Decision.Hold : Decisions.Of(findings.Where(f => f.Required).Select(f => f.Verdict));
        result = result with
        {
            Decision = decision.Worse(result.Approvals?.Decision ?? Decision.Go),
            Findings = [.. findings.OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)],
            Elapsed = _context.Clock.GetUtcNow() - result.StartedAt,
        };
        result = result with { Status = Hotfix.Status is { } status ? _context.Mask.Apply(HotfixStatus.Text(status, _context.Scope, result, Options)) : null };
        run.Journal.Note(HotfixJournal.Judged, data => HotfixJournal.Write(data, result));
        if (result.Interrupted)
            run.Journal.Interrupted();
        else
            run.Journal.Finished(result.Decision!.Value);
        return result;
    }

    /// <summary>The checks looked at the working tree, and somebody may have checked out something else meanwhile; null where nobody has.</summary>
    private async Task<Finding?> StillThereAsync(CancellationToken cancellation)
    {
        if (!change.IsCheckedOut)
            return null;
        try
        {
            return await GitChanges.IsCheckedOutAsync(Options.Run.Folder, change.Commit, _context.Mask, cancellation).ConfigureAwait(false) ? null
                : Untold($"{HotfixScope.Short(change.Commit)} is no longer what is checked out here, so that the checks may have looked at something else: "
                    + "run it again", ErrorId.NoData);
        }
        catch (CouldNotTellException why)
        {
            return Untold($"what is checked out can't be told: {why.Message}", why.Id);
        }

        static Finding Untold(string text, ErrorId reason) => new("working-tree", Verdict.Inconclusive, text) { Reason = reason };
    }

    private async Task<ContractResult?> ContractAsync(CancellationToken cancellation)
    {
        if (Hotfix.Contract is not { } contract)
            return null;
        var file = _context.Scope.Bind(contract.File);
        return await ContractDrift.OfCommitsAsync(Options.Run.Folder, change.Base, change.Commit, file, _context.Mask, new ContractOptions
        {
            FailOn = contract.FailOn,
            Ignore = contract.Ignore is { } ignore ? _context.Scope.Bind(ignore) : null,
            Today = DateOnly.FromDateTime(_context.Clock.GetUtcNow().UtcDateTime),
        }, cancellation).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Finding>> AnsweredAsync(IReadOnlyList<StepResult> steps, CancellationToken cancellation)
    {
        var options = Options with { Answers = await HotfixAnswers.AskAsync(_context, Hotfix.RollbackFirst, Options.Answers, cancellation).ConfigureAwait(false) };
        var input = await _context.Gates.LookAsync(Hotfix.RollbackFirst.Select(c => c.When).OfType<Criterion>(), cancellation).ConfigureAwait(false);
        return Masked(new RollbackFirst(Hotfix.RollbackFirst, options, whole.Runbook.Severities).Judge(input, steps));
    }

    private GateResult? Approvals()
    {
        if (Hotfix.Approvals is not { } name)
            return null;
        _context.Mail.Collect();
        return _context.Gates.Masked(HotfixBallot.Count(whole.Runbook.Polls.First(p => p.Name == name), _context.Mail.Votes, _digest));
    }

    private IReadOnlyList<Finding> Masked(IEnumerable<Finding> findings) => [.. findings.Select(_context.Gates.Masked)];

    private HotfixChange Told(string? ticket) => new(change.Commit, change.Base)
    {
        Branch = _context.Mask.Apply(change.Branch),
        Ticket = ticket is null ? null : _context.Mask.Apply(ticket),
        Class = Options.Class,
        Severity = Options.Severity,
        Files = change.Files.Count,
        Added = change.Files.Sum(f => f.Added.Count),
        Removed = change.Files.Sum(f => f.Removed.Count),
        Domains = scope.Domains,
        Uncommitted = [.. change.Uncommitted.Select(_context.Mask.Apply)],
    };
}
