using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Runs one step: fills it in, looks, judges, and tries again where the runbook says so.</summary>
internal sealed class StepRunner(RunContext run)
{
    // A line for a person; all of them stand among the findings.
    private const int MostInDetail = 6;

    /// <summary>Runs the step to its result. Throws only when the operator ends the run or the ledger can't be written.</summary>
    public async Task<StepResult> RunAsync(PlannedStep planned, CancellationToken cancellation)
    {
        var step = planned.Step!;
        var startedAt = run.Clock.GetUtcNow();
        var began = run.Clock.GetTimestamp();
        StepResult result;
        var tries = 0;
        while (true)
        {
            tries++;
            run.Report(new StepStarted(planned, tries));
            result = await TryAsync(planned, step.Work, step.Expect, startedAt, cancellation).ConfigureAwait(false);
            if (result.Verdict == Verdict.Passed || tries >= planned.Tries)
                break;
            await Task.Delay(step.Retry!.Delay, run.Clock, cancellation).ConfigureAwait(false);
        }
        return result with { Tries = tries, Elapsed = run.Clock.GetElapsedTime(began) };
    }

    /// <summary>Looks once, for a trigger: nothing is reported, tried again or logged to a file.</summary>
    public Task<StepResult> LookAsync(PlannedStep planned, CancellationToken cancellation) =>
        TryAsync(planned, planned.Step!.Work, planned.Step.Expect, run.Clock.GetUtcNow(), cancellation, keepsLog: false);

    /// <summary>Looks whether an action whose end was never recorded took effect.</summary>
    public Task<StepResult> VerifyAsync(PlannedStep planned, Verification verification, CancellationToken cancellation) =>
        TryAsync(planned, verification.Work, verification.Expect, run.Clock.GetUtcNow(), cancellation);

    private async Task<StepResult> TryAsync(
        PlannedStep planned, StepWork work, IReadOnlyList<Criterion> expect, DateTimeOffset startedAt, CancellationToken cancellation,
        bool keepsLog = true)
    {
        var result = new StepResult
        {
            Phase = planned.Phase,
            Id = planned.Id,
            Verdict = Verdict.Inconclusive,
            Findings = [],
            Detail = "",
            StartedAt = startedAt,
            Tries = 1,
            Required = planned.Required,
            Changes = planned.Changes,
        };
        IReadOnlyList<Observation> seen;
        try
        {
            if (await WholeLooks.TryAsync(run, planned, work, expect, result, cancellation).ConfigureAwait(false) is { } whole)
                return whole;
            var look = LookBinder.Bind(work, run.Plan.Runbook, run.Scope, run.Folder)
                ?? throw new ReleaseOpsException(ErrorId.Internal, $"Nothing makes a look of '{planned.Id}'.");
            seen = await Prober.LookAsync(look, run.ContextFor(planned, keepsLog), cancellation).ConfigureAwait(false);
        }
        catch (ReleaseOpsException error) when (error.Id is not (ErrorId.LedgerLost or ErrorId.LedgerUnwritable or ErrorId.DiskFull))
        {
            var why = run.Mask.Apply(error.Message);
            return result with
            {
                Findings = [new Finding(planned.Id, Verdict.Inconclusive, why) { Reason = error.Id, Required = planned.Required }],
                Detail = why,
            };
        }
        var expectations = Expectations.Of(work, expect);
        var findings = seen
            .SelectMany(o => Expectations.Judge(planned, expectations, o, run.SharedValues, run.RunbookFile))
            .Select(Masked)
            .ToList();
        var verdict = Verdicts.Worst(findings.Select(f => f.Verdict));
        return result with
        {
            Verdict = verdict,
            Findings = findings,
            Detail = DetailOf(seen, findings, verdict),
            Log = seen[^1].Log is { } log ? "logs/" + log : null,
            Notes = [.. seen.SelectMany(o => o.Notes)],
        };
    }

    private Finding Masked(Finding finding) => finding with
    {
        Text = run.Mask.Apply(finding.Text),
        Observed = finding.Observed is null ? null : run.Mask.Apply(finding.Observed),
    };

    /// <summary>A pass is told by what was seen, anything else by the finding that decided it.</summary>
    private static string DetailOf(IReadOnlyList<Observation> seen, List<Finding> findings, Verdict verdict)
    {
        var looked = string.Join("; ", seen.Select(o => o.Detail));
        if (verdict == Verdict.Passed)
            return looked;
        var deciding = findings.Where(f => f.Verdict == verdict).Select(f => f.Text).Distinct(StringComparer.Ordinal).ToList();
        var decided = string.Join("; ", deciding.Take(MostInDetail))
            + (deciding.Count > MostInDetail ? FormattableString.Invariant($"; and {deciding.Count - MostInDetail} more") : "");
        return looked.Length == 0 || decided.Contains(looked, StringComparison.Ordinal) ? decided : $"{decided} ({looked})";
    }
}
