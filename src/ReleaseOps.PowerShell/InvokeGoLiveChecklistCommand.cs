using System.Collections;
using System.Management.Automation;
using ReleaseOps.Checklists;
using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;
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
public sealed class InvokeGoLiveChecklistCommand : EngineCmdlet
{
    private const string ByName = "Name";
    private const string ByPath = "Path";
    private const string ByRunbook = "Runbook";

    /// <summary>
    /// Name of the runbook: one in the current location's runbooks folder, in a folder that RELEASEOPS_RUNBOOKS lists, or a built-in one. A
    /// path will do, too.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Path of the runbook's file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string Path { get; set; } = "";

    /// <summary>A runbook that was read with Get-ReleaseRunbook.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRunbook, ValueFromPipeline = true)]
    public Runbook Runbook { get; set; } = null!;

    /// <summary>Phases to run; all of them when none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PhaseCompleter))]
    public string[] Phase { get; set; } = [];

    /// <summary>Ids of the steps to run; all of them when none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepCompleter))]
    public string[] Step { get; set; } = [];

    /// <summary>Values of the runbook's parameters, by name. Secrets don't belong here: a run takes them from its environment.</summary>
    [Parameter]
    [Alias("Parameters")]
    public Hashtable? Parameter { get; set; }

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

    /// <summary>The folder for ledgers and evidence; unless told otherwise what the environment variable RELEASEOPS_EVIDENCE says, else ./evidence.</summary>
    [Parameter]
    public string? EvidencePath { get; set; }

    /// <summary>The folder that commands run in and relative paths start from; the current location unless told otherwise.</summary>
    [Parameter]
    public string? Folder { get; set; }

    /// <summary>Plans the runbook, then shows the plan or runs it.</summary>
    protected override void ProcessItem()
    {
        if (!IsWhatIf && (T0 is not null || Zone is not null || Timeline))
            throw new ReleaseOpsException(ErrorId.Usage, "-T0, -Zone and -Timeline are for a plan that is only shown.", "Add -WhatIf.");
        var folder = Folder is null ? this.CurrentFolder() : this.FullPath(Folder);
        var runbook = ParameterSetName switch
        {
            ByName => RunbookReader.Load(this.File(Name)),
            ByPath => RunbookReader.Load(this.FullPath(Path)),
            _ => Runbook,
        };
        var plan = Planner.Make(runbook, ParameterValues.ToText(Parameter), new Selection(Phase, Step));
        if (Abandon)
            GiveUp(plan, folder);
        else if (IsWhatIf)
            ShowPlan(Checklist.DryRun(plan, Environment.UserName, TimeProvider.System));
        else
            ShowResult(RunPlan(plan, folder));
    }

    /// <summary>
    /// The plan goes to the host as Write-Host's text does: in full, where a format view would break a long command at the window's
    /// edge, and also where the result is put into a variable.
    /// </summary>
    private void ShowPlan(ChecklistResult planned)
    {
        var clock = T0 is { } t0 ? new ReleaseClock(t0, ZoneOf(Zone)) : null;
        ToHost(text =>
        {
            if (Timeline)
                TimelineText.Write(text, planned.Plan, clock);
            else
                PlanText.Write(text, planned, clock);
        });
        WriteObject(planned);
    }

    private static TimeZoneInfo? ZoneOf(string? name) =>
        name is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : throw new ReleaseOpsException(
            ErrorId.BadValue, $"'{name}' is no time zone that this machine knows.", "Write for example -Zone Europe/Berlin.", name);

    private void ShowResult(ChecklistResult result)
    {
        ToHost(text => CiReport.Write(result, Environment.GetEnvironmentVariable, text));
        WriteObject(result);
    }

    private void ToHost(Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        foreach (var line in text.ToString().Split('\n', StringSplitOptions.None).SkipLast(1))
            WriteInformation(new HostInformationMessage { Message = line.TrimEnd('\r') }, ["PSHOST"]);
    }

    private static string DefaultEvidencePath =>
        Environment.GetEnvironmentVariable("RELEASEOPS_EVIDENCE") is { Length: > 0 } given ? given : "evidence";

    private bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : GetVariableValue("WhatIfPreference"));

    private void GiveUp(Plan plan, string folder)
    {
        if (ShouldProcess($"{Run ?? "the last unfinished run"} of {plan.Release}", "give up, without looking at what it left behind"))
            WriteVerbose($"Gave up the run {Checklist.Abandon(plan.Release, Run, Options(folder))}.");
    }

    private RunOptions Options(string folder) => new()
    {
        Folder = folder,
        EvidenceRoot = this.FullPath(EvidencePath ?? DefaultEvidencePath),
        Actor = Environment.UserName,
        KeepGoing = KeepGoing,
        Parallelism = Parallelism,
    };

    private ChecklistResult RunPlan(Plan plan, string folder)
    {
        var declined = plan.Steps.Where(s => s.IsAction && !ShouldProcess($"{s.Id}: {s.Does}", $"change {s.Changes}")).Select(s => s.Id).ToHashSet();
        var plain = Options(folder);
        var resume = Resume || Run is not null;
        return Await(async (queue, cancellation) =>
        {
            var display = new RunDisplay(this, queue, plan.Runbook.Title, TimeProvider.System);
            queue.Ticked = display.Refresh;
            queue.Ended = display.End;
            var options = plain with
            {
                Declined = declined,
                Attendant = HostAttendant.CanAsk(Host) ? new HostAttendant(Host, queue) : null,
                Listener = display,
            };
            var result = resume
                ? await Checklist.ResumeAsync(plan, Run, options, cancellation).ConfigureAwait(false)
                : await Checklist.RunAsync(plan, options, cancellation).ConfigureAwait(false);
            EvidenceFolder.Write(result);
            return result;
        });
    }
}
