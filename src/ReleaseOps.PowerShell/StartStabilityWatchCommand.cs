using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.PowerShell;

/// <summary>Watches a release once it is out, to the end of its window, and decides: Go, Hold or NoGo.</summary>
/// <remarks>
/// <para>It looks at the runbook's metrics each interval: day-one thresholds, triggers, the severity ladder, error budgets. What lasts opens
/// an incident with its clocks to acknowledge and to mitigate; reviews are called when they are due. At the end it judges the gates, runs the
/// checks, and decides. What can't be told is never Go.</para>
/// <para>The output is one WatchResult. The release isn't locked meanwhile: a rollback can run beside it. Get-StabilityWatch shows from any
/// session where it stands, Set-StabilityWatch tells it something, Stop-StabilityWatch ends it.</para>
/// <para>-Once makes the looks that are due and returns, for a scheduled task: it begins the watch where there is none, and what was missed
/// since the last time is looked at in the metrics' history. While the watch goes on, Ended is false, and Decision is what it would come to.</para>
/// <para>A watch that was cut short, by Ctrl+C or by a crash, goes on with -Resume and loses nothing.</para>
/// <para>-Follow writes the watch as it stands each time something happens to an incident: pipe it into New-IncidentUpdate.</para>
/// <para>-ReplayFrom and -ReplayTo run it over history: what it would have called and decided, and when, and how the day-one thresholds
/// compare with the normal ones. Nobody is asked, no check is run, nothing is recorded.</para>
/// </remarks>
/// <example>
/// <code>Start-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' } -Commander alice</code>
/// <para>Watches the release from now on, to the end of the window.</para>
/// </example>
/// <example>
/// <code>$watch = Start-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' } -Commander alice -T0 2026-12-01T10:00Z -Once
/// if ($watch.Decision -eq 'NoGo') { exit 1 }</code>
/// <para>One round of a scheduled job; the first begins the watch, with the time since T-0 looked at in history.</para>
/// </example>
/// <example>
/// <code>$replay = Start-StabilityWatch ./shop.yaml -Parameter @{ version = '1.4.0' } -ReplayFrom (Get-Date).AddDays(-1)
/// $replay.Calls
/// $replay.Thresholds | Format-Table Name, Breaches, FirstBreach, NormalBreaches, NormalFirstBreach</code>
/// <para>What it would have said about the last 24 hours, and how much earlier the day-one thresholds speak than the normal ones.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "StabilityWatch", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(WatchResult))]
public sealed class StartStabilityWatchCommand : RunCmdlet
{
    /// <summary>The incident commander's name, where the runbook asks for one.</summary>
    [Parameter]
    public string? Commander { get; set; }

    /// <summary>When the release was out; what lies before now is looked at in history. Now unless told otherwise. A moment without Z or an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? T0 { get; set; }

    /// <summary>
    /// Writes the watch as it stands (Ended is false) each time an incident was opened, got worse, came back, was verified or is overdue, for
    /// New-IncidentUpdate to take from the pipeline; the last one is what it came to.
    /// </summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Makes the looks that are due and returns; begins the watch where there is none, and gives what it came to where it has ended.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>Goes on with the watch that was cut short, instead of beginning a new one.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Gives up the watch that was cut short, so that a new one may begin. No output.</summary>
    [Parameter]
    public SwitchParameter Abandon { get; set; }

    /// <summary>Id of the run to go on with, or to give up with -Abandon; without -Abandon it implies -Resume.</summary>
    [Parameter]
    public string? Run { get; set; }

    /// <summary>Shows what it would look at and begins nothing, as -WhatIf does.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Runs the watch over history, from here on; it stands for T-0. A moment without Z or an offset is local time.</summary>
    [Parameter]
    public DateTimeOffset? ReplayFrom { get; set; }

    /// <summary>The end of the history that -ReplayFrom begins; now unless told otherwise.</summary>
    [Parameter]
    public DateTimeOffset? ReplayTo { get; set; }

    /// <summary>Plans the watch, then shows the plan, runs it, or replays it.</summary>
    protected override void ProcessItem()
    {
        Check();
        var plan = StabilityWatch.Plan(LoadRunbook(), Given);
        var plain = Options(RunFolder);
        var options = new WatchOptions(plain) { Commander = Commander, T0 = T0?.ToUniversalTime() };
        if (Abandon)
        {
            if (ShouldProcess($"{Run ?? "the last unfinished watch"} of {plan.Release}", "give up"))
                WriteVerbose($"Gave up the watch {StabilityWatch.Abandon(plan.Release, Run, plain)}.");
        }
        else if (IsWhatIf || DryRun)
            ShowPlan(StabilityWatch.DryRun(plan, options));
        else if (ReplayFrom is { } from)
            WriteObject(Await((_, cancellation) => StabilityWatch.ReplayAsync(
                plan, from.ToUniversalTime(), (ReplayTo ?? plain.Clock.GetUtcNow()).ToUniversalTime(), options, cancellation)));
        else if (ShouldProcess(plan.Release.ToString(), $"watch for {Durations.Format(plan.Runbook.Watch!.Window)}"))
            RunWith(plain, plan.Runbook.Title, (run, cancellation) => Begin(
                plan, options with { Run = run with { Listener = new WatchReporter(run.Listener, run.Clock) } }, cancellation),
                Follow ? (queue, display) => new WatchFollower(this, queue, display) : null);
    }

    private Task<WatchResult> Begin(Plan plan, WatchOptions options, CancellationToken cancellation) =>
        Once ? StabilityWatch.OnceAsync(plan, options, cancellation)
        : Resume || Run is not null ? StabilityWatch.ResumeAsync(plan, Run, options, cancellation)
        : StabilityWatch.RunAsync(plan, options, cancellation);

    private void Check()
    {
        var resumes = Resume || (Run is not null && !Abandon);
        string[] ways = [.. new[] { Once ? "-Once" : null, resumes ? "-Resume" : null, Abandon ? "-Abandon" : null, ReplayFrom is null ? null : "-ReplayFrom" }.OfType<string>()];
        if (ways.Length > 1)
            throw new ReleaseOpsException(ErrorId.Usage, $"{ways[0]} and {ways[1]} don't go together.", "Give one of them.", ways[1]);
        if (ReplayTo is not null && ReplayFrom is null)
            throw new ReleaseOpsException(ErrorId.Usage, "-ReplayTo ends a replay that nothing begins.", "Add -ReplayFrom.", nameof(ReplayTo));
        if ((T0 is not null || Commander is not null) && ways is ["-Resume" or "-Abandon" or "-ReplayFrom"])
            throw new ReleaseOpsException(
                ErrorId.Usage, $"-T0 and -Commander are for the beginning of a watch, and don't go with {ways[0]}.",
                "Leave them out; Set-StabilityWatch -Commander hands a watch over.", nameof(Commander));
    }
}
