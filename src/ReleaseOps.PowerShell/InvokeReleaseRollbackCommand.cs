using System.Management.Automation;
using ReleaseOps.Rollouts;

namespace ReleaseOps.PowerShell;

/// <summary>Takes a runbook's way back by itself, or rehearses it.</summary>
/// <remarks>
/// <para>Every step of the runbook's rollback is done, also after one that failed; then its verification looks whether it worked, and the time
/// that it took is held against what it may take. It takes over from a rollout that was cut short. A rollout that is still running holds the
/// release: tell it to go back with Set-CanaryRollout -Signal Abort.</para>
/// <para>-Rehearse fills in everything that it would do, secrets too, looks for each program and starts nothing; the ledger records it, and a
/// rollout whose way back was never rehearsed says so. Its output is one finding a step.</para>
/// <para>-WhatIf, or -DryRun, returns the plan and starts nothing. -Confirm asks once, before anything is begun.</para>
/// </remarks>
/// <example>
/// <code>Invoke-ReleaseRollback ./shop.yaml -Parameter @{ version = '1.4.0' } -Rehearse</code>
/// <para>Rehearses the way back before the release.</para>
/// </example>
/// <example>
/// <code>$back = Invoke-ReleaseRollback ./shop.yaml -Parameter @{ version = '1.4.0' } -Reason 'orders fail since 14:02'
/// $back.Rollback.Verdict, $back.Rollback.Elapsed</code>
/// <para>Goes back, and shows whether that worked and how long it took.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "ReleaseRollback", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RolloutResult), typeof(Finding))]
public sealed class InvokeReleaseRollbackCommand : RunCmdlet
{
    /// <summary>Why; a rollback that is begun must say it.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Fills in everything, looks for each program, starts nothing, and records that it was rehearsed.</summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <summary>Shows the plan and starts nothing, as -WhatIf does.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Goes on with the last rollback that was cut short, instead of starting a new one.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Id of the run to go on with; it implies -Resume.</summary>
    [Parameter]
    public string? Run { get; set; }

    /// <summary>Plans the way back, then shows, rehearses or takes it.</summary>
    protected override void ProcessItem()
    {
        var plan = ReleaseRollback.Plan(LoadRunbook(), Given);
        var plain = Options(RunFolder);
        var resume = Resume || Run is not null;
        if (IsWhatIf || DryRun)
            ShowPlan(CanaryRollout.DryRun(plan, plain.Actor, plain.Clock));
        else if (Rehearse)
            WriteObject(ReleaseRollback.Rehearse(plan, plain), enumerateCollection: true);
        else if (!resume && string.IsNullOrWhiteSpace(Reason))
            throw new ReleaseOpsException(ErrorId.Usage, "A rollback needs a reason.", "Give -Reason, or -Rehearse, -DryRun or -Resume.", nameof(Reason));
        else if (ShouldProcess(plan.Release.ToString(), $"go back: {string.Join(", ", plan.Rollback.Where(s => s.IsAction).Select(s => s.Id))}"))
            RunWith(plain, plan.Runbook.Title, (options, cancellation) => resume
                ? ReleaseRollback.ResumeAsync(plan, Run, options, cancellation)
                : ReleaseRollback.RunAsync(plan, Reason!, options, cancellation));
    }
}
