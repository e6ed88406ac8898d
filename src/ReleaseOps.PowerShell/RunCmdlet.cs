using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>What the cmdlets have in common that run a runbook: how it is named, where it runs, how its plan and its result are shown.</summary>
public abstract class RunCmdlet : ReleaseCmdlet
{
    private protected const string ByName = "Name";
    private protected const string ByPath = "Path";
    private protected const string ByRunbook = "Runbook";

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

    /// <summary>The folder that commands run in and relative paths start from; the current location unless told otherwise.</summary>
    [Parameter]
    public string? Folder { get; set; }

    private protected string RunFolder => Folder is null ? this.CurrentFolder() : this.FullPath(Folder);

    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : GetVariableValue("WhatIfPreference"));

    private protected Runbook LoadRunbook() => ParameterSetName switch
    {
        ByName => RunbookReader.Load(this.File(Name)),
        ByPath => RunbookReader.Load(this.FullPath(Path)),
        _ => Runbook,
    };

    /// <summary>
    /// The plan goes to the host as Write-Host's text does: in full, where a format view would break a long command at the window's
    /// edge, and also where the result is put into a variable.
    /// </summary>
    private protected void ShowPlan(RunResult planned, ReleaseClock? clock = null, bool timeline = false)
    {
        ToHost(text =>
        {
            if (timeline)
                TimelineText.Write(text, planned.Plan, clock);
            else
                PlanText.Write(text, planned, clock);
        });
        WriteObject(planned);
    }

    /// <summary>Runs it with somebody to tell and, where the host can, to ask; writes the evidence and the result.</summary>
    private protected void RunWith<T>(RunOptions plain, string activity, Func<RunOptions, CancellationToken, Task<T>> run) where T : RunResult
    {
        var result = Await(async (queue, cancellation) =>
        {
            var display = new RunDisplay(this, queue, activity, TimeProvider.System);
            queue.Ticked = display.Refresh;
            queue.Ended = display.End;
            var ended = await run(
                plain with { Attendant = HostAttendant.CanAsk(Host) ? new HostAttendant(Host, queue) : null, Listener = display }, cancellation)
                .ConfigureAwait(false);
            EvidenceFolder.Write(ended);
            return ended;
        });
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
}
