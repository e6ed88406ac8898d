using System.Collections;
using ReleaseOps.Rollouts;

namespace ReleaseOps.PowerShell;

/// <summary>What waits for an approval in the runbook that the command line names.</summary>
public sealed class SubjectCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder) is { } runbook ? ReleaseVotes.Subjects(runbook).Select(s => (s.Subject, s.Role)) : [];
}
