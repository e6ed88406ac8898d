using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>What the cmdlets have in common that run a runbook: where it runs, how its plan and its result are shown.</summary>
public abstract class RunCmdlet : RunbookCmdlet
{
    /// <summary>The folder that commands run in and relative paths start from; the current location unless told otherwise.</summary>
    [Parameter]
    public string? Folder { get; set; }

    private protected string RunFolder => Folder is null ? this.CurrentFolder() : this.FullPath(Folder);

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
    /// <param name="plain">Where it runs.</param>
    /// <param name="activity">What the progress calls it.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="around">Hears its events before the display does; null for nobody.</param>
    private protected void RunWith<T>(
        RunOptions plain, string activity, Func<RunOptions, CancellationToken, Task<T>> run, Func<PipelineQueue, IRunListener, IRunListener>? around = null)
        where T : RunResult
    {
        var result = Await(async (queue, cancellation) =>
        {
            var display = new RunDisplay(this, queue, activity, TimeProvider.System);
            queue.Ticked = display.Refresh;
            queue.Ended = display.End;
            var ended = await run(
                plain with { Attendant = HostAttendant.CanAsk(Host) ? new HostAttendant(Host, queue) : null, Listener = around?.Invoke(queue, display) ?? display }, cancellation)
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
