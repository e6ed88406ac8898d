using System.Management.Automation;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Takes a release through its canary stages, judges each of them, and goes back where it must.</summary>
/// <remarks>
/// <para>Each stage of the runbook's rollout moves its share of the traffic, is watched, checked and judged by its gate: Proceed, Hold or
/// Rollback. Triggers are looked at throughout, also while an action runs; one that fires ends the rollout and takes the runbook's way back.
/// What can't be told holds: it waits for a person (Set-CanaryRollout), and after the runbook's limit goes back or stays.</para>
/// <para>-WhatIf, or -DryRun, returns the plan and starts nothing: stages, approvals, gates, triggers and the way back. -Confirm asks once,
/// before anything is begun.</para>
/// <para>A rollout that went back is a result and not an error. In a script, look at Decision:
/// if ($result.Decision -ne 'Proceed') { exit 1 }</para>
/// <para>A rollout that was cut short, by Ctrl+C or by a crash, goes on with -Resume: stages that proceeded and actions that finished aren't
/// repeated. The traffic stays where it was meanwhile.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CanaryRollout ./shop.yaml -Parameter @{ version = '1.4.0' } -WhatIf</code>
/// <para>Shows the stages, gates, triggers and the way back.</para>
/// </example>
/// <example>
/// <code>$result = Invoke-CanaryRollout ./shop.yaml -Parameter @{ version = '1.4.0' }
/// $result.Stages | Format-Table Stage, Weight, Decision, Reason</code>
/// <para>Runs it, and lists what each stage came to.</para>
/// </example>
/// <example>
/// <code>Invoke-CanaryRollout ./shop.yaml -Parameter @{ version = '1.4.0' } -Resume</code>
/// <para>Goes on with the rollout that was cut short.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "CanaryRollout", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RolloutResult))]
public sealed class InvokeCanaryRolloutCommand : RunCmdlet
{
    /// <summary>The rollout's phase, where the runbook has several.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PhaseCompleter))]
    public string? Phase { get; set; }

    /// <summary>Shows the plan and starts nothing, as -WhatIf does.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Goes on with the last rollout that was cut short, instead of starting a new one.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Gives up the last run that was cut short, so that a new one may start, and runs nothing. No output.</summary>
    [Parameter]
    public SwitchParameter Abandon { get; set; }

    /// <summary>Id of the run to go on with, or to give up with -Abandon; without -Abandon it implies -Resume.</summary>
    [Parameter]
    public string? Run { get; set; }

    /// <summary>For a hotfix: outside the deployment windows it may start with the approval of the role that the runbook names.</summary>
    [Parameter]
    public SwitchParameter Hotfix { get; set; }

    /// <summary>Plans the rollout, then shows the plan or runs it.</summary>
    protected override void ProcessItem()
    {
        var plan = CanaryRollout.Plan(LoadRunbook(), Given, Phase);
        var plain = Options(RunFolder);
        if (Abandon)
        {
            if (ShouldProcess($"{Run ?? "the last unfinished run"} of {plan.Release}", "give up, without looking at what it left behind"))
                WriteVerbose($"Gave up the run {CanaryRollout.Abandon(plan.Release, Run, plain)}.");
        }
        else if (IsWhatIf || DryRun)
            ShowPlan(CanaryRollout.DryRun(plan, plain.Actor, plain.Clock));
        else if (ShouldProcess($"{plan.Release}: {Stages(plan)}", "move the traffic"))
            RunWith(plain, plan.Runbook.Title, (options, cancellation) => Resume || Run is not null
                ? CanaryRollout.ResumeAsync(plan, Run, new RolloutOptions(options) { Hotfix = Hotfix }, cancellation)
                : CanaryRollout.RunAsync(plan, new RolloutOptions(options) { Hotfix = Hotfix }, cancellation));
    }

    private static string Stages(Plan plan) =>
        string.Join(", ", plan.Steps.Where(s => s.Kind == "stage").Select(s => $"{s.Stage} ({s.Does})"));
}
