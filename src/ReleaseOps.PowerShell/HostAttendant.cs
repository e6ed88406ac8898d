using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using ReleaseOps.Probes;

namespace ReleaseOps.PowerShell;

/// <summary>Asks the person at PowerShell's host, on the pipeline thread. A host that can't ask gives no answer, never a yes.</summary>
internal sealed class HostAttendant(PSHost host, PipelineQueue queue) : IAttendant
{
    private const int Yes = 0;
    private const int No = 1;

    /// <summary>False where pwsh reads from a pipe or a file: what comes out of that is nobody's answer.</summary>
    public static bool CanAsk(PSHost host) => host.UI is not null && !(host.Name == "ConsoleHost" && Console.IsInputRedirected);

    /// <summary>True for what a host throws that can't ask, although it has a user interface.</summary>
    public static bool CanNot(Exception e) => e is HostException or PSInvalidOperationException or NotImplementedException or NotSupportedException;

    public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<Attestation?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        queue.Post(() =>
        {
            using (registration)
                if (!answer.Task.IsCompleted)
                    answer.TrySetResult(Ask(question));
        });
        return answer.Task;
    }

    private Attestation? Ask(Question question)
    {
        var role = question.Role is null ? "" : $" (answers as {question.Role})";
        var choices = new Collection<ChoiceDescription>
        {
            new("&Yes", "I confirm it."),
            new("&No", "It isn't so: the step fails."),
            new("&Leave open", "I can't tell: the step stays inconclusive."),
        };
        try
        {
            // No default: an Enter pressed too often confirms nothing.
            var choice = host.UI.PromptForChoice(question.Step + role, question.Statement, choices, -1);
            return choice is Yes or No ? new Attestation(choice == Yes, Environment.UserName, question.Role, TimeProvider.System.GetUtcNow()) : null;
        }
        catch (Exception e) when (CanNot(e))
        {
            return null;
        }
    }
}
