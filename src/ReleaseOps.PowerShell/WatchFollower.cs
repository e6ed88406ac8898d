using System.Management.Automation;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.PowerShell;

/// <summary>Writes a watch as it stands each time something happened to an incident, so that the pipeline can tell people while it goes on.</summary>
internal sealed class WatchFollower(Cmdlet cmdlet, PipelineQueue queue, IRunListener inner) : IRunListener
{
    private bool _news;

    /// <inheritdoc/>
    public void Report(RunEvent happened)
    {
        inner.Report(happened);
        _news |= happened is WatchCalled
        {
            Call.Kind: not (CallKind.Breached or CallKind.Cleared or CallKind.BudgetBurning or CallKind.ReviewDue
            or CallKind.ReviewOverdue or CallKind.DecisionChanged or CallKind.ExitReached)
        } or WatchHeard;
        // The call is told before the standing that has it.
        if (!_news || happened is not WatchLooked { SoFar: { Ended: false } soFar })
            return;
        _news = false;
        queue.Post(() => cmdlet.WriteObject(soFar));
    }
}
