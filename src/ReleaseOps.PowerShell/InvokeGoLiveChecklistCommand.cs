using System.Management.Automation;
using ReleaseOps.Checklists;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Runs a release runbook as a checklist, and decides GO, HOLD or NO-GO.</summary>
/// <remarks>
/// <para>Every step of the runbook runs in order and is judged by its criteria. What is seen and bad is Failed, what can't be told is
/// Inconclusive, and neither is ever a pass: the decision is Go only where everything required has passed. A required step that
/// doesn't pass ends the run, unless -KeepGoing is given; then the remaining checks still look, and nothing more is changed.</para>
/// <para>-WhatIf returns the plan and starts nothing: every step in order, with the very command that a run would start. It needs no
/// parameters of the runbook; what is missing shows as &lt;name&gt;.</para>
/// <para>-Confirm asks before each step that changes something. A step refused is skipped, and then the decision isn't Go.</para>
/// <para>A failed checklist is a result and not an error. In a script, look at Decision:
/// if ($result.Decision -ne 'Go') { exit 1 }</para>
/// <para>A run that was cut short, by Ctrl+C or by a crash, goes on with -Resume: what finished isn't repeated. Give the same
/// parameters and phases. A run that had begun to change something must be resumed, or given up with -Abandon, before a new one
/// may start.</para>
/// </remarks>
/// <example>
/// <code>Invoke-GoLiveChecklist aris3-go-live -WhatIf</code>
/// <para>Shows what the built-in runbook would do.</para>
/// </example>
/// <example>
/// <code>$result = Invoke-GoLiveChecklist aris3-go-live -Phase verify -Parameter @{ host = 'shop.example.org' } -KeepGoing
/// $result.Findings | Where-Object Verdict -eq Failed | Export-Csv blockers.csv</code>
/// <para>Runs one phase and writes what failed to a file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem runbooks/*.yaml | Invoke-GoLiveChecklist -KeepGoing | Where-Object Decision -ne Go</code>
/// <para>Runs several runbooks and shows those that aren't ready.</para>
/// </example>
/// <example>
/// <code>Invoke-GoLiveChecklist aris3-go-live -Parameter $values -Resume</code>
/// <para>Goes on with the last run that was cut short.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "GoLiveChecklist", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ChecklistResult))]
public sealed class InvokeGoLiveChecklistCommand : RunCmdlet
{
    /// <summary>Phases to run; all of them when none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PhaseCompleter))]
    public string[] Phase { get; set; } = [];

    /// <summary>Ids of the steps to run; all of them when none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepCompleter))]
    public string[] Step { get; set; } = [];

    /// <summary>Looks at everything after a required step didn't pass. Steps that change something are still left out from then on.</summary>
    [Parameter]
    public SwitchParameter KeepGoing { get; set; }

    /// <summary>How many steps may run side by side where the runbook allows it; 1 to 64, and 4 unless told otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Parallelism { get; set; } = 4;

    /// <summary>Goes on with the last run that was cut short, instead of starting a new one.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Gives up the last run that was cut short, so that a new one may start, and runs nothing. No output.</summary>
    [Parameter]
    public SwitchParameter Abandon { get; set; }

    /// <summary>Id of the run to go on with, or to give up with -Abandon; without -Abandon it implies -Resume.</summary>
    [Parameter]
    public string? Run { get; set; }

    /// <summary>Plans the runbook, then shows the plan or runs it.</summary>
    protected override void ProcessItem()
    {
        var plan = Planner.Make(LoadRunbook(), Given, new Selection(Phase, Step));
        var plain = Options(RunFolder) with { KeepGoing = KeepGoing, Parallelism = Parallelism };
        if (Abandon)
            GiveUp(plan, plain);
        else if (IsWhatIf)
            ShowPlan(Checklist.DryRun(plan, Environment.UserName, TimeProvider.System));
        else
            RunPlan(plan, plain);
    }

    private void GiveUp(Plan plan, RunOptions options)
    {
        if (ShouldProcess($"{Run ?? "the last unfinished run"} of {plan.Release}", "give up, without looking at what it left behind"))
            WriteVerbose($"Gave up the run {Checklist.Abandon(plan.Release, Run, options)}.");
    }

    private void RunPlan(Plan plan, RunOptions plain)
    {
        var declined = plan.Steps.Where(s => s.IsAction && !ShouldProcess($"{s.Id}: {s.Does}", $"change {s.Changes}")).Select(s => s.Id).ToHashSet();
        var resume = Resume || Run is not null;
        RunWith(plain with { Declined = declined }, plan.Runbook.Title, (options, cancellation) => resume
            ? Checklist.ResumeAsync(plan, Run, options, cancellation)
            : Checklist.RunAsync(plan, options, cancellation));
    }
}
