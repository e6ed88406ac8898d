using System.Management.Automation;
using ReleaseOps.Checklists;
using ReleaseOps.Evidence;
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
/// <code>$null = Invoke-GoLiveChecklist tars-ga-day -WhatIf -Timeline -T0 2026-12-01T10:00Z</code>
/// <para>Shows the whole day on one page, with clock times.</para>
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

    /// <summary>With -WhatIf: when T-0 is, to show clock times beside the times against T-0. A moment without Z or an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? T0 { get; set; }

    /// <summary>With -T0: a time zone to show beside UTC, as in Europe/Berlin.</summary>
    [Parameter]
    public string? Zone { get; set; }

    /// <summary>With -WhatIf: shows the plan as one page to read aloud, a few lines a phase, instead of every command.</summary>
    [Parameter]
    public SwitchParameter Timeline { get; set; }

    /// <summary>Plans the runbook, then shows the plan or runs it.</summary>
    protected override void ProcessItem()
    {
        if (!IsWhatIf && (T0 is not null || Zone is not null || Timeline))
            throw new ReleaseOpsException(ErrorId.Usage, "-T0, -Zone and -Timeline are for a plan that is only shown.", "Add -WhatIf.");
        var plan = Planner.Make(LoadRunbook(), Given, new Selection(Phase, Step));
        var plain = Options(RunFolder) with { KeepGoing = KeepGoing, Parallelism = Parallelism };
        if (Abandon)
            GiveUp(plan, plain);
        else if (IsWhatIf)
            ShowPlan(Checklist.DryRun(plan, plain.Actor, plain.Clock), T0 is { } t0 ? new ReleaseClock(t0, ZoneOf(Zone)) : null, Timeline);
        else
            RunPlan(plan, plain);
    }

    private static TimeZoneInfo? ZoneOf(string? name) =>
        name is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : throw new ReleaseOpsException(
            ErrorId.BadValue, $"'{name}' is no time zone that this machine knows.", "Write for example -Zone Europe/Berlin.", name);

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
