using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace ReleaseOps.PowerShell;

/// <summary>
/// What every cmdlet needs to call the engine: its tasks run on the pool and are cancelled and awaited when the pipeline stops, and its
/// errors become error records. An error of one pipeline item doesn't end the pipeline, unless nothing after it could work either.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and StopProcessing may come at any time.")]
public abstract class EngineCmdlet : PSCmdlet
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Handles one pipeline item.</summary>
    protected abstract void ProcessItem();

    /// <summary>Handles one pipeline item, and writes the engine's error where it has one.</summary>
    protected sealed override void ProcessRecord()
    {
        try
        {
            ProcessItem();
        }
        catch (ReleaseOpsException e)
        {
            Report(e);
        }
    }

    /// <summary>Ctrl+C, or the end of the pipeline by other hands.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Writes the engine's error; ends the pipeline where nothing after it could work.</summary>
    private protected void Report(ReleaseOpsException error)
    {
        var record = EngineErrors.ToRecord(error);
        if (EngineErrors.EndsPipeline(error.Id))
            ThrowTerminatingError(record);
        WriteError(record);
    }

    /// <summary>
    /// Runs the engine's work on the pool and does here, on the pipeline thread, what it posts. When a write throws (the pipeline has
    /// stopped: <c>Select-Object -First 1</c>), the work is cancelled and awaited first.
    /// </summary>
    private protected T Await<T>(Func<PipelineQueue, CancellationToken, Task<T>> work)
    {
        using var queue = new PipelineQueue();
        // What ends this work must not end that of the next pipeline item, which would stop the pipeline without a word.
        using var own = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var task = Task.Run(() => work(queue, own.Token));
        using var signals = new TerminationSignals(_stop, task);
        try
        {
            return queue.Drain(task);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch
        {
            own.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            throw;
        }
    }
}
