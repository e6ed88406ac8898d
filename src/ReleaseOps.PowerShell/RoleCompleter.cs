using System.Collections;
using ReleaseOps.Rollouts;

namespace ReleaseOps.PowerShell;

/// <summary>Roles of the runbook that the command line names: the one that the subject waits for, or those that vote.</summary>
public sealed class RoleCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        if (RunbookNamed(bound, folder) is not { } runbook)
            return [];
        if (bound["Subject"]?.ToString() is { Length: > 0 } subject)
            return ReleaseVotes.Subjects(runbook).Where(s => s.Subject == subject).Select(s => (s.Role, "approves " + subject));
        var polls = runbook.Polls.Where(p => bound["Poll"] is null || p.Name == bound["Poll"]!.ToString());
        return polls.SelectMany(p => p.Asks).DistinctBy(a => a.Role).Select(a => (a.Role, a.Question));
    }
}
